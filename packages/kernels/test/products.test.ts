import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Binary, instantiate, type Kernels } from '../src/index.ts'
import { place, randomArray, randomSource, read, scoped, UNIT_ROUNDOFF } from './arrays.ts'

const binaries: Binary[] = ['strict', 'fma']
const loaded = new Map<Binary, Kernels>()
beforeAll(async () => {
  for (const binary of binaries) loaded.set(binary, await instantiate(binary))
})

interface Product {
  transA: number
  transB: number
  m: number
  n: number
  k: number
  alpha: number
  beta: number
  a: Float64Array
  b: Float64Array
  c: Float64Array
}

function product(shape: Omit<Product, 'a' | 'b' | 'c'>, seed: number): Product {
  const next = randomSource(seed)
  const { m, n, k } = shape
  const c = shape.beta === 0 ? new Float64Array(m * n).fill(Number.NaN) : randomArray(m * n, next)
  return { ...shape, a: randomArray(m * k, next), b: randomArray(k * n, next), c }
}

/** The product by its definition, and Σ|terms| of each element, which scales its rounding error. */
function naive({ transA, transB, m, n, k, alpha, beta, a, b, c }: Product) {
  const value = new Float64Array(m * n)
  const size = new Float64Array(m * n)
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let l = 0; l < k; l++) {
        const term = alpha * a[transA ? l * m + i : i * k + l]! * b[transB ? j * k + l : l * n + j]!
        value[i * n + j]! += term
        size[i * n + j]! += Math.abs(term)
      }
      if (beta !== 0) {
        value[i * n + j]! += beta * c[i * n + j]!
        size[i * n + j]! += Math.abs(beta * c[i * n + j]!)
      }
    }
  }
  return { value, size }
}

const GUARD = 123456.75

function compute(kernels: Kernels, p: Product, shifts: [number, number, number] = [0, 0, 0]): Float64Array {
  return scoped(kernels, () => {
    const a = place(kernels, p.a, shifts[0])
    const b = place(kernels, p.b, shifts[1])
    const c = place(kernels, [GUARD, ...p.c, GUARD], shifts[2])
    kernels.exports.multiply(p.transA, p.transB, p.m, p.n, p.k, p.alpha, a, b, p.beta, c + 8)
    const out = read(kernels, c, p.m * p.n + 2)
    expect(out[0], 'written before C').toBe(GUARD)
    expect(out.at(-1), 'written after C').toBe(GUARD)
    return out.subarray(1, -1)
  })
}

// Each of two sums of k+2 terms is off by at most (k+2)·u·Σ|terms| to first order (Higham 2002, eq. 3.5), with or
// without fused multiply-adds, plus the two scalings by alpha and beta: hence 2(k+4)u.
function expectClose(actual: Float64Array, expected: { value: Float64Array; size: Float64Array }, k: number) {
  const allowed = 2 * (k + 4) * UNIT_ROUNDOFF
  for (let i = 0; i < actual.length; i++) {
    const error = Math.abs(actual[i]! - expected.value[i]!)
    if (!(error <= allowed * expected.size[i]!)) {
      expect.fail(`element ${i}: ${actual[i]} instead of ${expected.value[i]}, error ${error}`)
    }
  }
}

const shapes = fc.record({
  transA: fc.constantFrom(0, 1),
  transB: fc.constantFrom(0, 1),
  m: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 10, max: 40 })),
  n: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 10, max: 40 })),
  k: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 10, max: 40 })),
  alpha: fc.constantFrom(1, -1, 0.3, 0),
  beta: fc.constantFrom(0, 1, -0.7),
})

const variants = [0, 1].flatMap((transA) => [0, 1].map((transB) => ({ transA, transB })))

