import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Binary, instantiate, type Kernels } from '../src/index.ts'
import { place, placeIndices, randomArray, randomSource, read, scoped, UNIT_ROUNDOFF } from './arrays.ts'

const loaded = new Map<Binary, Kernels>()
beforeAll(async () => {
  for (const binary of ['strict', 'fma'] as const) loaded.set(binary, await instantiate(binary))
})

const lengths = fc.integer({ min: 0, max: 37 })
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)

// Two summations of n products in different orders are each within n·u·Σ|terms| of the true one (Higham 2002, eq. 3.5).
const summationBound = (n: number, size: number) => 2 * (n + 2) * UNIT_ROUNDOFF * size

describe.each(['strict', 'fma'] as const)('vectors (%s)', (binary) => {
  const run = <T>(body: (kernels: Kernels) => T): T =>
    scoped(loaded.get(binary)!, () => body(loaded.get(binary)!))

  test('dot, sumOfSquares and norm', () => {
    fc.assert(
      fc.property(lengths, fc.nat(), (n, seed) => {
        const next = randomSource(seed)
        const x = randomArray(n, next)
        const y = randomArray(n, next)
        run((kernels) => {
          const { dot, sumOfSquares, norm } = kernels.exports
          const [px, py] = [place(kernels, x), place(kernels, y, 8)]
          const terms = x.map((value, i) => value * y[i]!)
          const size = sum(terms.map(Math.abs))
          expect(Math.abs(dot(n, px, py) - sum(terms))).toBeLessThanOrEqual(summationBound(n, size))
          const squares = sum(x.map((value) => value * value))
          expect(Math.abs(sumOfSquares(n, px) - squares)).toBeLessThanOrEqual(summationBound(n, squares))
          expect(norm(n, px)).toBe(Math.sqrt(sumOfSquares(n, px)))
        })
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  test.each([1e-320, 1e-200, 1e160, 1e308])('norm at the size %d, where squares leave the range', (size) => {
    run((kernels) => {
      const p = place(
        kernels,
        [3, -4, 0, 12, 84].map((value) => (value / 100) * size),
      )
      const expected = 0.85 * size // 3² + 4² + 12² + 84² = 85²
      // Subnormal entries carry a few digits only, each off by half the smallest subnormal number.
      const allowed = 8 * UNIT_ROUNDOFF * expected + 5 * Number.MIN_VALUE
      expect(Math.abs(kernels.exports.norm(5, p) - expected)).toBeLessThanOrEqual(allowed)
    })
  })

  test('norm of nothing, infinities and NaN', () => {
    run((kernels) => {
      const { norm } = kernels.exports
      expect(norm(0, place(kernels, []))).toBe(0)
      expect(norm(3, place(kernels, [0, 0, 0]))).toBe(0)
      expect(norm(3, place(kernels, [1, Number.NEGATIVE_INFINITY, 0]))).toBe(Number.POSITIVE_INFINITY)
      expect(norm(3, place(kernels, [1, Number.NaN, Number.POSITIVE_INFINITY]))).toBeNaN()
    })
  })

  test('combine sums in one pass, also onto one of its vectors', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 0, max: 16 }), fc.nat(), (n, count, seed) => {
        const next = randomSource(seed)
        const vectors = Array.from({ length: count }, () => randomArray(n, next))
        const coefficients = randomArray(count, next)
        const terms = (i: number) => vectors.map((v, j) => coefficients[j]! * v[i]!)
        run((kernels) => {
          const pointers = vectors.map((v) => place(kernels, v))
          const fresh = place(kernels, new Float64Array(n).fill(Number.NaN))
          const [table, factors] = [placeIndices(kernels, pointers), place(kernels, coefficients)]
          kernels.exports.combine(fresh, count, table, factors, n)
          const out = read(kernels, fresh, n)
          for (let i = 0; i < n; i++) {
            const size = sum(terms(i).map(Math.abs))
            expect(Math.abs(out[i]! - sum(terms(i)))).toBeLessThanOrEqual(summationBound(count, size))
          }
          for (const pointer of pointers.slice(-1)) {
            kernels.exports.combine(pointer, count, table, factors, n)
            expect(read(kernels, pointer, n)).toEqual(out)
          }
        })
      }),
      { seed: 2, numRuns: 150 },
    )
  })

  test('axpy and scale', () => {
    fc.assert(
      fc.property(lengths, fc.nat(), (n, seed) => {
        const next = randomSource(seed)
        const [x, y, a] = [randomArray(n, next), randomArray(n, next), next()]
        run((kernels) => {
          const [px, py] = [place(kernels, x), place(kernels, y)]
          kernels.exports.axpy(n, a, px, py)
          read(kernels, py, n).forEach((value, i) => {
            const size = Math.abs(a * x[i]!) + Math.abs(y[i]!)
            expect(Math.abs(value - (a * x[i]! + y[i]!))).toBeLessThanOrEqual(summationBound(1, size))
          })
          kernels.exports.scale(n, a, px)
          expect(read(kernels, px, n)).toEqual(x.map((value) => a * value))
        })
      }),
      { seed: 3, numRuns: 100 },
    )
  })

  test('maxAbs and isFinite', () => {
    fc.assert(
      fc.property(lengths, fc.nat(), (n, seed) => {
        const x = randomArray(n, randomSource(seed))
        run((kernels) => {
          const { maxAbs, isFinite: allFinite } = kernels.exports
          expect(maxAbs(n, place(kernels, x))).toBe(Math.max(0, ...x.map(Math.abs)))
          expect(allFinite(n, place(kernels, x))).toBe(1)
          if (n === 0) return
          const at = seed % n
          for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
            const p = place(
              kernels,
              x.map((value, i) => (i === at ? bad : value)),
            )
            expect(allFinite(n, p)).toBe(0)
            expect(maxAbs(n, p)).toBe(Math.abs(bad))
          }
        })
      }),
      { seed: 4, numRuns: 100 },
    )
  })

  test('errorNorm', () => {
    fc.assert(
      fc.property(lengths, fc.nat(), (n, seed) => {
        const next = randomSource(seed)
        const [error, a, b] = [randomArray(n, next), randomArray(n, next), randomArray(n, next)]
        const ratios = error.map((e, i) => e / (1e-3 + 0.1 * Math.max(Math.abs(a[i]!), Math.abs(b[i]!))))
        const expected = n === 0 ? 0 : Math.sqrt(sum(ratios.map((r) => r * r)) / n)
        run((kernels) => {
          const actual = kernels.exports.errorNorm(
            n,
            place(kernels, error),
            place(kernels, a),
            place(kernels, b),
            1e-3,
            0.1,
          )
          // each ratio carries a few roundings, squared; the sum of positive terms carries n more
          expect(Math.abs(actual - expected)).toBeLessThanOrEqual((n + 16) * UNIT_ROUNDOFF * expected)
        })
      }),
      { seed: 5, numRuns: 100 },
    )
    run((kernels) => {
      const p = place(kernels, [1, Number.NaN, 1, 1, 1])
      expect(kernels.exports.errorNorm(5, p, p + 16, p + 16, 1, 1)).toBeNaN()
    })
  })
})
