import { describe, expect, it } from 'vitest'
import {
  balanced,
  type ConfigInput,
  completion,
  follow,
  gaussian,
  gradientDescent,
  gradientFlow,
  groupRMSprop,
  heavyBall,
  identity,
  linear,
  lowRank,
  orthogonal,
  probes,
  type Spec,
  sgd,
  simulate,
  theory,
} from '../src/index.ts'
import type { Prediction } from '../src/theory/predict.ts'
import { alive, columnsOf, drained, foreseen, predictedRun } from './predicting.ts'

const flow: ConfigInput = {
  seed: 3,
  loss: completion({ truth: lowRank({ rows: 6, columns: 6, rank: 2 }), observed: 26, normalisation: 'half' }),
  network: linear({ depth: 3 }),
  init: identity({ scale: 0.01 }),
  dynamics: gradientFlow,
  probes: [probes.loss, probes.singularValues(2), probes.gradientNorm, probes.unbalancedness],
  until: { time: 20 },
  record: { samples: 30, snapshots: 4 },
}
const under = (dynamics: Spec): ConfigInput => ({ ...flow, dynamics, until: { steps: 200 } })

async function prediction(input: ConfigInput, insist = false): Promise<Prediction> {
  const { config, problem } = await alive(input)
  return theory.predict(config, problem, { insist })
}

async function reasonOf(input: ConfigInput, insist = false): Promise<string> {
  const found = await prediction(input, insist)
  return found.predicted ? 'predicted' : found.reason
}

const claimOf = async (input: ConfigInput) => foreseen(await prediction(input)).claim

describe('what is predicted', () => {
  it('the flow of balanced layers, in a sentence', async () => {
    expect(await claimOf(flow)).toBe(
      'Theorem 1: the end-to-end flow of 3 balanced layers, from W(0) and the loss alone.',
    )
    for (const init of [balanced({ scale: 0.1 }), orthogonal({ scale: 0.1 })])
      expect(await claimOf({ ...flow, init })).toContain('Theorem 1')
  })

  it('of one layer the flow of the loss, however it starts', async () => {
    const single = { ...flow, network: linear({ depth: 1 }), init: gaussian({ deviation: 1 }) }
    expect(await claimOf(single)).toBe(
      'Gradient flow of the loss itself, from W(0): one layer is W, and nothing is claimed of depth.',
    )
  })

  it('of descents the flow beside them', async () => {
    const steps = 'η × steps'
    expect(await claimOf(under(gradientDescent({ stepSize: 0.1 })))).toContain(steps)
    expect(await claimOf(under(heavyBall({ stepSize: 0.1, momentum: 0 })))).toContain(steps)
    const ofSgd = await claimOf(under(sgd({ stepSize: 0.1, batchSize: 2 })))
    expect(ofSgd).toContain('the flow of the full loss')
  })
})

describe('what is not predicted', () => {
  it('layers that are not balanced, with the number that says so, unless insisted on', async () => {
    const unbalanced = { ...flow, init: gaussian({ deviation: 0.3 }) }
    const reason = await reasonOf(unbalanced)
    expect(reason).toMatch(/begin with a relative unbalancedness of 0\.\d+, more than the 1\.0e-4 allowed/)
    const measured = await simulate(unbalanced)
    const relative = measured.trajectory.column('relativeUnbalancedness')[0]!
    expect(reason).toContain(`of ${Number(relative.toPrecision(2))},`)
    expect(await reasonOf(unbalanced, true)).toBe('predicted')
  })

  it('is a matter of degree: the tolerance decides', async () => {
    const { config, problem } = await alive(flow)
    problem.start.layers[0]!.data[0]! *= 1 + 1e-3
    expect(theory.predict(config, problem).predicted).toBe(false)
    expect(theory.predict(config, problem, { tolerance: 1e-2 }).predicted).toBe(true)
    const exact = await alive(flow)
    exact.problem.start.layers[0]!.data[0]! *= 1 + 1e-6
    expect(theory.predict(exact.config, exact.problem).predicted).toBe(true)
  })

  it('momentum and adaptive steps, even when insisted on', async () => {
    expect(await reasonOf(under(heavyBall({ stepSize: 0.1, momentum: 0.9 })), true)).toMatch(
      /momentum 0.9 leaves it/,
    )
    expect(await reasonOf(under(groupRMSprop({ stepSize: 0.1 })), true)).toMatch(/GroupRMSprop leaves it/)
  })

  it('dynamics of its own, and other networks', async () => {
    const { config, problem } = await alive(flow)
    const standing = { clock: 'time' as const, start: gradientFlow.start as never }
    expect(theory.predict(config, { ...problem, dynamics: standing })).toMatchObject({ predicted: false })
    const network = { ...problem.objective.network, kind: 'deep' }
    const other = theory.predict(config, { ...problem, objective: { ...problem.objective, network } })
    expect(other).toMatchObject({ predicted: false, reason: expect.stringContaining('"deep"') })
  })
})

