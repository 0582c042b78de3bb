import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  type Config,
  type ConfigInput,
  completion,
  type Frame,
  follow,
  gaussian,
  gradientDescent,
  gradientFlow,
  groupRMSprop,
  heavyBall,
  identity,
  type Loss,
  linear,
  loadEngine,
  lowRank,
  makeObjective,
  probes,
  type Run,
  type Spec,
  sgd,
  simulate,
} from '../src/index.ts'
import { linearNetwork } from '../src/networks/linear.ts'
import { nextPointer } from './making.ts'

const problem = {
  seed: 3,
  loss: completion({ truth: lowRank({ rows: 6, columns: 5, rank: 2 }), observed: 20, normalisation: 'mean' }),
  network: linear({ depth: 3 }),
  init: gaussian({ deviation: 0.3 }),
  probes: [probes.loss, probes.singularValues(2), probes.gradientNorm],
}
const motions: readonly (readonly [string, Spec, { time: number } | { steps: number }])[] = [
  ['gradientFlow', gradientFlow(), { time: 40 }],
  ['gradientDescent', gradientDescent({ stepSize: 0.05 }), { steps: 1000 }],
  ['heavyBall', heavyBall({ stepSize: 0.01 }), { steps: 1000 }],
  ['sgd', sgd({ stepSize: 0.05, batchSize: 4 }), { steps: 1000 }],
  ['groupRMSprop', groupRMSprop({ stepSize: 0.01 }), { steps: 1000 }],
]
const descent: ConfigInput = {
  ...problem,
  dynamics: gradientDescent({ stepSize: 0.05 }),
  until: { steps: 1000 },
  record: { samples: 20 },
}

function digest(run: Run): string {
  const hash = createHash('sha256')
  const add = (numbers: Float64Array) => hash.update(new Uint8Array(numbers.slice().buffer))
  add(run.trajectory.positions)
  for (const { name } of run.trajectory.columns) add(run.trajectory.column(name))
  for (const { layers } of run.snapshots) for (const { data } of layers) add(Float64Array.from(data))
  return hash.digest('hex')
}

async function drain(frames: AsyncGenerator<Frame, Run>): Promise<{ frames: Frame[]; run: Run }> {
  const seen: Frame[] = []
  for (;;) {
    const { done, value } = await frames.next()
    if (done) return { frames: seen, run: value }
    seen.push(value)
  }
}

describe.each(motions)('%s', (_, dynamics, until) => {
  const config: ConfigInput = { ...problem, dynamics, until, record: { samples: 25, snapshots: 4 } }

  it('same config, same bits; another seed, other bits', async () => {
    const runs = [await simulate(config), await simulate(config), await simulate({ ...config, seed: 4 })]
    expect(digest(runs[1]!)).toBe(digest(runs[0]!))
    expect(digest(runs[2]!)).not.toBe(digest(runs[0]!))
  })

  it('ends at the same weights however it is sampled', async () => {
    const runs = await Promise.all(
      [
        { samples: 1 },
        { samples: 25 },
        { samples: 97, snapshots: 50 },
        { samples: 30, spacing: 'logarithmic' as const },
      ].map((record) => simulate({ ...config, record })),
    )
    for (const run of runs) expect(run.weights).toEqual(runs[0]!.weights)
  })

  it('records the first and the last sample, the columns, the snapshots', async () => {
    const run = await simulate(config)
    const horizon = Object.values(until)[0]
    expect(run.trajectory.positions).toHaveLength(26)
    expect(run.trajectory.positions[0]).toBe(0)
    expect(run.trajectory.positions[25]).toBe(horizon)
    expect(run.trajectory.columns.map(({ name }) => name)).toEqual([
      'loss',
      'singularValue1',
      'singularValue2',
      'gradientNorm',
    ])
    expect(run.snapshots.map(({ position }) => position)).toEqual(
      [0, 8, 17, 25].map((index) => run.trajectory.positions[index]),
    )
    expect(run.weights).toEqual(run.snapshots[3]!.layers)
    expect(run.stopped).toMatchObject({ reason: 'horizon', position: horizon })
    expect(run.trajectory.column('loss')[25]).toBeLessThan(run.trajectory.column('loss')[0]!)
    expect(() => run.trajectory.column('singularValue3')).toThrow(/singularValue3/)
  })

  it('streams what it returns', async () => {
    const { frames, run } = await drain(simulate.stream(config))
    expect(digest(run)).toBe(digest(await simulate(config)))
    const rows = frames.flatMap(({ row }) => (row === undefined ? [] : [row]))
    expect(rows).toHaveLength(26)
    expect(rows.map((row) => row[0])).toEqual(Array.from(run.trajectory.column('loss')))
    const fractions = frames.map(({ fraction }) => fraction)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect([fractions[0], fractions.at(-1)]).toEqual([0, 1])
    for (const frame of frames) expect(frame.columns).toBe(frames[0]!.columns)
  })
})

