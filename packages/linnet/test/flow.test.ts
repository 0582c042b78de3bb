import { beforeAll, describe, expect, it } from 'vitest'
import { makeObjective, type Objective } from '../src/dynamics/objective.ts'
import { type Engine, gaussianMatrix, integrators, loadEngine, squared, whitened } from '../src/index.ts'
import { linearNetwork } from '../src/networks/linear.ts'
import type { Parameters } from '../src/networks/network.ts'
import type { Spec } from '../src/registry/entry.ts'
import { balancedScalars, flowOf, logSlope, scalarChain, twoLayerMode } from './flow-setting.ts'
import { fixture, makeLoss, normalWeights, relativeDistance } from './making.ts'

interface Case {
  readonly name: string
  readonly loss: Spec
  readonly widths: readonly number[]
  readonly initial: readonly (readonly number[])[]
  readonly times: readonly number[]
  readonly layers: readonly (readonly (readonly number[])[])[]
}
const { cases } = fixture<{ cases: readonly Case[] }>('flow')

/** Every step may err by the tolerance; these flows amplify an error less than this many times on the way. */
const ERROR_GROWTH = 10

const unbounded = Number.POSITIVE_INFINITY
const kinds = ['auto', ...integrators.entries.map(({ kind }) => kind)]

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

function live(one: Case): { objective: Objective; start: Parameters } {
  const objective = makeObjective(engine, makeLoss(engine, one.loss), linearNetwork(engine, one.widths))
  const start = objective.network.allocate()
  start.vector.data.set(one.initial.flat())
  return { objective, start }
}

describe.each(kinds)('%s', (integrator) => {
  it.each(cases)('keeps its tolerance on $name, inside steps too', (one) => {
    const { objective, start } = live(one)
    for (const tolerance of [1e-4, 1e-7]) {
      const motion = flowOf(objective, start, { integrator, tolerance })
      for (const [k, time] of one.times.entries()) {
        motion.advance(time, unbounded)
        const error = relativeDistance(motion.state.vector.data, one.layers[k]!.flat())
        expect(error, `tolerance ${tolerance}, time ${time}`).toBeLessThan(
          ERROR_GROWTH * motion.accounts.steps * tolerance,
        )
      }
    }
  })

  it('takes the same path whatever it is asked for on the way', () => {
    const { objective, start } = live(cases[0]!)
    const whole = flowOf(objective, start, { integrator }, {}, 2)
    whole.advance(2, unbounded)
    const pieces = flowOf(objective, start, { integrator }, {}, 2)
    for (const target of [1e-3, 0.5, 0.5001, 1.2, 2])
      while (pieces.position < target) expect(pieces.advance(target, 3)).toBeUndefined()
    expect(pieces.position).toBe(2)
    expect(Array.from(pieces.state.vector.data)).toEqual(Array.from(whole.state.vector.data))
    expect(pieces.accounts.steps).toBe(whole.accounts.steps)
  })

  it('conserves W_2ᵀW_2 − W_1W_1ᵀ the better the tighter the tolerance', () => {
    const { objective, start } = live(cases[0]!)
    const drifts = [1e-3, 1e-5, 1e-7].map((tolerance) => {
      const motion = flowOf(objective, start, { integrator, tolerance })
      const before = imbalance(objective, start)
      motion.advance(2, unbounded)
      return relativeDistance(imbalance(objective, motion.state), before)
    })
    expect(drifts[2]!).toBeLessThan(1e-5)
    expect(drifts[1]!).toBeLessThan(drifts[0]!)
    expect(drifts[2]!).toBeLessThan(drifts[1]!)
  })
})

function imbalance({ network }: Objective, { layers }: Parameters): Float64Array {
  const width = network.widths[1]!
  const out = engine.matrix(width, width)
  engine.multiplyInto(out, layers[0]!, layers[0]!, false, true)
  engine.multiplyInto(out, layers[1]!, layers[1]!, true, false, 1, -1)
  return Float64Array.from(out.data)
}

describe('conservation at a tight tolerance', () => {
  it('holds to 1e-7 for unbalanced Gaussian layers of depth 4', () => {
    const widths = [4, 5, 3, 4, 3]
    const loss = makeLoss(engine, whitened({ target: gaussianMatrix({ rows: 3, columns: 4 }) }))
    const objective = makeObjective(engine, loss, linearNetwork(engine, widths))
    const start = normalWeights(engine, objective.network, 'drift')
    engine.scaleInto(start.vector, 0.7)
    const drift = (tolerance: number) => {
      const motion = flowOf(objective, start, { tolerance })
      const before = imbalance(objective, start)
      motion.advance(5, unbounded)
      const after = imbalance(objective, motion.state)
      return Math.max(...after.map((x, i) => Math.abs(x - before[i]!)))
    }
    const size = Math.max(...start.layers.map((layer) => engine.norm(layer)))
    expect(drift(1e-10)).toBeLessThan(1e-7 * (1 + size * size))
    expect(drift(1e-3)).toBeGreaterThan(1e-7 * (1 + size * size))
  })
})

