import { type Config, simulate, statements, theory } from 'linnet'
import { describe, expect, it } from 'vitest'
import { LiveRun } from '../src/running/live-run.ts'
import type { Told } from '../src/running/protocol.ts'
import { Requests } from '../src/running/requests.ts'
import { allToldOf, long, planned, small } from './running-experiments.ts'

async function heard(config: Config): Promise<{ told: Told[]; live: LiveRun }> {
  const told = await allToldOf({ id: '1', type: 'run', config, engine: 'strict' })
  const live = new LiveRun(planned(config))
  for (const answer of told) live.hear(answer)
  return { told, live }
}

const bits = (values: ArrayLike<number>) => Array.from(new BigUint64Array(Float64Array.from(values).buffer))

describe('a run in turns', () => {
  const configs = {
    flow: small(),
    descent: small({ dynamics: { kind: 'gradientDescent', stepSize: 0.05 }, until: { steps: 300 } }),
    'stopped early': small({ until: { time: 1000, loss: 1e-3 } }),
    'a descent that diverges': small({
      dynamics: { kind: 'gradientDescent', stepSize: 100 },
      until: { steps: 300 },
    }),
  }
  it.each(Object.entries(configs))('has the bits of simulate: %s', async (_, config) => {
    const { live } = await heard(config)
    const run = await simulate(config)
    const measured = live.measured.value!
    expect(bits(measured.positions)).toEqual(bits(run.trajectory.positions))
    for (const { name } of run.trajectory.columns)
      expect(bits(measured.column(name))).toEqual(bits(run.trajectory.column(name)))
    expect(live.weights).toEqual(run.weights)
    expect(live.accounts.value).toEqual(run.accounts)
    expect(live.status.value).toMatchObject({ kind: 'ended', stopped: run.stopped })
    const certificates = [...live.certificates.value.values()]
    expect(certificates.map(({ certificate }) => certificate)).toEqual(theory.certify(run))
    expect(certificates.every(({ final }) => final)).toBe(true)
  })

  it('has other bits from another seed', async () => {
    const { live } = await heard(small({ seed: 8 }))
    const run = await simulate(small())
    expect(bits(live.measured.value!.column('loss'))).not.toEqual(bits(run.trajectory.column('loss')))
  })

  it('tells in order: begun, what moved, ended, verdicts, finished', async () => {
    const { told } = await heard(small())
    const types = told.map(({ type }) => type)
    expect([types[0], types[1], types.at(-1)]).toEqual(['begun', 'moved', 'finished'])
    expect(types.filter((type) => type === 'ended')).toHaveLength(1)
    const end = types.indexOf('ended')
    expect(types.lastIndexOf('moved')).toBeLessThan(end)
    for (const [at, answer] of told.entries())
      if (answer.type === 'certified' && answer.final) expect(at).toBeGreaterThan(end)
  })

  it('says of every statement what is so far, then what is final, once', async () => {
    const { told } = await heard(small())
    for (const { kind } of statements.entries) {
      const finals = told.flatMap((answer) =>
        answer.type === 'certified' && answer.certificate.statement === kind ? [answer.final] : [],
      )
      expect(finals.filter((final) => final)).toEqual([true])
      expect(finals.length).toBeGreaterThan(1)
      expect(finals.at(-1)).toBe(true)
    }
  })

  it('knows the truth and the shape before it moves', async () => {
    const { live } = await heard(small())
    const { objective } = await simulate(small())
    const { shape, truth, horizon, clock } = live.beginning.value!
    expect({ shape, horizon, clock }).toEqual({ shape: [6, 5], horizon: 20, clock: 'time' })
    expect(truth!.data).toEqual(objective.loss.truth!.data)
    expect(live.beginning.value!.truthSingularValues).toHaveLength(5)
  })

  it('says no more once it is cancelled but that it has let go, within moments', async () => {
    const types: string[] = []
    let cancelledAt = 0
    await new Promise<void>((resolve) => {
      const requests = new Requests(({ type }) => {
        types.push(type)
        if (type === 'cancelled') resolve()
        if (type !== 'begun') return
        // Messages come in between two slices of work.
        setImmediate(() => {
          cancelledAt = types.length
          requests.take({ id: '1', type: 'cancel' })
        })
      })
      requests.take({ id: '1', type: 'run', config: long, engine: 'strict' })
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(types.slice(cancelledAt)).toEqual(['cancelled'])
  })
})

describe('what cannot be run', () => {
  it('is told in the sentence of the library', async () => {
    const config = small({ init: { kind: 'file', path: 'weights.safetensors' } })
    const told = await allToldOf({ id: '1', type: 'run', config, engine: 'strict' })
    const sentence = await simulate(config).catch((error: Error) => error.message)
    expect(told).toEqual([{ type: 'failed', sentence }])
  })

  it('is named a fault where it is one of Linnet', async () => {
    const config = { ...small(), loss: { kind: 'no such loss' } }
    const [told] = await allToldOf({ id: '1', type: 'run', config, engine: 'strict' })
    expect(told).toMatchObject({ type: 'failed' })
    expect(told).toHaveProperty('sentence', expect.stringMatching(/fault of Linnet.*no such loss/))
  })
})

it('says which file is not there: its numbers would have to stand in the config', async () => {
  const config = small({ loss: { kind: 'whitened', target: { kind: 'file', path: 'own.csv' } } })
  const [told] = await allToldOf({ id: '1', type: 'run', config, engine: 'strict' })
  expect(told).toMatchObject({ type: 'failed', sentence: expect.stringContaining('own.csv') })
})