describe('a run that ends early', () => {
  it('has its last sample and snapshot where a limit fired', async () => {
    const run = await simulate({ ...descent, until: { steps: 1e5, loss: 0.01 }, record: { samples: 100 } })
    expect(run.stopped.reason).toBe('loss')
    expect(run.stopped.position).toBeLessThan(1e5)
    const { positions } = run.trajectory
    expect(positions.at(-1)).toBe(run.stopped.position)
    expect(run.trajectory.column('loss').at(-1)).toBeLessThanOrEqual(0.01)
    expect(run.snapshots.at(-1)!.position).toBe(run.stopped.position)
    expect(run.snapshots[0]!.position).toBe(0)
    expect(run.snapshots.length).toBeLessThanOrEqual(11)
    expect([...positions]).toEqual([...new Set(positions)].sort((a, b) => a - b))
  })

  it('that diverges keeps finite weights and tells what to do', async () => {
    const run = await simulate({ ...descent, dynamics: gradientDescent({ stepSize: 100 }) })
    expect(run.stopped.reason).toBe('diverged')
    expect(run.stopped.message).toMatch(/step size 100 exceeds [\d.]+, beyond which steps are unstable/)
    for (const { data } of run.weights) expect(Array.from(data).every(Number.isFinite)).toBe(true)
  })

  it('at the first step already has one sample', async () => {
    const run = await simulate({ ...descent, until: { steps: 100, loss: 1e9 } })
    expect(run.stopped).toMatchObject({ reason: 'loss', position: 0 })
    expect(run.trajectory.positions).toHaveLength(1)
    expect(run.snapshots).toHaveLength(1)
  })
})

describe('interruption', () => {
  const endless: ConfigInput = { ...descent, until: { steps: 1e12 }, record: { samples: 3 } }

  it('between frames leaves a valid run of what there was', async () => {
    const signal = { aborted: false }
    const frames = simulate.stream(endless, { signal })
    for (let count = 0; count < 5; count++) await frames.next()
    signal.aborted = true
    const { run } = await drain(frames)
    expect(run.stopped.reason).toBe('interrupted')
    expect(run.stopped.position).toBeGreaterThan(0)
    expect(run.trajectory.positions.at(-1)).toBe(run.stopped.position)
    expect(run.weights).toEqual(run.snapshots.at(-1)!.layers)
  })

  it('reaches the plain form by an AbortSignal', async () => {
    const run = await simulate(endless, { signal: AbortSignal.timeout(30) })
    expect(run.stopped.reason).toBe('interrupted')
    const dense = await simulate(
      { ...endless, record: { samples: 1e6 } },
      { signal: AbortSignal.timeout(30) },
    )
    expect(dense.stopped.reason).toBe('interrupted')
  })

  it('of the consumer ends the stream', async () => {
    let count = 0
    for await (const frame of simulate.stream(endless)) {
      expect(frame.position).toBeGreaterThanOrEqual(0)
      if (++count === 4) break
    }
    expect(count).toBe(4)
  })
})

