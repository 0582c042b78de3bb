import { describe, expect, test } from 'vitest'
import { instantiate } from '../src/index.ts'
import { fixture } from './fixture.ts'
import { decompose } from './singular-values.ts'

// For B·D and D·B with diagonal D, a column-wise (row-wise) small backward error moves a singular value, relative to itself,
// by at most that error times κ(B) (Demmel & Veselić 1992): about n·ε, of which less than ε was met.
const relative = (n: number, condition: number) => n * Number.EPSILON * condition

// For matrices without such a structure, where their columns still differ mostly by length: Kahan's and a graded bidiagonal one.
const DETERMINED = 8 * Number.EPSILON

interface Row {
  name: string
  rows: number
  columns: number
  entries: number[]
  values: number[]
  condition: number | null
}

const table = fixture<Row[]>('small_singular_values')
const relativeError = (s: Float64Array, exact: number[]) =>
  Math.max(...exact.map((value, i) => Math.abs(s[i]! / value - 1)))

describe.each(['strict', 'fma'] as const)('%s', async (binary) => {
  const kernels = await instantiate(binary)
  const dense = (row: Row) => ({ ...row, entries: Float64Array.from(row.entries) })

  test.each(table.filter((row) => row.condition !== null).map((row) => [row.name, row] as const))(
    '%s',
    (_, row) => {
      const { status, s } = decompose(kernels, 'svdJacobi', dense(row))
      expect(status).toBe(0)
      expect(relativeError(s, row.values)).toBeLessThan(
        relative(Math.max(row.rows, row.columns), row.condition!),
      )
    },
  )

  test.each(
    table.filter((row) => /Kahan|bidiagonal 8/.test(row.name)).map((row) => [row.name, row] as const),
  )('%s', (_, row) => {
    expect(relativeError(decompose(kernels, 'svdJacobi', dense(row)).s, row.values)).toBeLessThan(DETERMINED)
  })

  test('the QR iteration, which promises less, misses the same bounds', () => {
    const missed = table.filter((row) => {
      if (row.condition === null) return false
      const error = relativeError(decompose(kernels, 'svd', dense(row)).s, row.values)
      return error > 1e3 * relative(Math.max(row.rows, row.columns), row.condition)
    })
    expect(missed.length).toBeGreaterThan(8)
  })
})
