import { beforeAll, describe, expect, it } from 'vitest'
import type { Stops } from '../src/dynamics/dynamics.ts'
import { dynamics } from '../src/dynamics/index.ts'
import { composedObjective, makeObjective, type Objective } from '../src/dynamics/objective.ts'
import { sharpness } from '../src/dynamics/sharpness.ts'
import {
  type Engine,
  gaussianMatrix,
  gradientDescent,
  groupRMSprop,
  heavyBall,
  loadEngine,
  type Spec,
  sgd,
  squared,
  whitened,
} from '../src/index.ts'
import { linearNetwork } from '../src/networks/linear.ts'
import type { Parameters } from '../src/networks/network.ts'
import { balancedScalars, flowOf, logSlope, scalarChain } from './flow-setting.ts'
import { makeLoss, nextPointer, normalWeights, relativeDistance } from './making.ts'

const unbounded = Number.POSITIVE_INFINITY

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

function motionOf(objective: Objective, start: Parameters, spec: Spec, stops: Partial<Stops> = {}) {
  const entry = dynamics.get(spec.kind)
  return entry.start(entry.schema.parse(spec) as unknown as Spec, {
    objective,
    start,
    random: engine.random(7).split('dynamics'),
    stops: { divergence: 1e12, ...stops },
  })
}

/** ‖WX − Y‖² on random data under a 4-5-3-4 network: the instance of the discrete identity. */
function instance(): { objective: Objective; start: Parameters } {
  const [X, Y] = [gaussianMatrix({ rows: 4, columns: 12 }), gaussianMatrix({ rows: 4, columns: 12, seed: 5 })]
  const loss = makeLoss(engine, squared({ inputs: X, targets: Y }))
  const objective = makeObjective(engine, loss, linearNetwork(engine, [4, 5, 3, 4]))
  const start = normalWeights(engine, objective.network, 'laws')
  engine.scaleInto(start.vector, 0.6)
  return { objective, start }
}

/** W_{j+1}ᵀW_{j+1} − W_jW_jᵀ for every j, times `factor`, in one array. */
function imbalances({ layers }: Parameters, factor = 1): number[] {
  return layers.slice(1).flatMap((above, j) => {
    const out = engine.matrix(above.columns, above.columns)
    engine.multiplyInto(out, layers[j]!, layers[j]!, false, true, factor)
    engine.multiplyInto(out, above, above, true, false, factor, -1)
    return Array.from(out.data)
  })
}

describe('the discrete balance identity', () => {
  /** D⁺ − D against η²(g_{j+1}ᵀg_{j+1} − g_jg_jᵀ), relative to D, over some steps. */
  function residuals(spec: Spec, eta: number, gradientInto: (g: Parameters, theta: Parameters) => void) {
    const { objective, start } = instance()
    const motion = motionOf(objective, start, spec)
    const gradient = objective.network.allocate()
    return Array.from({ length: 20 }, (_, step) => {
      const before = imbalances(motion.state)
      gradientInto(gradient, motion.state)
      const change = imbalances(gradient, eta * eta)
      motion.advance(step + 1, unbounded)
      const after = imbalances(motion.state)
      return relativeDistance(
        after,
        before.map((x, i) => x + change[i]!),
      )
    })
  }

  it('is exact for gradient descent', () => {
    const { objective } = instance()
    const errors = residuals(gradientDescent({ stepSize: 0.01 }), 0.01, objective.gradientInto)
    expect(Math.max(...errors)).toBeLessThan(1e-14)
  })
  it('needs its η² term', () => {
    const { objective } = instance()
    const errors = residuals(gradientDescent({ stepSize: 0.01 }), 0, objective.gradientInto)
    expect(Math.min(...errors)).toBeGreaterThan(1e-8)
  })
  it('does not hold with momentum', () => {
    const { objective } = instance()
    const errors = residuals(heavyBall({ stepSize: 0.01 }), 0.01, objective.gradientInto)
    expect(Math.max(...errors)).toBeGreaterThan(1e-4)
  })
})

describe('gradient descent and the flow', () => {
  it('part by an error of first order in the step', () => {
    const { objective, start } = instance()
    const flow = flowOf(objective, start, { tolerance: 1e-11 })
    flow.advance(2, unbounded)
    const steps = [0.02, 0.01, 0.005]
    const runs = steps.map((stepSize) => {
      const motion = motionOf(objective, start, gradientDescent({ stepSize }))
      motion.advance(Math.round(2 / stepSize), unbounded)
      const drift = relativeDistance(imbalances(motion.state), imbalances(start))
      return { error: relativeDistance(motion.state.vector.data, flow.state.vector.data), drift }
    })
    const slopes = [runs.map(({ error }) => error), runs.map(({ drift }) => drift)].map((of) =>
      logSlope(steps, of),
    )
    for (const slope of slopes) expect(Math.abs(slope - 1)).toBeLessThan(0.05)
  })
})

