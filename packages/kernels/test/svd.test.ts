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

// Orthogonal reductions are backward stable: errors grow no faster than a small multiple of √(m + n)·ε, relative to the
// largest singular value (met: below 4 of them for values, 8 for vectors and for the product).
const values = (m: number, n: number) => 8 * Number.EPSILON * Math.sqrt(m + n)
const vectors = (m: number, n: number) => 16 * Number.EPSILON * Math.sqrt(m + n)

const NOT_FINITE = 1

interface Row {
  name: string
  rows: number
  columns: number
  entries: number[]
  singularValues: number[]
}
const table = fixture<Row[]>('decompositions').map((row) => ({
  ...row,
  entries: Float64Array.from(row.entries),
  singularValues: Float64Array.from(row.singularValues),
}))

describe.each(['strict', 'fma'] as const)('svd, %s', async (binary) => {
  const kernels = await instantiate(binary)
  const { exports } = kernels

  function decompose(a: Dense) {
    const { rows: m, columns: n } = a
    const k = Math.min(m, n)
    const start = exports.mark()
    const pointer = put(kernels, a)
    const [u, s, v, only] = [8 * m * k, 8 * k, 8 * n * k, 8 * k].map((bytes) => exports.allocate(bytes)) as [
      number,
      number,
      number,
      number,
    ]
    const status = exports.svd(pointer, m, n, u, s, v, exports.allocate(exports.svdScratch(m, n)))
    const statusOfValues = exports.svdValues(
      pointer,
      m,
      n,
      only,
      exports.allocate(exports.svdValuesScratch(m, n)),
    )
    const result = {
      statuses: [status, statusOfValues],
      unchanged: Object.is(largestDifference(get(kernels, pointer, m, n), a), 0),
      u: get(kernels, u, m, k),
      s: get(kernels, s, 1, k).entries,
      v: get(kernels, v, n, k),
      only: get(kernels, only, 1, k).entries,
    }
    exports.release(start)
    return result
  }

  const worst = (xs: Float64Array, ys: Float64Array) =>
    xs.reduce((size, x, i) => Math.max(size, Math.abs(x - ys[i]!)), 0)

  function check(a: Dense) {
    const { statuses, unchanged, u, s, v, only } = decompose(a)
    const { rows: m, columns: n } = a
    expect(statuses).toEqual([0, 0])
    expect(unchanged).toBe(true)
    expect(orthogonality(u)).toBeLessThan(vectors(m, n))
    expect(orthogonality(v)).toBeLessThan(vectors(m, n))
    for (let k = 0; k < s.length; k++) expect(s[k]!).toBeGreaterThanOrEqual(s[k + 1] ?? 0)
    const rebuilt = product(
      dense(m, s.length, (i, k) => at(u, i, k) * s[k]!),
      transposed(v),
    )
    expect(largestDifference(rebuilt, a)).toBeLessThanOrEqual(vectors(m, n) * s[0]!)
    expect(worst(s, only)).toBeLessThanOrEqual(values(m, n) * s[0]!)
    for (let k = 0; k < s.length; k++) {
      const column = Float64Array.from({ length: m }, (_, i) => at(u, i, k))
      const size = Math.max(...column.map(Math.abs))
      expect(column.find((x) => Math.abs(x) === size)).toBeGreaterThan(0)
    }
    return s
  }

  test.each(table.map((row) => [row.name, row] as const))('%s', (name, row) => {
    // Between subnormal numbers even an exact decomposition is off by half a unit: 2⁻¹⁰⁷⁴ an entry.
    if (name.startsWith('subnormal')) {
      expect(worst(decompose(row).s, row.singularValues)).toBeLessThan(5 * Number.MIN_VALUE)
      return
    }
    const s = check(row)
    expect(worst(s, row.singularValues)).toBeLessThanOrEqual(values(row.rows, row.columns) * s[0]!)
  })

  test('any shape and any rank', () => {
    const size = fc.integer({ min: 1, max: 24 })
    fc.assert(
      fc.property(size, size, fc.integer({ min: 0, max: 24 }), fc.integer(), (m, n, rank, seed) => {
        const draw = numbers(seed)
        const a = product(dense(m, rank, draw), dense(rank, n, draw))
        const s = check(a)
        for (let k = rank; k < s.length; k++) expect(s[k]!).toBeLessThanOrEqual(values(m, n) * s[0]!)
      }),
      { seed: 2, numRuns: 80 },
    )
  })

  test('larger than a strip, a batch and a cache', () => {
    const draw = numbers(11)
    for (const [m, n] of [
      [70, 70],
      [130, 35],
      [35, 130],
      [97, 83],
    ] as const) {
      check(dense(m, n, draw))
    }
  })

  test('the transpose has the same values, and U and V swapped', () => {
    const a = dense(13, 9, numbers(4))
    const { u, s, v } = decompose(a)
    const other = decompose(transposed(a))
    expect(other.s).toEqual(s)
    for (let k = 0; k < 9; k++) {
      const sign = Math.sign(at(u, 0, k) * at(other.v, 0, k))
      for (let i = 0; i < 13; i++) expect(sign * at(other.v, i, k)).toBe(at(u, i, k))
      for (let i = 0; i < 9; i++) expect(sign * at(other.u, i, k)).toBe(at(v, i, k))
    }
  })

  test('graded matrices over 300 orders of magnitude', () => {
    const draw = numbers(6)
    for (const n of [12, 31]) {
      const grade = (i: number) => 10 ** ((-300 * i) / (n - 1))
      check(dense(n, n, (_, j) => draw() * grade(j)))
      check(dense(n, n, (i) => draw() * grade(i)))
      check(dense(n, n, (i, j) => (i === j || i + 1 === j ? grade(i) : 0)))
      check(dense(n, n, (i, j) => (i === j || i + 1 === j ? grade(n - 1 - i) : 0)))
    }
  })

  test('scaling by a power of two scales the values and changes no vector', () => {
    const a = dense(9, 7, numbers(8))
    const { u, s, v } = decompose(a)
    for (const factor of [2 ** -960, 2 ** 1000]) {
      const scaled = decompose({ ...a, entries: a.entries.map((x) => x * factor) })
      expect([scaled.u, scaled.v]).toEqual([u, v])
      expect(scaled.s).toEqual(s.map((x) => x * factor))
    }
  })

  test('refuses NaN and infinities', () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const draw = numbers(3)
      const a = dense(6, 5, (i, j) => (i === 5 && j === 4 ? bad : draw()))
      expect(decompose(a).statuses).toEqual([NOT_FINITE, NOT_FINITE])
    }
  })

  test('memory stays flat', () => {
    const a = dense(20, 30, numbers(9))
    decompose(a)
    const bytes = kernels.memory.buffer.byteLength
    for (let i = 0; i < 200; i++) decompose(a)
    expect(kernels.memory.buffer.byteLength).toBe(bytes)
  })

  test('the bounds notice an error of 1e-12', () => {
    const a = dense(8, 8, numbers(5))
    const { s, u } = decompose(a)
    u.entries[11]! += 1e-12
    expect(orthogonality(u)).toBeGreaterThan(vectors(8, 8))
    expect(
      worst(
        s,
        s.map((x) => x + 1e-12 * s[0]!),
      ),
    ).toBeGreaterThan(values(8, 8) * s[0]!)
  })
})
