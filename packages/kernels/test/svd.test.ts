import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantiate } from '../src/index.ts'
import { at, dense, numbers, orthogonality, product, transposed } from './dense.ts'
import { fixture } from './fixture.ts'
import { check, decompose, type Method, values, valuesOnly, vectors, worst } from './singular-values.ts'

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

describe.each([
  ['svd', 'strict'],
  ['svd', 'fma'],
  ['svdJacobi', 'strict'],
  ['svdJacobi', 'fma'],
] as const satisfies [Method, string][])('%s, %s', async (method, binary) => {
  const kernels = await instantiate(binary)

  test.each(table.map((row) => [row.name, row] as const))('%s', (name, row) => {
    // Between subnormal numbers even an exact decomposition is off by half a unit: 2⁻¹⁰⁷⁴ an entry.
    if (name.startsWith('subnormal')) {
      expect(worst(decompose(kernels, method, row).s, row.singularValues)).toBeLessThan(5 * Number.MIN_VALUE)
      return
    }
    const s = check(kernels, method, row)
    expect(worst(s, row.singularValues)).toBeLessThanOrEqual(values(row.rows, row.columns) * s[0]!)
  })

  test.each([1e-290, 1e-300, 1e-308, 1e-310, 1e-320])('entries of %d beside those of size 1', (tiny) => {
    const draw = numbers(7)
    const size = 5
    const entries = dense(size, size, draw).entries.map((entry, i) =>
      i % (size + 1) === 0 ? size - i / (size + 1) : tiny * entry,
    )
    const a = { rows: size, columns: size, entries }
    expect(worst(check(kernels, method, a), Float64Array.of(5, 4, 3, 2, 1))).toBeLessThan(1e-13)
    // Two large columns, three that are all tiny: their reflectors are made of subnormal numbers.
    const narrow = { ...a, entries: entries.map((entry, i) => (i % size < 2 ? entry : tiny * draw())) }
    expect(worst(check(kernels, method, narrow), Float64Array.of(5, 4, 0, 0, 0))).toBeLessThan(1e-13)
  })

  test('any shape and any rank', () => {
    const size = fc.integer({ min: 1, max: 24 })
    fc.assert(
      fc.property(size, size, fc.integer({ min: 0, max: 24 }), fc.integer(), (m, n, rank, seed) => {
        const draw = numbers(seed)
        const a = product(dense(m, rank, draw), dense(rank, n, draw))
        const s = check(kernels, method, a)
        for (let k = rank; k < s.length; k++) expect(s[k]!).toBeLessThanOrEqual(values(m, n) * s[0]!)
      }),
      { seed: 2, numRuns: 60 },
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
      check(kernels, method, dense(m, n, draw))
    }
  })

  test('the transpose has the same values, and U and V swapped', () => {
    const a = dense(13, 9, numbers(4))
    const { u, s, v } = decompose(kernels, method, a)
    const other = decompose(kernels, method, transposed(a))
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
      check(
        kernels,
        method,
        dense(n, n, (_, j) => draw() * grade(j)),
      )
      check(
        kernels,
        method,
        dense(n, n, (i) => draw() * grade(i)),
      )
      for (const k of [(i: number) => i, (i: number) => n - 1 - i]) {
        check(
          kernels,
          method,
          dense(n, n, (i, j) => (i === j || i + 1 === j ? grade(k(i)) : 0)),
        )
      }
    }
  })

  test('scaling by a power of two scales the values and changes no vector', () => {
    const a = dense(9, 7, numbers(8))
    const { u, s, v } = decompose(kernels, method, a)
    for (const factor of [2 ** -960, 2 ** 1000]) {
      const scaled = { ...a, entries: a.entries.map((x) => x * factor) }
      const of = decompose(kernels, method, scaled)
      expect([of.u, of.v]).toEqual([u, v])
      expect(of.s).toEqual(s.map((x) => x * factor))
      expect(valuesOnly(kernels, scaled).s).toEqual(valuesOnly(kernels, a).s.map((x) => x * factor))
    }
  })

  test('refuses NaN and infinities', () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const draw = numbers(3)
      const a = dense(6, 5, (i, j) => (i === 5 && j === 4 ? bad : draw()))
      expect(decompose(kernels, method, a).status).toBe(NOT_FINITE)
      expect(valuesOnly(kernels, { ...a, entries: a.entries }).status).toBe(NOT_FINITE)
    }
  })

  test('matrices without rows or columns have no singular values', () => {
    for (const [m, n] of [
      [0, 0],
      [3, 0],
      [0, 3],
    ] as const) {
      expect(
        decompose(
          kernels,
          method,
          dense(m, n, () => 1),
        ).status,
      ).toBe(0)
      expect(
        valuesOnly(
          kernels,
          dense(m, n, () => 1),
        ).status,
      ).toBe(0)
    }
  })

  test('memory stays flat', () => {
    const a = dense(20, 30, numbers(9))
    decompose(kernels, method, a)
    const bytes = kernels.memory.buffer.byteLength
    for (let i = 0; i < 200; i++) decompose(kernels, method, a)
    expect(kernels.memory.buffer.byteLength).toBe(bytes)
  })

  test('the bounds notice an error of 1e-12', () => {
    const a = dense(8, 8, numbers(5))
    const { s, u } = decompose(kernels, method, a)
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