describe('a predicted run', () => {
  it('has the columns, positions and snapshots of the run, and is balanced', async () => {
    const [predicted, measured] = [await predictedRun(flow), await simulate(flow)]
    expect(columnsOf(predicted)).toEqual(columnsOf(measured))
    expect(predicted.trajectory.positions).toEqual(measured.trajectory.positions)
    const shapes = (run: typeof measured) =>
      run.snapshots.map(({ position, layers }) => [
        position,
        layers.map(({ rows, columns }) => [rows, columns]),
      ])
    expect(shapes(predicted)).toEqual(shapes(measured))
    expect(Math.max(...predicted.trajectory.column('unbalancedness'))).toBeLessThan(1e-11)
    expect(predicted.stopped).toEqual(measured.stopped)
  })

  it('obeys the theorems about balanced layers at every snapshot', async () => {
    const run = await predictedRun(flow)
    for (const { verdict, summary } of theory.certify(run, {
      statements: ['theorem1', 'corollary1', 'theorem3'],
    }))
      expect(verdict, summary).toBe('holds')
  })

  it('ends at the limits of the config', async () => {
    const limited = { ...flow, until: { time: 1000, loss: 0.05 } }
    const [predicted, measured] = [await predictedRun(limited), await simulate(limited)]
    expect([predicted.stopped.reason, measured.stopped.reason]).toEqual(['loss', 'loss'])
    expect(predicted.stopped.position / measured.stopped.position).toBeCloseTo(1, 3)
    const quiet = await predictedRun({ ...flow, until: { time: 1000, gradientNorm: 0.01 } })
    expect(quiet.stopped.reason).toBe('gradientNorm')
    expect(quiet.trajectory.column('gradientNorm').at(-1)).toBeLessThanOrEqual(0.01)
    expect(quiet.trajectory.column('gradientNorm').at(-2)).toBeGreaterThan(0.01)
  })

  it('resolves of layers the n-th root of what it resolves of W', async () => {
    const resolved = async (depth: number) => {
      const network = linear({ depth })
      return (await predictedRun({ ...flow, network, until: { time: 0.1 } })).accounts.resolution!
    }
    const [single, deep] = [await resolved(1), await resolved(3)]
    expect(single).toBeGreaterThan(0)
    expect(deep ** 3 / single).toBeCloseTo(1, 10)
  })

  it('tells no spectral radius: that of the layers is another than the one it meets', async () => {
    const stiff = { ...flow, until: { time: 5000 }, record: { samples: 5, snapshots: 2 } }
    const { problem, config } = await alive(stiff)
    const measured = await drained(follow(config, problem))
    expect(measured.accounts.spectralRadius).toBeGreaterThan(0)
    expect((await predictedRun(stiff)).accounts).not.toHaveProperty('spectralRadius')
  })

  it('can be interrupted and observed', async () => {
    const { config, problem } = await alive(flow)
    const signal = { aborted: false }
    const seen: number[] = []
    const observe = ({ position }: { position: number }) => {
      seen.push(position)
      signal.aborted = seen.length === 5
    }
    const run = await drained(foreseen(theory.predict(config, problem, { signal, observe })).frames)
    expect(run.stopped.reason).toBe('interrupted')
    expect(seen).toEqual(Array.from(run.trajectory.positions))
  })

  it('goes on beside the run itself and moves no bit of it', async () => {
    for (const input of [flow, under(heavyBall({ stepSize: 0.05, momentum: 0 }))]) {
      const { config, problem } = await alive(input)
      const frames = follow(config, problem)
      const foreseenFrames = foreseen(theory.predict(config, problem)).frames
      for (;;) {
        const { done, value } = await frames.next()
        await foreseenFrames.next()
        if (!done) continue
        expect(value.snapshots).toEqual((await simulate(input)).snapshots)
        break
      }
    }
  })

  it('is the same whatever is asked of it', async () => {
    const dense = await predictedRun({ ...flow, record: { samples: 90, snapshots: 2 } })
    expect(dense.weights).toEqual((await predictedRun(flow)).weights)
  })
})