describe('stops', () => {
  const times: readonly (readonly [depth: number, time: number])[] = [
    [2, 2.449406728],
    [3, 4.985768171],
    [4, 8.036860602],
    [7, 14.044187464],
  ]

  it.each(times)('depth %i learns a mode of 2 to 90 %% from 1e-3 at time %d', (depth, time) => {
    // The closed forms are known to these digits.
    const digits = 1e-9
    const objective = scalarChain(engine, depth, 2)
    const motion = flowOf(objective, balancedScalars(objective, 1e-3), { tolerance: 1e-11 }, { loss: 0.02 })
    const halt = motion.advance(100, unbounded)
    expect(halt?.reason).toBe('loss')
    expect(halt?.message).toMatch(/^the loss 0\.02 reached the limit 0\.02 at time /)
    expect(Math.abs(motion.position - time)).toBeLessThan(digits * time)
    expect(Math.abs(objective.value(motion.state) - 0.02)).toBeLessThan(1e-9)
    expect(motion.advance(200, unbounded)).toBe(halt)
  })

  it.each(kinds)('%s finds the place of a limit inside a step, and goes no farther', (integrator) => {
    const objective = scalarChain(engine, 2, 1)
    const tolerance = 1e-6
    const limit = 0.5 * (1 - twoLayerMode(0.2, 1, 1.3)) ** 2
    const motion = flowOf(
      objective,
      balancedScalars(objective, 0.2),
      { integrator, tolerance },
      { loss: limit },
    )
    expect(motion.advance(1, unbounded)).toBeUndefined()
    expect(motion.position).toBe(1)
    expect(motion.advance(50, unbounded)?.reason).toBe('loss')
    expect(Math.abs(motion.position - 1.3)).toBeLessThan(ERROR_GROWTH * motion.accounts.steps * tolerance)
    expect(objective.value(motion.state)).toBeLessThanOrEqual(limit)
  })

  it('stops on the gradient norm', () => {
    const objective = scalarChain(engine, 1, 1)
    const motion = flowOf(
      objective,
      balancedScalars(objective, 0.5),
      { tolerance: 1e-10 },
      { gradientNorm: 0.05 },
    )
    const halt = motion.advance(50, unbounded)
    expect(halt?.reason).toBe('gradientNorm')
    expect(Math.abs(motion.position - Math.log(10))).toBeLessThan(1e-8)
  })

  it('stops at once where the start is good enough', () => {
    const objective = scalarChain(engine, 2, 1)
    const motion = flowOf(objective, balancedScalars(objective, 0.9), {}, { loss: 1 })
    expect(motion.advance(5, unbounded)?.reason).toBe('loss')
    expect(motion.position).toBe(0)
  })

  it('without limits goes to the horizon and ends a step there', () => {
    const objective = scalarChain(engine, 2, 1)
    const motion = flowOf(objective, balancedScalars(objective, 0.2), {}, {}, 1.7)
    expect(motion.advance(1.7, unbounded)).toBeUndefined()
    expect(motion.position).toBe(1.7)
    expect(objective.value(motion.state)).toBeGreaterThan(0)
  })

  it('a start that is no number diverges before the first step', () => {
    const objective = scalarChain(engine, 2, 1)
    const halt = flowOf(objective, balancedScalars(objective, 1e300), {}).advance(1, unbounded)
    expect(halt).toMatchObject({ reason: 'diverged' })
    expect(halt?.message).toMatch(/begin with smaller weights/)
  })

  it('a saddle is a place to stay', () => {
    const objective = scalarChain(engine, 3, 1)
    const motion = flowOf(objective, objective.network.allocate(), {}, {}, 1e4)
    expect(motion.advance(1e4, unbounded)).toBeUndefined()
    expect(Array.from(motion.state.vector.data)).toEqual([0, 0, 0])
    expect(motion.accounts.gradientEvaluations).toBeLessThan(500)
  })
})

describe('a loss without a lower bound', () => {
  it('leaves every bound in finite time, and the run says so', () => {
    // ẇ = w² from w = 1 is 1/(1 − t).
    const objective = scalarChain(engine, 1, 1)
    const cubic: Objective = {
      ...objective,
      value: ({ vector }) => -(vector.data[0]! ** 3) / 3,
      gradientInto(gradient, { vector }) {
        gradient.vector.data[0] = -(vector.data[0]! ** 2)
        return -(vector.data[0]! ** 3) / 3
      },
    }
    for (const integrator of kinds) {
      const motion = flowOf(cubic, balancedScalars(objective, 1), { integrator })
      const halt = motion.advance(2, unbounded)
      expect(['stalled', 'diverged']).toContain(halt?.reason)
      expect(halt?.message).toMatch(/the weights leave every bound/)
      expect(Math.abs(motion.position - 1)).toBeLessThan(1e-3)
      expect(Number.isFinite(motion.state.vector.data[0])).toBe(true)
    }
  })
})

