import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Binary, instantiate, type Kernels } from '../src/index.ts'
import { place, placeIndices, randomArray, randomSource, read, scoped, UNIT_ROUNDOFF } from './arrays.ts'
import {
  completion,
  dense,
  endToEnd,
  matrixOf,
  type Objective,
  parameterCount,
  planOf,
  sensing,
} from './chains.ts'

const loaded = new Map<Binary, Kernels>()
beforeAll(async () => {
  for (const binary of ['strict', 'fma'] as const) loaded.set(binary, await instantiate(binary))
})

function gradientOf(kernels: Kernels, widths: number[], objective: Objective, theta: Float64Array) {
  return scoped(kernels, () => {
    const plan = planOf(kernels, widths, objective)
    const [at, out] = [place(kernels, theta), place(kernels, new Float64Array(theta.length).fill(Number.NaN))]
    const loss = kernels.exports.chainGradient(plan, at, out)
    expect(kernels.exports.chainLoss(plan, at), 'chainLoss').toBe(loss)
    expect(read(kernels, at, theta.length), 'theta is only read').toEqual(theta)
    return { loss, gradient: read(kernels, out, theta.length) }
  })
}

/** The loss by its definition and Σ|terms|, the size its rounding errors scale with. */
function differences(widths: number[], objective: Objective, theta: Float64Array) {
  const value = (at: Float64Array) => objective.loss(endToEnd(widths, at))
  const moved = (p: number, by: number) => value(theta.map((entry, i) => (i === p ? entry + by : entry)))
  // W is affine and the loss quadratic in any single entry, so central differences are exact for a step of any size.
  return {
    loss: value(theta),
    gradient: theta.map((_, p) => (moved(p, 0.5) - moved(p, -0.5)) / 1),
    size: theta.reduce(
      (largest, _, p) => Math.max(largest, Math.abs(moved(p, 0.5)), Math.abs(moved(p, -0.5))),
      1,
    ),
  }
}

// Differences of losses carry the rounding of the losses, here sums of at most a few hundred products of at most six
// entries of size 1: some hundred unit roundoffs of the largest loss.
const DIFFERENCE_ROUNDING = 500 * UNIT_ROUNDOFF

function expectGradient(kernels: Kernels, widths: number[], objective: Objective, theta: Float64Array): void {
  const actual = gradientOf(kernels, widths, objective, theta)
  const expected = differences(widths, objective, theta)
  const allowed = DIFFERENCE_ROUNDING * expected.size
  expect(Math.abs(actual.loss - expected.loss)).toBeLessThanOrEqual(allowed)
  actual.gradient.forEach((value, p) => {
    if (!(Math.abs(value - expected.gradient[p]!) <= allowed)) {
      expect.fail(`widths ${widths}, entry ${p}: ${value} instead of ${expected.gradient[p]}`)
    }
  })
}

const networks = fc.record({
  widths: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 6 }),
  seed: fc.nat(),
})
const ends = (widths: number[]) => [widths.at(-1)!, widths[0]!] as const
const pick = (count: number, next: () => number) =>
  Array.from({ length: count }, (_, p) => p).filter(() => next() < 0)

