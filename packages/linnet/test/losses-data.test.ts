import { beforeAll, describe, expect, it } from 'vitest'
import {
  completion,
  type Engine,
  gaussianMatrix,
  InputError,
  loadEngine,
  logistic,
  lowRank,
  lp,
  sensing,
  squared,
  values,
  whitened,
} from '../src/index.ts'
import { normalisationOf } from '../src/losses/normalisation.ts'
import { positionsOf } from '../src/losses/observed-squares.ts'
import type { SpecInput } from '../src/registry/spec.ts'
import { makeLoss, makeMatrix } from './making.ts'

/** Standard errors within which a mean of random numbers must lie; seeds are fixed. */
const STANDARD_ERRORS = 5

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

const truth = gaussianMatrix({ rows: 3, columns: 4 })
const inputs = gaussianMatrix({ rows: 4, columns: 6 })
const targets = gaussianMatrix({ rows: 3, columns: 6 })
const triplets = (...data: number[][]) => values({ data })

function observedOf(spec: SpecInput, seed = 1) {
  const { quadratic } = makeLoss(engine, spec, seed)
  if (quadratic?.kind !== 'completion') throw new Error('a completion was expected')
  return { positions: [...positionsOf(quadratic.pattern)], values: [...quadratic.values.data] }
}

describe('normalisations', () => {
  it.each([
    ['sum', 1, '1'],
    ['half', 1 / 2, '1/2'],
    ['mean', 1 / 8, '1/m'],
    ['halfMean', 1 / 16, '1/(2m)'],
    ['perPower', 1 / 4, '1/p'],
    ['meanPerPower', 1 / 32, '1/(pm)'],
  ] as const)('%s is %d for m = 8 and p = 4', (name, factor, formula) => {
    expect(normalisationOf(name, 8, 4)).toEqual({ name, factor, formula })
  })
  it('are those of the sources by default', () => {
    const name = (spec: SpecInput) => makeLoss(engine, spec).normalisation.formula
    expect(name(completion({ truth, observed: 5 }))).toBe('1/(2m)')
    expect(name(sensing({ truth, samples: 5 }))).toBe('1/(2m)')
    expect(name(squared({ inputs, targets }))).toBe('1/(2m)')
    expect(name(whitened({ target: truth }))).toBe('1/2')
    expect(name(lp({ inputs, targets }))).toBe('1/m')
    expect(name(logistic({ truth, samples: 5 }))).toBe('1/m')
  })
  it('are refused where they make no sense', () => {
    expect(() =>
      makeLoss(engine, { ...completion({ truth, observed: 5 }), normalisation: 'perPower' } as SpecInput),
    ).toThrow()
  })
})