describe('auto', () => {
  /** ½‖(W − A)X‖² with eigenvalues of XXᵀ from 1 to 1e-4: stiff as soon as the first modes are learned. */
  function stiff(): { objective: Objective; start: Parameters } {
    const loss = makeLoss(
      engine,
      squared({
        truth: gaussianMatrix({ rows: 4, columns: 4 }),
        samples: 200,
        covariance: [1, 0.1, 1e-2, 1e-4],
      }),
    )
    const objective = makeObjective(engine, loss, linearNetwork(engine, [4, 4, 4]))
    const start = normalWeights(engine, objective.network, 'stiff')
    engine.scaleInto(start.vector, 0.3)
    return { objective, start }
  }

  it('needs a fraction of the gradients of dop853 where stability limits the step', () => {
    const { objective, start } = stiff()
    const horizon = 5e3
    const runs = ['auto', 'dop853'].map((integrator) => {
      const motion = flowOf(objective, start, { integrator, tolerance: 1e-5 }, {}, horizon)
      motion.advance(horizon, unbounded)
      return { accounts: motion.accounts, weights: Array.from(motion.state.vector.data) }
    })
    expect(runs[0]!.accounts.gradientEvaluations).toBeLessThan(0.25 * runs[1]!.accounts.gradientEvaluations)
    expect(relativeDistance(runs[0]!.weights, runs[1]!.weights)).toBeLessThan(1e-3)
    expect(runs[0]!.accounts.spectralRadius).toBeGreaterThan(0)
    expect(runs[1]!.accounts.spectralRadius).toBeUndefined()
  })

  it('is dop853 where nothing is stiff, and measures the curvature for a tenth more', () => {
    const objective = scalarChain(engine, 3, 1)
    const start = balancedScalars(objective, 0.01)
    const runs = ['auto', 'dop853'].map((integrator) => {
      const motion = flowOf(objective, start, { integrator, tolerance: 1e-9 })
      motion.advance(5, unbounded)
      return { accounts: motion.accounts, weights: Array.from(motion.state.vector.data) }
    })
    expect(runs[0]!.weights).toEqual(runs[1]!.weights)
    const { gradientEvaluations, spectralRadius, largestSpectralRadius, ...accounts } = runs[0]!.accounts
    expect({ ...runs[1]!.accounts, ...accounts }).toEqual(runs[1]!.accounts)
    expect(gradientEvaluations).toBeLessThan(1.1 * runs[1]!.accounts.gradientEvaluations)
    expect(spectralRadius).toBeGreaterThan(0)
    expect(largestSpectralRadius).toBeGreaterThanOrEqual(spectralRadius!)
    expect(runs[1]!.accounts.largestSpectralRadius).toBeUndefined()
  })

  it('tells the largest curvature of the way, which is not that of its end', () => {
    // From 4 down to 1 the curvature of three layers falls.
    const objective = scalarChain(engine, 3, 1)
    const motion = flowOf(objective, balancedScalars(objective, 4), { integrator: 'auto', tolerance: 1e-6 })
    const seen: number[] = []
    for (let t = 0.01; t <= 2; t += 0.01) {
      motion.advance(t, unbounded)
      seen.push(motion.accounts.spectralRadius ?? 0)
    }
    const { spectralRadius, largestSpectralRadius } = motion.accounts
    expect(largestSpectralRadius).toBeGreaterThanOrEqual(Math.max(...seen))
    expect(largestSpectralRadius).toBeGreaterThan(2 * spectralRadius!)
  })
})

describe('accounts', () => {
  it('say down to where singular values are resolved, by default relative to the smallest layer', () => {
    const { objective, start } = live(cases[0]!)
    const smallest = Math.min(
      ...start.layers.map((layer) => engine.norm(layer) / Math.sqrt(layer.rows * layer.columns)),
    )
    const { resolution } = flowOf(objective, start, { tolerance: 1e-7 }).accounts
    expect(resolution! / (1e3 * 1e-7 * smallest)).toBeCloseTo(1, 12)
    expect(flowOf(objective, start, { absolute: 1e-9 }).accounts.resolution).toBeCloseTo(1e-6, 15)
  })

  it('sum the estimated local errors, which fall with the tolerance', () => {
    const { objective, start } = live(cases[0]!)
    const sums = [1e-4, 1e-6, 1e-8].map((tolerance) => {
      const motion = flowOf(objective, start, { tolerance })
      motion.advance(2, unbounded)
      return motion.accounts.localErrors
    })
    const slope = logSlope([1e-4, 1e-6, 1e-8], sums)
    expect(slope).toBeGreaterThan(0.7)
    expect(slope).toBeLessThan(1.2)
  })

  it('a longest step is kept', () => {
    const objective = scalarChain(engine, 2, 1)
    const motion = flowOf(objective, balancedScalars(objective, 0.2), { maximumStep: 0.01 })
    motion.advance(1, unbounded)
    expect(motion.accounts.steps).toBeGreaterThanOrEqual(100)
  })
})