describe.each(['strict', 'fma'] as const)('chainGradient (%s) against exact differences', (binary) => {
  test('dense, with and without inputs', () => {
    fc.assert(
      fc.property(networks, fc.integer({ min: 0, max: 8 }), ({ widths, seed }, q) => {
        const next = randomSource(seed)
        const [rows, columns] = ends(widths)
        const left = q === 0 ? undefined : matrixOf(columns, q, randomArray(columns * q, next))
        const right = matrixOf(rows, q || columns, randomArray(rows * (q || columns), next))
        const objective = dense(widths, left, right, 0.7, -0.25)
        expectGradient(loaded.get(binary)!, widths, objective, randomArray(parameterCount(widths), next))
      }),
      { seed: 1, numRuns: 80 },
    )
  })

  test('sensing', () => {
    fc.assert(
      fc.property(networks, fc.integer({ min: 0, max: 9 }), ({ widths, seed }, m) => {
        const next = randomSource(seed)
        const [rows, columns] = ends(widths)
        const measurements = Array.from({ length: m }, () => randomArray(rows * columns, next))
        const objective = sensing(measurements, randomArray(m, next), 0.4)
        expectGradient(loaded.get(binary)!, widths, objective, randomArray(parameterCount(widths), next))
      }),
      { seed: 2, numRuns: 80 },
    )
  })

  test.each([1, 2])('completion, pass %d', (pass) => {
    fc.assert(
      fc.property(networks, ({ widths, seed }) => {
        const next = randomSource(seed)
        const [rows, columns] = ends(widths)
        const observed = pick(rows * columns, next)
        const objective = completion(rows, columns, observed, randomArray(observed.length, next), 1.3, pass)
        expectGradient(loaded.get(binary)!, widths, objective, randomArray(parameterCount(widths), next))
      }),
      { seed: 3, numRuns: 80 },
    )
  })

  // Widths that make every association the cheapest: narrow ends, narrow middle, narrow near either end.
  test.each([
    [[1, 6, 6, 6, 6]],
    [[6, 6, 6, 6, 1]],
    [[6, 6, 1, 6, 6]],
    [[6, 1, 6, 6, 6]],
    [[6, 6, 6, 1, 6]],
    [[1, 1, 1]],
  ])('every split: widths %j', (widths) => {
    const kernels = loaded.get(binary)!
    const next = randomSource(11)
    const [rows, columns] = ends(widths)
    const theta = randomArray(parameterCount(widths), next)
    const observed = Array.from({ length: rows * columns }, (_, p) => p).filter((p) => p % 3 !== 1)
    const values = randomArray(observed.length, next)
    for (const pass of [1, 2]) {
      expectGradient(kernels, widths, completion(rows, columns, observed, values, 1, pass), theta)
    }
    for (const q of [1, 9]) {
      const left = matrixOf(columns, q, randomArray(columns * q, next))
      expectGradient(
        kernels,
        widths,
        dense(widths, left, matrixOf(rows, q, randomArray(rows * q, next)), 1, 0),
        theta,
      )
    }
  })

  test('dense and sparse passes agree', () => {
    const PASSES_AGREE = 1e-12 // relative to the gradient's largest entry: sums of up to 30 products, three deep
    for (const widths of [
      [30, 30],
      [30, 30, 30],
      [30, 20, 25, 29],
      [7, 30, 30, 7, 30],
    ]) {
      const next = randomSource(12)
      const [rows, columns] = ends(widths)
      const observed = pick(rows * columns, next)
      const values = randomArray(observed.length, next)
      const theta = randomArray(parameterCount(widths), next)
      const [one, two] = [1, 2].map((pass) =>
        gradientOf(loaded.get(binary)!, widths, completion(rows, columns, observed, values, 1, pass), theta),
      )
      const largest = Math.max(...one!.gradient.map(Math.abs))
      expect(Math.abs(one!.loss - two!.loss)).toBeLessThanOrEqual(PASSES_AGREE * one!.loss)
      one!.gradient.forEach((value, p) => {
        expect(Math.abs(value - two!.gradient[p]!)).toBeLessThanOrEqual(PASSES_AGREE * largest)
      })
    }
  })

  test('the same bits on repeat', () => {
    const widths = [12, 9, 14, 10]
    const next = randomSource(13)
    const objective = completion(10, 12, pick(120, next), randomArray(120, next), 1, 2)
    const theta = randomArray(parameterCount(widths), next)
    const kernels = loaded.get(binary)!
    expect(gradientOf(kernels, widths, objective, theta)).toEqual(
      gradientOf(kernels, widths, objective, theta),
    )
  })

  test('unobserved entries count for nothing, whatever stands there', () => {
    const kernels = loaded.get(binary)!
    for (const pass of [1, 2]) {
      const objective = completion(2, 2, [0, 3], Float64Array.of(1, 1), 1, pass)
      const { loss, gradient } = gradientOf(
        kernels,
        [2, 2],
        objective,
        Float64Array.of(3, Number.NaN, Number.NaN, 1),
      )
      expect(loss).toBe(4)
      expect([...gradient]).toEqual([4, 0, 0, 0])
    }
  })
})

test('fma and strict gradients differ by rounding only', () => {
  const widths = [20, 16, 24, 18]
  const next = randomSource(15)
  const observed = pick(18 * 20, next)
  const theta = randomArray(parameterCount(widths), next)
  for (const pass of [1, 2]) {
    const objective = completion(18, 20, observed, randomArray(observed.length, next), 1, pass)
    const [strict, fma] = (['strict', 'fma'] as const).map((binary) =>
      gradientOf(loaded.get(binary)!, widths, objective, theta),
    )
    expect(fma!.gradient).not.toEqual(strict!.gradient)
    // Five products with at most 24 terms lie between theta and the gradient, each adding at most k·u relative to the
    // product of the factors' absolute values (Higham 2002, eq. 3.13), which for random signs is some √k larger per factor
    // than the product itself.
    const largest = Math.max(...strict!.gradient.map(Math.abs))
    const allowed = 2 * 5 * 24 * UNIT_ROUNDOFF * 24 ** 1.5 * largest
    strict!.gradient.forEach((value, p) => {
      expect(Math.abs(value - fma!.gradient[p]!)).toBeLessThanOrEqual(allowed)
    })
  }
})

test('a wrong sign would be noticed', () => {
  const widths = [3, 2, 3]
  const next = randomSource(14)
  const right = matrixOf(3, 3, randomArray(9, next))
  const theta = randomArray(parameterCount(widths), next)
  const objective = dense(widths, undefined, right, 1, 0)
  const wrong: Objective = { ...objective, loss: (w) => -objective.loss(w) }
  expect(() => expectGradient(loaded.get('strict')!, widths, wrong, theta)).toThrow()
})

test('the pass is chosen by density, and memory that cannot be had is reported', () => {
  const kernels = loaded.get('strict')!
  scoped(kernels, () => {
    const plan = (observed: number[]) =>
      completion(6, 6, observed, new Float64Array(observed.length), 1, 0).attach(
        kernels,
        kernels.exports.chainCreate(2, placeIndices(kernels, [6, 6, 6])),
      )
    expect(plan([0, 7, 14])).toBe(2)
    expect(plan(Array.from({ length: 36 }, (_, p) => p))).toBe(1)
    expect(kernels.exports.chainCreate(2, placeIndices(kernels, [100000, 100000, 1]))).toBe(0)
    const huge = kernels.exports.chainCreate(2, placeIndices(kernels, [100000, 1, 100000]))
    expect(kernels.exports.chainDense(huge, 100000, 0, 0, 1, 0)).toBe(0)
  })
})