describe('stops of a descent', () => {
  const chain = () => {
    const objective = scalarChain(engine, 2, 1)
    return { objective, start: balancedScalars(objective, 0.1) }
  }
  /** The loss before each of the first steps of gradient descent on ½(1 − w²)² with both weights w. */
  const losses = (stepSize: number) => {
    let w = Math.sqrt(0.1)
    return Array.from({ length: 400 }, () => {
      const loss = 0.5 * (1 - w * w) ** 2
      w += stepSize * (1 - w * w) * w
      return loss
    })
  }

  it.each([1, 7, unbounded])('the loss fires before the first step at or below it, budget %d', (budget) => {
    const { objective, start } = chain()
    const limit = 1e-3
    const motion = motionOf(objective, start, gradientDescent({ stepSize: 0.1 }), { loss: limit })
    let halt = motion.advance(1000, budget)
    while (halt === undefined) halt = motion.advance(1000, budget)
    const expected = losses(0.1).findIndex((loss) => loss <= limit)
    expect(halt.reason).toBe('loss')
    expect(motion.position).toBe(expected)
    expect(halt.message).toContain(`the limit 0.001 at step ${expected}`)
    expect(motion.accounts.gradientEvaluations).toBe(expected + 1)
  })

  it('the gradient norm fires', () => {
    const { objective, start } = chain()
    const motion = motionOf(objective, start, gradientDescent({ stepSize: 0.1 }), { gradientNorm: 1e-4 })
    expect(motion.advance(1e4, unbounded)?.reason).toBe('gradientNorm')
    const gradient = objective.network.allocate()
    objective.gradientInto(gradient, motion.state)
    expect(engine.norm(gradient.vector)).toBeLessThanOrEqual(1e-4)
  })

  it('a step beyond 2/λ diverges, and the message says beyond what', () => {
    const objective = scalarChain(engine, 1, 1)
    const motion = motionOf(objective, balancedScalars(objective, 0.5), gradientDescent({ stepSize: 2.5 }))
    const halt = motion.advance(1e4, unbounded)
    expect(halt?.reason).toBe('diverged')
    expect(halt?.message).toMatch(/passed the limit 1e12 at step \d+: the step size 2\.5 exceeds 2,/)
  })

  it('curvature that grew on the way is seen, though the start was flat', () => {
    const objective = scalarChain(engine, 3, 3)
    const start = balancedScalars(objective, 1e-3)
    const motion = motionOf(objective, start, gradientDescent({ stepSize: 1 }))
    let halt = motion.advance(1e4, 1)
    while (halt === undefined) halt = motion.advance(1e4, 1)
    expect(halt.reason).toBe('diverged')
    expect(halt.message).toMatch(/the step size 1 exceeds 0\.\d+,/)
  })

  it('curvature that was met on the way out is no yardstick', () => {
    const objective = scalarChain(engine, 3, 1)
    const start = balancedScalars(objective, 4)
    const atStart = sharpness(objective, start).value
    const motion = motionOf(objective, start, gradientDescent({ stepSize: 1 }))
    // The first step already leads far out, the second one farther.
    let halt = motion.advance(1e4, 1)
    expect(halt).toBeUndefined()
    expect(sharpness(objective, motion.state).value).toBeGreaterThan(100 * atStart)
    while (halt === undefined) halt = motion.advance(1e4, 1)
    const [, tried] = /; try ([\d.e-]+)$/.exec(halt.message)!
    expect(Number(tried)).toBeCloseTo(0.5 / atStart, 3)
  })

  it('heavy ball is stable up to 2(1 + β)/λ, and says so', () => {
    const objective = scalarChain(engine, 1, 1)
    const start = balancedScalars(objective, 0.5)
    const below = motionOf(objective, start, heavyBall({ stepSize: 2.9, momentum: 0.5 }))
    expect(below.advance(2000, unbounded)).toBeUndefined()
    const above = motionOf(objective, start, heavyBall({ stepSize: 3.1, momentum: 0.5 }))
    expect(above.advance(1e4, unbounded)?.message).toContain('the step size 3.1 exceeds 3,')
  })

  it('groupRMSprop gives advice without a curvature', () => {
    const objective = scalarChain(engine, 1, 1)
    const start = balancedScalars(objective, 0.5)
    const motion = motionOf(objective, start, groupRMSprop({ stepSize: 50 }), { divergence: 10 })
    expect(motion.advance(10, unbounded)?.message).toContain('the step size 50 is too large')
  })
})

describe('memory stays flat', () => {
  const target = gaussianMatrix({ rows: 2, columns: 2 })
  it.each([
    ['a million fused steps', makeObjective, gradientDescent({ stepSize: 1e-3 }), 1e6],
    ['composed steps', composedObjective, heavyBall({ stepSize: 1e-3 }), 2e4],
    ['steps on mini-batches', makeObjective, sgd({ stepSize: 1e-3, batchSize: 2 }), 2e4],
    ['a flow', makeObjective, { kind: 'gradientFlow', maximumStep: 1e-3 }, 20],
  ] as const)('over %s', (_, make, spec, horizon) => {
    const objective = make(engine, makeLoss(engine, whitened({ target })), linearNetwork(engine, [2, 2, 2]))
    const motion = motionOf(objective, normalWeights(engine, objective.network, 'memory'), spec)
    motion.advance(horizon / 2, unbounded)
    const [bytes, next] = [engine.bytes, nextPointer(engine)]
    motion.advance(horizon, unbounded)
    expect(motion.position).toBe(horizon)
    expect([engine.bytes, nextPointer(engine)]).toEqual([bytes, next])
  })
})