describe('memory', () => {
  it('does not grow with samples', async () => {
    const engine = await loadEngine()
    await simulate({ ...descent, record: { samples: 10 } }, { engine })
    const measure = async (samples: number) => {
      const before = nextPointer(engine)
      await simulate({ ...descent, record: { samples } }, { engine })
      return nextPointer(engine) - before
    }
    expect(await measure(1000)).toBe(await measure(10))
  })
})

describe("problems of one's own", () => {
  /** Σ log cosh(W − A), which no registry knows. */
  const logCosh = (target: readonly number[]): Loss => {
    const each = (W: ArrayLike<number>, f: (x: number, i: number) => void) =>
      target.forEach((a, i) => {
        f(W[i]! - a, i)
      })
    const gradientInto: Loss['gradientInto'] = (out, W) => {
      let value = 0
      each(W.data, (x, i) => {
        out.data[i] = Math.tanh(x)
        value += Math.log(Math.cosh(x))
      })
      return value
    }
    return {
      kind: 'logCosh',
      shape: [1, target.length],
      normalisation: { name: 'sum', factor: 1, formula: '1' },
      samples: 1,
      known: { minimum: { value: 0, because: 'every term is zero at the target' } },
      gradientInto,
      batchGradientInto: gradientInto,
      value: (W) => {
        let value = 0
        each(W.data, (x) => {
          value += Math.log(Math.cosh(x))
        })
        return value
      },
      hessianVectorInto: (out, W, V) =>
        each(W.data, (x, i) => {
          out.data[i] = (1 - Math.tanh(x) ** 2) * V.data[i]!
        }),
    }
  }

  it('are followed like any other', async () => {
    const engine = await loadEngine()
    const target = [0.5, -1, 2]
    const objective = makeObjective(engine, logCosh(target), linearNetwork(engine, [3, 2, 1]))
    const start = objective.network.allocate()
    engine.random(1).normalInto(start.vector)
    const live: Spec = { kind: 'live' }
    const config: Config = {
      seed: 0,
      loss: live,
      network: linear(),
      init: live,
      dynamics: gradientFlow.schema.parse(gradientFlow()) as Spec,
      probes: [probes.loss()],
      until: { time: 200, gradientNorm: 1e-6 },
      record: { samples: 10, spacing: 'linear', snapshots: 2 },
    }
    const { run } = await drain(follow(config, { objective, start }))
    expect(run.stopped.reason).toBe('gradientNorm')
    expect(run.trajectory.column('loss').at(-1)).toBeLessThan(1e-10)
    expect(run.config.loss).toEqual(live)
    await expect(simulate(run.config)).rejects.toThrow('loss.kind: "live" was given')
  })

  it('move by dynamics of their own', async () => {
    const engine = await loadEngine()
    const objective = makeObjective(engine, logCosh([1]), linearNetwork(engine, [1, 1]))
    const start = objective.network.allocate()
    const standing: Config = {
      seed: 0,
      loss: { kind: 'live' },
      network: linear(),
      init: identity(),
      dynamics: { kind: 'standing' },
      probes: [probes.loss()],
      until: { steps: 3 },
      record: { samples: 3, spacing: 'linear', snapshots: 2 },
    }
    const dynamics = {
      clock: 'steps' as const,
      start: () => ({
        clock: 'steps' as const,
        position: 0,
        state: start,
        accounts: { gradientEvaluations: 0, steps: 0, rejectedSteps: 0, localErrors: 0, stepSquares: [] },
        advance(target: number) {
          this.position = target
          return undefined
        },
      }),
    }
    const { run } = await drain(follow(standing, { objective, start, dynamics }))
    expect(Array.from(run.trajectory.positions)).toEqual([0, 1, 2, 3])
    expect(run.trajectory.column('loss')[3]).toBe(run.trajectory.column('loss')[0])
  })
})