describe('completion', () => {
  it('is the published problem: 2000 of the 10 000 entries of a rank 5 matrix, mean squared', () => {
    const loss = makeLoss(
      engine,
      completion({
        truth: lowRank({ rows: 100, columns: 100, rank: 5 }),
        observed: 2000,
        normalisation: 'mean',
      }),
    )
    expect(loss.samples).toBe(2000)
    expect(loss.normalisation.factor).toBe(1 / 2000)
    // The published code asks for a root mean square in [0.8, 1.2] of the observed entries.
    const rms = Math.sqrt(loss.value(engine.matrix(100, 100)))
    expect(rms).toBeGreaterThan(0.8)
    expect(rms).toBeLessThan(1.2)
    expect(loss.value(loss.truth!)).toBe(0)
  })
  it('observes the truth, at different entries, uniformly', () => {
    const counts = new Array<number>(12).fill(0)
    const draws = 600
    for (let seed = 0; seed < draws; seed++)
      for (const position of observedOf(completion({ truth, observed: 3 }), seed).positions)
        counts[position]!++
    const expected = (3 / 12) * draws
    for (const count of counts)
      expect(Math.abs(count - expected)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(expected * (1 - 3 / 12)))
  })
  it('keeps its truth when the mask is drawn again, and its mask when noise is added', () => {
    const fixed = { ...truth, seed: 4 }
    const a = completion({ truth: fixed, observed: 5 })
    expect(observedOf(a, 1).positions).not.toEqual(observedOf(a, 2).positions)
    expect([...makeLoss(engine, a, 1).truth!.data]).toEqual([...makeLoss(engine, a, 2).truth!.data])
    expect([...makeLoss(engine, a).truth!.data]).toEqual([
      ...makeLoss(engine, completion({ truth: fixed, observed: 'all', seed: 8 })).truth!.data,
    ])
    const noisy = observedOf({ ...a, noise: 0.1 } as SpecInput)
    expect(noisy.positions).toEqual(observedOf(a).positions)
    expect(noisy.values).not.toEqual(observedOf(a).values)
  })
  it('takes a count, a fraction, all, or a list of entries', () => {
    expect(observedOf(completion({ truth, observed: 5 })).positions).toHaveLength(5)
    expect(observedOf(completion({ truth, observed: 0.5 })).positions).toHaveLength(6)
    expect(observedOf(completion({ truth, observed: 'all' })).positions).toHaveLength(12)
    const listed = observedOf(
      completion({
        truth,
        observed: [
          [2, 3],
          [0, 1],
        ],
      }),
    )
    const { data } = makeLoss(engine, completion({ truth, observed: 1 })).truth!
    expect(listed).toEqual({ positions: [1, 11], values: [data[1], data[11]] })
  })
  it('takes entries in any order, and its shape from them or from rows and columns', () => {
    const entries = triplets([2, 1, 0.5], [0, 0, -1], [0, 3, 7])
    expect(observedOf(completion({ entries }))).toEqual({ positions: [0, 3, 9], values: [-1, 7, 0.5] })
    expect(makeLoss(engine, completion({ entries })).shape).toEqual([3, 4])
    expect(makeLoss(engine, completion({ entries, rows: 5, columns: 6 })).shape).toEqual([5, 6])
  })
  it.each<[Parameters<typeof completion>[0], string]>([
    [{}, 'give either a truth to observe, or the observed entries; neither'],
    [{ truth, entries: truth, observed: 1 }, 'both of them given'],
    [{ truth }, 'give observed too'],
    [{ truth, observed: 1, rows: 3 }, 'leave rows and columns out'],
    [{ entries: triplets([0, 0, 1]), observed: 1 }, 'leave observed out'],
    [{ entries: triplets([0, 0, 1]), noise: 1 }, 'leave noise out'],
    [{ entries: triplets([0, 0]) }, 'entries has 2 columns; give three'],
    [{ entries: triplets([0, 0, 1], [0, 0, 2]) }, 'The entry (0, 0) is observed twice'],
    [{ entries: triplets([0, 0.5, 1]) }, 'rows and columns are whole numbers counted from 0'],
    [{ entries: triplets([0, 4, 1]), columns: 4 }, 'is not in a 1×4 matrix'],
    [{ truth, observed: 13 }, 'give a whole number from 1 to 12'],
    [{ truth, observed: 2.5 }, 'observed is 2.5; give a whole number from 1 to 12'],
    [{ truth, observed: 0.01 }, 'or a fraction below 1 of at least one entry'],
    [{ truth, observed: [[3, 0]] }, 'The observed entry (3, 0) is not in a 3×4 matrix'],
    [
      {
        truth,
        observed: [
          [1, 1],
          [1, 1],
        ],
      },
      'observed twice',
    ],
  ])('refuses %o', (options, message) => refuses(completion(options), message))
})

describe('sensing', () => {
  it('measures the truth with N(0, 1/(d_n·d_0)) entries', () => {
    const loss = makeLoss(engine, sensing({ truth, samples: 500 }))
    if (loss.quadratic?.kind !== 'sensing') throw new Error('a sensing form was expected')
    const { measurements } = loss.quadratic
    const meanSquare = engine.dot(measurements, measurements) / (500 * 12)
    expect(Math.abs(meanSquare * 12 - 1)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(2 / 6000))
    expect(loss.value(loss.truth!)).toBeLessThan(1e-30)
  })
  it.each<[Parameters<typeof sensing>[0], string]>([
    [{ truth }, 'give either measurements or samples; neither of them given'],
    [{ truth, samples: 2, measurements: truth }, 'give either measurements or samples; both of them given'],
    [{ samples: 2 }, 'give either observations or truth; neither'],
    [{ samples: 2, observations: truth }, 'give rows and columns'],
    [{ truth, samples: 2, rows: 4 }, 'truth is 3×4, but rows = 4 and columns = 4'],
    [{ truth, measurements: truth }, 'measurements has 4 columns, but W has 12 entries'],
    [{ truth, measurements: truth, deviation: 1 }, 'leave deviation out'],
    [{ samples: 2, observations: truth, rows: 1, columns: 1 }, '2 measurements and 12 observations'],
    [{ samples: 2, observations: truth, rows: 1, columns: 1, noise: 1 }, 'leave noise out'],
  ])('refuses %o', (options, message) => refuses(sensing(options), message))
})