describe.each(binaries)('multiply (%s)', (binary) => {
  test('any small shape agrees with the triple loop', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), (shape, seed) => {
        const p = product(shape, seed)
        expectClose(compute(loaded.get(binary)!, p), naive(p), p.k)
      }),
      { seed: 1, numRuns: 400 },
    )
  })

  test.each(variants)(
    'packed blocks with tails in every direction, $transA $transB',
    ({ transA, transB }) => {
      const p = product({ transA, transB, m: 131, n: 103, k: 259, alpha: 0.5, beta: -2 }, 5)
      expectClose(compute(loaded.get(binary)!, p), naive(p), p.k)
    },
  )

  test('the same bits on repeat and at every alignment', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), (shape, seed) => {
        const p = product(shape, seed)
        const kernels = loaded.get(binary)!
        expect(compute(kernels, p)).toEqual(compute(kernels, p, [8, 24, 40]))
      }),
      { seed: 2, numRuns: 100 },
    )
  })

  test('NaN and infinity travel through', () => {
    const p = product({ transA: 0, transB: 0, m: 5, n: 5, k: 5, alpha: 1, beta: 0 }, 3)
    p.a[7] = Number.NaN // row 1
    p.b[3] = Number.POSITIVE_INFINITY // column 3
    const c = compute(loaded.get(binary)!, p)
    expect([...c.subarray(5, 10)].every(Number.isNaN)).toBe(true)
    expect(Math.abs(c[3]!)).toBe(Number.POSITIVE_INFINITY)
    expect(Number.isFinite(c[0]!)).toBe(true)
  })
})

test('strict adds in the order of k: the bits of the plain loop while nothing is packed', () => {
  for (const [transA, transB] of [
    [0, 0],
    [1, 0],
    [1, 1],
  ] as const) {
    const p = product({ transA, transB, m: 14, n: 11, k: 19, alpha: 1, beta: 0 }, 9)
    expect(compute(loaded.get('strict')!, p)).toEqual(naive(p).value)
  }
})

test('fma and strict differ, within the bound of either', () => {
  const p = product({ transA: 0, transB: 0, m: 30, n: 30, k: 30, alpha: 1, beta: 0 }, 4)
  const strict = compute(loaded.get('strict')!, p)
  const fma = compute(loaded.get('fma')!, p)
  expect(fma).not.toEqual(strict)
  expectClose(fma, { value: strict, size: naive(p).size }, p.k)
})

test('the bound notices one wrong term', () => {
  const p = product({ transA: 0, transB: 0, m: 6, n: 6, k: 6, alpha: 1, beta: 0 }, 4)
  const expected = naive(p)
  p.a[8]! += 1e-12
  expect(() => expectClose(compute(loaded.get('strict')!, p), expected, p.k)).toThrow()
})

describe.each(binaries)('multiplyVector and transpose (%s)', (binary) => {
  const sizes = fc.record({ m: fc.integer({ min: 0, max: 21 }), n: fc.integer({ min: 0, max: 21 }) })

  test('both transpositions agree with the loop', () => {
    fc.assert(
      fc.property(
        sizes,
        fc.constantFrom(0, 1),
        fc.constantFrom(0, 1, 0.4),
        fc.nat(),
        ({ m, n }, trans, beta, seed) => {
          const kernels = loaded.get(binary)!
          const shape = {
            transA: trans,
            transB: 0,
            m: trans ? n : m,
            n: 1,
            k: trans ? m : n,
            alpha: -1.5,
            beta,
          }
          const p = product(shape, seed)
          const actual = scoped(kernels, () => {
            const [a, x, y] = [place(kernels, p.a), place(kernels, p.b), place(kernels, p.c)]
            kernels.exports.multiplyVector(trans, m, n, p.alpha, a, x, beta, y)
            return read(kernels, y, p.m)
          })
          expectClose(actual, naive(p), p.k)
        },
      ),
      { seed: 3, numRuns: 200 },
    )
  })

  test.each([0, 1])('a matrix larger than the nearest cache, trans = %d', (trans) => {
    const kernels = loaded.get(binary)!
    const [m, n] = [203, 207]
    const p = product(
      { transA: trans, transB: 0, m: trans ? n : m, n: 1, k: trans ? m : n, alpha: 0.5, beta: 3 },
      6,
    )
    const actual = scoped(kernels, () => {
      const [a, x, y] = [place(kernels, p.a), place(kernels, p.b), place(kernels, p.c)]
      kernels.exports.multiplyVector(trans, m, n, p.alpha, a, x, p.beta, y)
      return read(kernels, y, p.m)
    })
    expectClose(actual, naive(p), p.k)
  })

  test('transpose moves every element to its place', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), (m, n) => {
        const kernels = loaded.get(binary)!
        const a = Float64Array.from({ length: m * n }, (_, i) => i)
        const out = scoped(kernels, () => {
          const pointer = place(kernels, new Float64Array(m * n))
          kernels.exports.transpose(pointer, place(kernels, a), m, n)
          return read(kernels, pointer, m * n)
        })
        expect(out).toEqual(Float64Array.from({ length: m * n }, (_, i) => (i % m) * n + Math.floor(i / m)))
      }),
      { seed: 4, numRuns: 60 },
    )
  })
})
