import { beforeAll, describe, expect, it } from 'vitest'
import {
  completion,
  type Engine,
  gaussianMatrix,
  type Loss,
  loadEngine,
  logistic,
  losses,
  lp,
  type Matrix,
  sensing,
  squared,
  values,
} from '../src/index.ts'
import { lossInstances, shapes } from './loss-instances.ts'
import { hessian } from './loss-residuals.ts'
import { makeLoss, normalMatrix } from './making.ts'

/** Eigenvalues and minima through an explicit Hessian: a few roundings of its largest eigenvalue, of the value there. */
const ROUNDING = 1e-12

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

const cases = losses.entries.flatMap(({ kind }) =>
  shapes.flatMap((shape) =>
    (lossInstances[kind]?.(shape) ?? []).map((spec, i) => ({
      name: `${kind} ${i} ${shape.join('×')}`,
      spec,
    })),
  ),
)

/** Smallest and largest eigenvalue of ∇²ℓ(W): its singular values, for all losses here are convex. */
function curvatures(loss: Loss, W: Matrix): [smallest: number, largest: number] {
  const eigenvalues = engine.singularValues(hessian(engine, loss, W))
  return [eigenvalues.at(-1)!, eigenvalues[0]!]
}

/** ℓ(W) − ½ gᵀ H⁺ g: the minimum of a quadratic function, from any point. */
function quadraticMinimum(loss: Loss, W: Matrix): number {
  const g = engine.matrix(...loss.shape)
  const value = loss.gradientInto(g, W)
  const { values, V } = engine.svd(hessian(engine, loss, W))
  let gain = 0
  for (const [r, eigenvalue] of values.entries()) {
    if (eigenvalue < ROUNDING * values[0]!) continue
    let along = 0
    for (let e = 0; e < V.rows; e++) along += V.data[e * V.columns + r]! * g.data[e]!
    gain += (along * along) / eigenvalue
  }
  return value - gain / 2
}

describe.each(cases)('what is known of $name', ({ spec }) => {
  it('bounds the value and the curvature at random points', () => {
    const loss = makeLoss(engine, spec)
    const { minimum, strongConvexity, smoothness } = loss.known
    for (const label of ['a', 'b', 'c']) {
      const W = normalMatrix(engine, loss.shape, label)
      const [smallest, largest] = curvatures(loss, W)
      if (minimum) expect(loss.value(W)).toBeGreaterThanOrEqual(minimum.value)
      if (strongConvexity) expect(strongConvexity.value).toBeLessThanOrEqual(smallest + ROUNDING * largest)
      if (smoothness) expect(smoothness.value).toBeGreaterThanOrEqual(largest * (1 - ROUNDING))
    }
  })

  it('is exact for quadratic losses', () => {
    const loss = makeLoss(engine, spec)
    if (!loss.quadratic) return
    const W = normalMatrix(engine, loss.shape, 'W')
    const [smallest, largest] = curvatures(loss, W)
    const { minimum, strongConvexity, smoothness } = loss.known
    expect(Math.abs(minimum!.value - quadraticMinimum(loss, W))).toBeLessThan(ROUNDING * loss.value(W))
    expect(Math.abs(strongConvexity!.value - smallest)).toBeLessThan(ROUNDING * largest)
    expect(Math.abs(smoothness!.value - largest)).toBeLessThan(ROUNDING * largest)
  })
})

