import { type Config, loadEngine, prepare, type Run, theory } from 'linnet'
import { describe, expect, it, vi } from 'vitest'
import { LiveRun } from '../src/running/live-run.ts'
import type { Answer } from '../src/running/protocol.ts'
import { Requests } from '../src/running/requests.ts'
import { Runner } from '../src/running/runner.ts'
import { allToldOf, localThread, planned, small } from './running-experiments.ts'

const unbalanced = small({ init: { kind: 'gaussian', deviation: 0.4 } })

async function prophesied(config: Config) {
  const prediction = theory.predict(config, prepare(config, await loadEngine(), new Map()))
  if (!prediction.predicted) return { reason: prediction.reason }
  for (;;) {
    const next = await prediction.frames.next()
    if (next.done) return { claim: prediction.claim, run: next.value as Run }
  }
}

async function heard(config: Config): Promise<LiveRun> {
  const live = new LiveRun(planned(config))
  for (const told of await allToldOf({ id: '1', type: 'predict', config, engine: 'strict' })) live.hear(told)
  return live
}

describe('a prediction in turns', () => {
  it('is that of the library, with its claim', async () => {
    const live = await heard(small())
    const { claim, run } = await prophesied(small())
    expect(live.claim.value).toBe(claim)
    expect(live.predicted.value!.positions).toEqual(run!.trajectory.positions)
    for (const { name } of run!.trajectory.columns)
      expect(live.predicted.value!.column(name)).toEqual(run!.trajectory.column(name))
    expect(live.isForeseen).toBe(true)
  })

  it('is another one from another seed', async () => {
    const live = await heard(small({ seed: 8 }))
    const { run } = await prophesied(small())
    expect(live.predicted.value!.column('loss')).not.toEqual(run!.trajectory.column('loss'))
  })

  it('says why there is none, in the sentence of the library', async () => {
    const live = await heard(unbalanced)
    expect(live.unpredicted.value).toBe((await prophesied(unbalanced)).reason)
    expect(live.unpredicted.value).toMatch(/balanced/)
    expect([live.predicted.value, live.claim.value]).toEqual([undefined, undefined])
  })

  it('waits until the runs of its thread are over', async () => {
    const told: Answer[] = []
    const requests = new Requests((answer) => told.push(answer))
    requests.take({ id: 'foresee', type: 'predict', config: small(), engine: 'strict' })
    requests.take({ id: 'one', type: 'run', config: small(), engine: 'strict' })
    requests.take({ id: 'two', type: 'run', config: small({ seed: 8 }), engine: 'strict' })
    await vi.waitFor(() => expect(told.some(({ type }) => type === 'foreseen')).toBe(true), { timeout: 9000 })
    const last = told.map(({ type }) => type).lastIndexOf('finished')
    expect(told.findIndex(({ id }) => id === 'foresee')).toBeGreaterThan(last)
    expect(told.filter(({ type }) => type === 'finished')).toHaveLength(2)
  })

  it('that is cancelled while it waits says nothing but that it has let go', async () => {
    const told: Answer[] = []
    const requests = new Requests((answer) => told.push(answer))
    requests.take({ id: 'one', type: 'run', config: small(), engine: 'strict' })
    requests.take({ id: 'foresee', type: 'predict', config: small(), engine: 'strict' })
    requests.take({ id: 'cancelled', type: 'predict', config: small(), engine: 'strict' })
    requests.take({ id: 'cancelled', type: 'cancel' })
    await vi.waitFor(() => expect(told.some(({ type }) => type === 'foreseen')).toBe(true), { timeout: 9000 })
    expect(told.filter(({ id }) => id === 'cancelled')).toEqual([{ id: 'cancelled', type: 'cancelled' }])
  })
})

it('says nothing of a descent that diverged, where it did, and is not solved to the end', async () => {
  const runner = new Runner(localThread, { cores: 2 })
  const steps = (stepSize: number) =>
    small({ dynamics: { kind: 'gradientDescent', stepSize }, until: { steps: 100 } })
  const [wild, calm] = runner.want([planned(steps(1e3)), planned(steps(0.01), { lane: 1 })]) as [
    LiveRun,
    LiveRun,
  ]
  await vi.waitFor(
    () => expect([wild, calm].every(({ isForeseen, isFinished }) => isForeseen && isFinished)).toBe(true),
    { timeout: 20_000 },
  )
  const { value } = wild.status
  const at = value.kind === 'ended' && value.stopped.reason === 'diverged' ? value.stopped.position : -1
  expect(at).toBeGreaterThan(0)
  expect(wild.unpredicted.value).toContain(`it diverged at step ${at}.`)
  expect([wild.predicted.value, wild.claim.value]).toEqual([undefined, undefined])
  expect(calm.predicted.value!.positions).toEqual(calm.measured.value!.positions)
  runner.end()
})

it('comes with every run, further seeds of a lane included, and leaves what was measured as it is', async () => {
  const runner = new Runner(localThread, { cores: 2 })
  const runs = runner.want([
    planned(),
    planned(small({ seed: 8 }), { repetition: 1 }),
    planned(unbalanced, { lane: 1 }),
  ])
  const [first, second, third] = runs as [LiveRun, LiveRun, LiveRun]
  await vi.waitFor(
    () => expect(runs.every(({ isForeseen, isFinished }) => isForeseen && isFinished)).toBe(true),
    { timeout: 20_000 },
  )
  expect(first.predicted.value!.positions).toEqual(first.measured.value!.positions)
  expect(second.predicted.value!.positions).toEqual(second.measured.value!.positions)
  expect(second.predicted.value!.column('loss')).not.toEqual(first.predicted.value!.column('loss'))
  expect(third.unpredicted.value).toMatch(/balanced/)
  expect(runs.map(({ status }) => status.value.kind)).toEqual(['ended', 'ended', 'ended'])
  runner.end()
})
