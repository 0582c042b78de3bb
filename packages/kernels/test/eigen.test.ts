import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantiate } from '../src/index.ts'
import {
  at,
  type Dense,
  dense,
  get,
  largestDifference,
  numbers,
  orthogonality,
  product,
  put,
  transposed,
} from './dense.ts'
import { fixture } from './fixture.ts'

// Householder's reduction and the QL iteration are backward stable: errors grow no faster than a small multiple of √n·ε,
// relative to the largest |eigenvalue| (met: below 3 of them for values, 6 for vectors).
const values = (n: number) => 8 * Number.EPSILON * Math.sqrt(n)
const vectors = (n: number) => 16 * Number.EPSILON * Math.sqrt(n)

const NOT_FINITE = 1

interface Row {
  name: string
  rows: number
  columns: number
  entries: number[]
  eigenvalues?: number[]
}

const table = fixture<Row[]>('decompositions')
  .filter((row) => row.eigenvalues !== undefined)
  .map((row) => ({ ...row, entries: Float64Array.from(row.entries), eigenvalues: row.eigenvalues! }))

const symmetricPart = (a: Dense) => dense(a.rows, a.rows, (i, j) => at(a, i, j) / 2 + at(a, j, i) / 2)
const worst = (xs: Float64Array, ys: ArrayLike<number>) =>
  xs.reduce((size, x, i) => Math.max(size, Math.abs(x - ys[i]!)), 0)

describe.each(['strict', 'fma'] as const)('eigen, %s', async (binary) => {
  const kernels = await instantiate(binary)
  const { exports } = kernels

  function decompose(a: Dense) {
    const n = a.rows
    const start = exports.mark()
    const pointer = put(kernels, a)
    const both = exports.allocate(8 * n)
    const only = exports.allocate(8 * n)
    const q = exports.allocate(8 * n * n)
    const bytes = [exports.eigenScratch(n), exports.eigenvaluesScratch(n)] as const
    const [scratch, other] = [exports.allocate(bytes[0] + 8), exports.allocate(bytes[1] + 8)]
    const sentinels = [scratch + bytes[0], other + bytes[1]].map(
      (end) => new Float64Array(kernels.memory.buffer, end, 1),
    )
    for (const sentinel of sentinels) sentinel[0] = 1234
    const statuses = [
      exports.eigen(pointer, n, both, q, scratch),
      exports.eigenvalues(pointer, n, only, other),
    ]
    for (const sentinel of sentinels) expect(sentinel[0]).toBe(1234) // nothing is written beyond the scratch asked for
    expect(get(kernels, pointer, n, n).entries).toEqual(a.entries)
    const result = {
      statuses,
      q: get(kernels, q, n, n),
      values: get(kernels, both, 1, n).entries,
      only: get(kernels, only, 1, n).entries,
    }
    exports.release(start)
    return result
  }

  function check(a: Dense): Float64Array {
    const { statuses, q, values: found, only } = decompose(a)
    const n = a.rows
    const size = Math.max(Math.abs(found[0]!), Math.abs(found[n - 1]!))
    expect(statuses).toEqual([0, 0])
    expect(orthogonality(q)).toBeLessThan(vectors(n))
    for (let k = 1; k < n; k++) expect(found[k]!).toBeGreaterThanOrEqual(found[k - 1]!)
    const rebuilt = product(
      dense(n, n, (i, k) => at(q, i, k) * found[k]!),
      transposed(q),
    )
    expect(largestDifference(rebuilt, symmetricPart(a))).toBeLessThanOrEqual(vectors(n) * size)
    expect(worst(only, found)).toBeLessThanOrEqual(values(n) * size)
    for (let k = 0; k < n; k++) {
      const column = Float64Array.from({ length: n }, (_, i) => at(q, i, k))
      const largest = Math.max(...column.map(Math.abs))
      expect(column.find((x) => Math.abs(x) === largest)).toBeGreaterThan(0)
    }
    return found
  }

  test.each(table.map((row) => [row.name, row] as const))('symmetric part of %s', (name, row) => {
    if (name.startsWith('subnormal')) {
      // even an exact decomposition is off by half a unit between subnormal numbers, and so is the symmetric part
      expect(worst(decompose(row).values, row.eigenvalues)).toBeLessThan(10 * Number.MIN_VALUE)
      return
    }
    const found = check(row)
    const size = Math.max(Math.abs(found[0]!), Math.abs(found[row.rows - 1]!))
    expect(worst(found, row.eigenvalues)).toBeLessThanOrEqual(values(row.rows) * size)
  })

  test('the second difference matrix has the eigenvalues 2 − 2cos(kπ/(n+1))', () => {
    const n = 50
    const found = check(dense(n, n, (i, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0)))
    const exact = found.map((_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)))
    expect(worst(found, exact)).toBeLessThan(4 * values(n))
  })

  test("the pairs of Wilkinson's matrix, which agree to 14 digits", () => {
    const found = check(dense(21, 21, (i, j) => (i === j ? Math.abs(10 - i) : Math.abs(i - j) === 1 ? 1 : 0)))
    expect(Math.abs(found[20]! - 10.7461941829034)).toBeLessThan(1e-13) // Wilkinson 1965, p. 309
    expect(Math.abs(found[19]! - 10.7461941829033)).toBeLessThan(1e-13)
  })

  test('any size and any rank', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer(),
        (n, rank, seed) => {
          const draw = numbers(seed)
          const factor = dense(n, rank, draw)
          const signs = Array.from({ length: rank }, () => Math.sign(draw()))
          const a = product(
            dense(n, rank, (i, k) => at(factor, i, k) * signs[k]!),
            transposed(factor),
          )
          const found = check(a)
          const size = Math.max(...found.map(Math.abs))
          const zeros = found.filter((x) => Math.abs(x) <= values(n) * size).length
          expect(zeros).toBeGreaterThanOrEqual(n - rank)
        },
      ),
      { seed: 3, numRuns: 60 },
    )
  })

  test('larger than a strip, a batch and a cache, graded both ways', () => {
    const draw = numbers(11)
    check(symmetricPart(dense(97, 97, draw)))
    for (const power of [-1, 1]) {
      const grade = (i: number) => 10 ** ((power * 150 * i) / 39)
      check(
        symmetricPart(dense(40, 40, (i, j) => draw() * grade(i) * grade(j) * 10 ** (power > 0 ? -300 : 0))),
      )
    }
  })

  test('refuses NaN and infinities', () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const draw = numbers(3)
      const a = dense(6, 6, (i, j) => (i === 5 && j === 4 ? bad : draw()))
      expect(decompose(a).statuses).toEqual([NOT_FINITE, NOT_FINITE])
    }
  })

  test('memory stays flat', () => {
    const a = symmetricPart(dense(30, 30, numbers(9)))
    decompose(a)
    const bytes = kernels.memory.buffer.byteLength
    for (let i = 0; i < 200; i++) decompose(a)
    expect(kernels.memory.buffer.byteLength).toBe(bytes)
  })

  test('the bounds notice an error of 1e-12', () => {
    const a = symmetricPart(dense(8, 8, numbers(5)))
    const { q, values: found } = decompose(a)
    q.entries[11]! += 1e-12
    expect(orthogonality(q)).toBeGreaterThan(vectors(8))
    const size = Math.max(...found.map(Math.abs))
    expect(
      worst(
        found,
        found.map((x) => x + 1e-12 * size),
      ),
    ).toBeGreaterThan(values(8) * size)
  })
})