describe('regression', () => {
  it('draws inputs with the asked covariance', () => {
    const samples = 4000
    const spec = squared({ truth, samples, covariance: [4, 1, 0.25, 0], normalisation: 'mean' })
    const loss = makeLoss(engine, spec)
    // ∇²ℓ[V] = 2 V X Xᵀ/m: its diagonal shows the variances.
    const product = engine.matrix(3, 4)
    loss.hessianVectorInto(product, product, engine.matrix(3, 4, [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]))
    const spread = engine.matrix(3, 4)
    const variances = [0, 1, 2, 3].map((k) => {
      const unit = engine.matrix(3, 4)
      unit.data[k] = 1
      loss.hessianVectorInto(spread, unit, unit)
      return spread.data[k]! / 2
    })
    const expected = [4, 1, 0.25, 0]
    variances.forEach((variance, k) => {
      expect(Math.abs(variance - expected[k]!)).toBeLessThanOrEqual(
        STANDARD_ERRORS * expected[k]! * Math.sqrt(2 / samples),
      )
    })
  })
  it('makes targets from given inputs and a truth, with noise or without', () => {
    const exact = makeLoss(engine, squared({ inputs, truth }))
    expect(exact.value(exact.truth!)).toBeLessThan(1e-30)
    const noisy = makeLoss(engine, squared({ truth, samples: 4000, noise: 0.5, normalisation: 'mean' }))
    // The mean squared residual of the truth: three outputs of variance 0.25.
    expect(Math.abs(noisy.value(noisy.truth!) - 0.75)).toBeLessThan(
      STANDARD_ERRORS * 0.25 * Math.sqrt(6 / 4000),
    )
  })
  it.each<[Parameters<typeof squared>[0], string]>([
    [{ targets }, 'give either inputs, or samples and a truth to draw inputs from'],
    [{ inputs, samples: 3, targets }, 'give either inputs, or samples'],
    [{ inputs }, 'give either targets, or a truth'],
    [{ inputs, targets, truth }, 'give either targets, or a truth'],
    [{ samples: 3, targets }, 'samples draws inputs for a truth; give truth too'],
    [{ inputs, targets: truth }, 'there are 6 inputs and 4 targets'],
    [{ inputs: targets, truth }, 'truth is 3×4 and takes inputs of length 4, but inputs has 3 rows'],
    [{ inputs, targets, noise: 1 }, 'leave noise out'],
    [{ inputs, truth, covariance: 1 }, 'leave covariance out'],
    [{ truth, samples: 2, covariance: [1, 2] }, 'covariance lists 2 eigenvalues, but inputs have length 4'],
  ])('refuses %o', (options, message) => {
    refuses(squared(options), `squared: `)
    refuses(squared(options), message)
    refuses(lp(options as Parameters<typeof lp>[0]), message)
  })
  it.each([3, 0, 1, -2, 4.5])('refuses the power %d', (power) => {
    expect(lp.schema.safeParse({ kind: 'lp', power }).success).toBe(false)
  })
})

describe('logistic', () => {
  const scores = { truth: gaussianMatrix({ rows: 3, columns: 4, deviation: 2 }), samples: 300 }
  it('labels by the largest score: scaling the truth up drives the loss to 0', () => {
    const loss = makeLoss(engine, logistic(scores))
    const W = engine.copyIn(loss.truth!)
    engine.scaleInto(W, 1e6)
    expect(loss.value(W)).toBeLessThan(1e-9)
  })
  it('labels by the softmax probabilities: the gradient at the truth has mean 0', () => {
    const many = { truth: gaussianMatrix({ rows: 3, columns: 4, deviation: 0.5 }), samples: 4000 }
    const loss = makeLoss(engine, logistic({ ...many, labelling: 'sampled' }))
    const G = engine.matrix(3, 4)
    loss.gradientInto(G, loss.truth!)
    // Each entry is a mean of (p − [k = y])·x with |p − [k = y]| ≤ 1 and x of variance 1.
    for (const slope of G.data) expect(Math.abs(slope)).toBeLessThan(STANDARD_ERRORS / Math.sqrt(4000))
    const separable = makeLoss(engine, logistic(many))
    separable.gradientInto(G, separable.truth!)
    expect(Math.max(...G.data.map(Math.abs))).toBeGreaterThan(STANDARD_ERRORS / Math.sqrt(4000))
  })
  it('takes labels as a list or as a matrix', () => {
    const list = makeLoss(engine, logistic({ inputs, labels: [0, 2, 1, 0, 0, 1] }))
    const matrix = makeLoss(engine, logistic({ inputs, labels: values({ data: [[0, 2, 1, 0, 0, 1]] }) }))
    const W = makeMatrix(engine, truth)
    expect(list.shape).toEqual([3, 4])
    expect(list.value(W)).toBe(matrix.value(W))
  })
  it.each<[Parameters<typeof logistic>[0], string]>([
    [{ inputs }, 'give either labels, or a truth'],
    [{ inputs, truth, labels: [0] }, 'give either labels, or a truth'],
    [{ inputs, labels: [0, 1] }, 'there are 6 inputs and 2 labels'],
    [{ inputs, labels: [0, 0, 0, 0, 0, 0] }, 'one class has nothing to learn'],
    [{ inputs, labels: [0, 0, 0, 0, 0, 5], classes: 3 }, 'label 5 is not among 3 classes'],
    [{ inputs, truth, classes: 4 }, 'truth has 3 rows, one a class, and classes is 4'],
    [{ inputs, labels: values({ data: [[0, 1, 0.5, 0, 0, 0]] }) }, 'labels contains 0.5'],
  ])('refuses %o', (options, message) => refuses(logistic(options), message))
})

function refuses(spec: SpecInput, message: string): void {
  const attempt = () => makeLoss(engine, spec)
  expect(attempt).toThrow(InputError)
  expect(attempt).toThrow(message)
}