describe('strong convexity, smoothness and minimum', () => {
  it('of completion come from the count of observed entries', () => {
    const truth = gaussianMatrix({ rows: 4, columns: 5 })
    const all = makeLoss(engine, completion({ truth, observed: 'all' })).known
    const some = makeLoss(engine, completion({ truth, observed: 0.5, normalisation: 'mean' })).known
    expect(all.strongConvexity!.value).toBe(2 / (2 * 20))
    expect(all.smoothness!.value).toBe(2 / (2 * 20))
    expect(some.strongConvexity!.value).toBe(0)
    expect(some.smoothness!.value).toBe(2 / 10)
  })

  it('of the notes’ regression are the extreme eigenvalues of the input covariance', () => {
    const inputs = values({
      data: [
        [1, 0, 2],
        [0, 3, 0],
      ],
    }) // X Xᵀ = diag(5, 9), m = 3
    const targets = values({ data: [[1, 2, 3]] })
    const { known } = makeLoss(engine, squared({ inputs, targets, normalisation: 'halfMean' }))
    expect(known.strongConvexity!.value).toBeCloseTo(5 / 3, 14)
    expect(known.smoothness!.value).toBeCloseTo(9 / 3, 14)
    // The first input row explains (1, ·, 3) up to its part (2, ·, −1)/√5 outside: residual² = (2·1 − 1·3)²/5.
    expect(known.minimum!.value).toBeCloseTo(1 / 5 / 6, 14)
  })

  it('of regression on linearly dependent inputs: no strong convexity, and the minimum counts the part never reached', () => {
    const inputs = values({
      data: [
        [1, 2],
        [2, 4],
      ],
    })
    const targets = values({ data: [[1, 0]] })
    const { known } = makeLoss(engine, squared({ inputs, targets, normalisation: 'sum' }))
    expect(known.strongConvexity!.value).toBe(0)
    expect(known.minimum!.value).toBeCloseTo(4 / 5, 14)
    expect(known.smoothness!.value).toBeCloseTo(50, 12)
  })

  it('of ℓ_4 regression: 0 where the targets can be matched, unknown otherwise', () => {
    const few = {
      inputs: gaussianMatrix({ rows: 5, columns: 3 }),
      targets: gaussianMatrix({ rows: 2, columns: 3 }),
    }
    const matched = makeLoss(engine, lp(few))
    expect(matched.known).toMatchObject({ minimum: { value: 0 }, strongConvexity: { value: 0 } })
    expect(matched.known.smoothness).toBeUndefined()
    const many = {
      inputs: gaussianMatrix({ rows: 2, columns: 9 }),
      targets: gaussianMatrix({ rows: 2, columns: 9 }),
    }
    expect(makeLoss(engine, lp(many)).known).toEqual({})
    const exact = makeLoss(engine, lp({ truth: gaussianMatrix({ rows: 2, columns: 3 }), samples: 20 }))
    expect(exact.known).toMatchObject({ minimum: { value: 0 }, strongConvexity: { value: 0 } })
    expect(exact.value(exact.truth!)).toBeLessThan(1e-60)
    const noisy = { truth: gaussianMatrix({ rows: 2, columns: 3 }), samples: 20, noise: 0.1 }
    expect(makeLoss(engine, lp(noisy)).known).toEqual({})
  })

  it('of logistic regression: none, and for two classes a smoothness that is reached at W = 0', () => {
    const two = makeLoss(engine, logistic({ truth: gaussianMatrix({ rows: 2, columns: 3 }), samples: 20 }))
    const [, largest] = curvatures(two, engine.matrix(2, 3))
    expect(Math.abs(two.known.smoothness!.value / largest - 1)).toBeLessThan(ROUNDING)
    const three = makeLoss(engine, logistic({ truth: gaussianMatrix({ rows: 3, columns: 3 }), samples: 20 }))
    expect(three.known).toEqual({ strongConvexity: expect.objectContaining({ value: 0 }) })
  })

  it('of many measurements are left out where their singular values would cost too much', () => {
    const truth = gaussianMatrix({ rows: 20, columns: 50 })
    const { known } = makeLoss(engine, sensing({ truth, samples: 700 }))
    expect(known.smoothness).toBeUndefined()
    expect(known).toMatchObject({ minimum: { value: 0 }, strongConvexity: { value: 0 } })
    expect(makeLoss(engine, sensing({ truth, samples: 700, noise: 1 })).known.minimum).toBeUndefined()
  })
})

describe('regression is honest near its minimum', () => {
  /** ‖WL − R‖² expanded, as a program would that stores only L Lᵀ and R Lᵀ. */
  function throughGram({ quadratic }: Loss, W: Matrix): number {
    if (quadratic?.kind !== 'dense' || !quadratic.left) throw new Error('a dense form was expected')
    const { left, right, factor, constant } = quadratic
    const [gram, cross, product] = [engine.matrix(2, 2), engine.matrix(1, 2), engine.matrix(1, 2)]
    engine.multiplyInto(gram, left, left, false, true)
    engine.multiplyInto(cross, right, left, false, true)
    engine.multiplyInto(product, W, gram)
    return factor * (engine.dot(product, W) - 2 * engine.dot(cross, W) + engine.dot(right, right)) + constant
  }

  it('to the last digits of a loss of 1e-17, which the Gram matrix of the inputs would lose', () => {
    const truth = values({ data: [[1, 1]] })
    const loss = makeLoss(engine, squared({ truth, samples: 50, normalisation: 'sum' }))
    const W = engine.matrix(1, 2, [1 + 1e-9, 1])
    const every = Int32Array.from({ length: 50 }, (_, i) => i)
    const sampled = loss.batchGradientInto(engine.matrix(1, 2), W, every)
    // Residuals of 1e-9 are differences of numbers near 1 that carry the few ε of a QR decomposition: 1e-6 relative each, and
    // twice that in their squares.
    expect(Math.abs(loss.value(W) / sampled - 1)).toBeLessThan(1e-5)
    expect(sampled).toBeLessThan(1e-15)
    expect(Math.abs(throughGram(loss, W) / sampled - 1)).toBeGreaterThan(1)
  })
  it('keeps the digits of a logistic loss of e⁻¹⁰⁰', () => {
    const inputs = values({ data: [[1]] })
    const loss = makeLoss(engine, logistic({ inputs, labels: [0], classes: 2 }))
    const [out, tiny] = [engine.matrix(2, 1), engine.exp(-100)]
    const W = engine.matrix(2, 1, [100, 0])
    expect(loss.gradientInto(out, W) / tiny).toBeCloseTo(1, 13)
    expect(out.data[0]! / tiny).toBeCloseTo(-1, 13)
    expect(out.data[1]! / tiny).toBeCloseTo(1, 13)
    loss.hessianVectorInto(out, W, engine.matrix(2, 1, [1, 0]))
    expect(out.data[0]! / tiny).toBeCloseTo(1, 13)
    expect(out.data[1]! / tiny).toBeCloseTo(-1, 13)
    expect(loss.value(engine.matrix(2, 1, [-800, 800]))).toBe(1600)
  })
})
