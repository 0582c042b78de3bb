import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Binary, instantiate, type Kernels } from '../src/index.ts'
import { place, placeIndices, randomArray, randomSource, read, scoped, UNIT_ROUNDOFF } from './arrays.ts'

const loaded = new Map<Binary, Kernels>()
beforeAll(async () => {
  for (const binary of ['strict', 'fma'] as const) loaded.set(binary, await instantiate(binary))
})

interface Entry {
  row: number
  column: number
}

function pattern(m: number, n: number, density: number, next: () => number): Entry[] {
  const all = Array.from({ length: m * n }, (_, p) => ({ row: Math.floor(p / n), column: p % n }))
  return all.filter(() => (next() + 1) / 2 < density)
}

function startsOf(indices: number[], count: number): number[] {
  return Array.from({ length: count + 1 }, (_, i) => indices.filter((index) => index < i).length)
}

function placePattern(kernels: Kernels, m: number, n: number, entries: Entry[]) {
  const order = entries.map((_, e) => e).sort((p, q) => entries[p]!.column - entries[q]!.column || p - q)
  const rows = entries.map((entry) => entry.row)
  const columns = entries.map((entry) => entry.column)
  return {
    rowStarts: placeIndices(kernels, startsOf(rows, m)),
    columns: placeIndices(kernels, columns),
    columnStarts: placeIndices(kernels, startsOf(columns, n)),
    rows: placeIndices(
      kernels,
      order.map((e) => rows[e]!),
    ),
    order: placeIndices(kernels, order),
  }
}

// Both sums of `terms` are within (count + 1)·u·Σ|terms| of the true one (Higham 2002, eq. 3.5).
function expectSum(actual: number, terms: number[]): void {
  const size = terms.reduce((total, term) => total + Math.abs(term), 0)
  const sum = terms.reduce((total, term) => total + term, 0)
  const error = Math.abs(actual - sum)
  if (!(error <= 2 * (terms.length + 1) * UNIT_ROUNDOFF * size)) expect.fail(`${actual} instead of ${sum}`)
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i)

const cases = fc.record({
  m: fc.integer({ min: 1, max: 14 }),
  n: fc.integer({ min: 1, max: 14 }),
  k: fc.integer({ min: 1, max: 45 }),
  density: fc.constantFrom(0, 0.1, 0.5, 1),
  seed: fc.nat(),
})

describe.each(['strict', 'fma'] as const)('products on a pattern (%s)', (binary) => {
  const run = <T>(body: (kernels: Kernels) => T): T =>
    scoped(loaded.get(binary)!, () => body(loaded.get(binary)!))

  test.each([0, 1])('sampledProduct with transB = %d', (transB) => {
    fc.assert(
      fc.property(cases, ({ m, n, k, density, seed }) => {
        const next = randomSource(seed)
        const entries = pattern(m, n, density, next)
        const [a, b] = [randomArray(m * k, next), randomArray(n * k, next)]
        const out = run((kernels) => {
          const { rowStarts, columns } = placePattern(kernels, m, n, entries)
          const pointer = place(kernels, [...entries.map(() => Number.NaN), 7.5])
          const [pa, pb] = [place(kernels, a), place(kernels, b)]
          kernels.exports.sampledProduct(transB, m, n, k, rowStarts, columns, pa, pb, pointer)
          return read(kernels, pointer, entries.length + 1)
        })
        expect(out.at(-1), 'written after the last entry').toBe(7.5)
        entries.forEach(({ row, column }, e) => {
          expectSum(
            out[e]!,
            range(k).map((l) => a[row * k + l]! * b[transB ? column * k + l : l * n + column]!),
          )
        })
      }),
      { seed: 1, numRuns: 150 },
    )
  })

  test('sparseTimes and sparseTransposeTimes', () => {
    fc.assert(
      fc.property(cases, ({ m, n, k, density, seed }) => {
        const next = randomSource(seed)
        const entries = pattern(m, n, density, next)
        const values = randomArray(entries.length, next)
        const [right, left] = [randomArray(n * k, next), randomArray(m * k, next)]
        const [times, transposed] = run((kernels) => {
          const p = placePattern(kernels, m, n, entries)
          const [v, r, l] = [place(kernels, values), place(kernels, right), place(kernels, left)]
          const first = place(kernels, new Float64Array(m * k + 1).fill(Number.NaN))
          const second = place(kernels, new Float64Array(n * k + 1).fill(Number.NaN))
          kernels.exports.sparseTimes(m, n, k, p.rowStarts, p.columns, v, r, first)
          kernels.exports.sparseTransposeTimes(m, n, k, p.columnStarts, p.rows, p.order, v, l, second)
          return [read(kernels, first, m * k + 1), read(kernels, second, n * k + 1)]
        })
        expect([times!.at(-1), transposed!.at(-1)], 'written after the end').toEqual([Number.NaN, Number.NaN])
        const within = (e: number, entry: Entry, q: number) => values[e]! * right[entry.column * k + q]!
        const across = (e: number, entry: Entry, q: number) => values[e]! * left[entry.row * k + q]!
        for (const q of range(k)) {
          for (const i of range(m)) {
            expectSum(
              times![i * k + q]!,
              entries.flatMap((entry, e) => (entry.row === i ? [within(e, entry, q)] : [])),
            )
          }
          for (const j of range(n)) {
            const terms = entries.flatMap((entry, e) => (entry.column === j ? [across(e, entry, q)] : []))
            expectSum(transposed![j * k + q]!, terms)
          }
        }
      }),
      { seed: 2, numRuns: 100 },
    )
  })

  test('a full pattern gives the dense product', () => {
    const [m, n, k] = [9, 11, 10]
    const next = randomSource(3)
    const [a, b] = [randomArray(m * k, next), randomArray(n * k, next)]
    run((kernels) => {
      const { rowStarts, columns } = placePattern(kernels, m, n, pattern(m, n, 2, next))
      const [pa, pb] = [place(kernels, a), place(kernels, b)]
      const [sampled, dense] = [
        place(kernels, new Float64Array(m * n)),
        place(kernels, new Float64Array(m * n)),
      ]
      kernels.exports.sampledProduct(1, m, n, k, rowStarts, columns, pa, pb, sampled)
      kernels.exports.multiply(0, 1, m, n, k, 1, pa, pb, 0, dense)
      const expected = read(kernels, dense, m * n)
      // Entries are below 1, so k·u·k bounds each sum's rounding; twice, for two orders of summation.
      read(kernels, sampled, m * n).forEach((value, p) => {
        expect(Math.abs(value - expected[p]!)).toBeLessThanOrEqual(2 * k * UNIT_ROUNDOFF * k)
      })
    })
  })
})
