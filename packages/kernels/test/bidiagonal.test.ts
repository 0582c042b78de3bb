import { describe, expect, test } from 'vitest'
import { instantiate } from '../src/index.ts'
import { dense } from './dense.ts'
import { fixture } from './fixture.ts'
import { decompose, valuesOnly } from './singular-values.ts'

// Bidiagonal matrices are left as they are by the reduction to bidiagonal form, and their entries determine all their
// singular values to high relative accuracy. Both iterations promise it: 16ε for each off-diagonal entry dropped
// (Demmel & Kahan 1990; Fernando & Parlett 1994).
const relative = (n: number) => 16 * n * Number.EPSILON

interface Row {
  name: string
  rows: number
  columns: number
  entries: number[]
  values: number[]
}

const table = fixture<Row[]>('small_singular_values').filter((row) => row.name.startsWith('bidiagonal'))

function worstRelative(s: Float64Array, exact: ArrayLike<number>): number {
  return s.reduce((worst, value, i) => {
    const error = exact[i] === 0 ? value : Math.abs(value / exact[i]! - 1)
    return Math.max(worst, error)
  }, 0)
}

describe.each(['strict', 'fma'] as const)('%s', async (binary) => {
  const kernels = await instantiate(binary)

  test.each(table.map((row) => [row.name, row] as const))('%s', (_, row) => {
    const a = { ...row, entries: Float64Array.from(row.entries) }
    // zero singular values come out as 0 or below the smallest square
    const exact = row.values.map((value) => (value < 1e-200 ? 0 : value))
    expect(worstRelative(valuesOnly(kernels, a).s, exact)).toBeLessThan(relative(row.rows))
    expect(worstRelative(decompose(kernels, 'svd', a).s, exact)).toBeLessThan(relative(row.rows))
  })

  test('ones on both diagonals have the values 2 cos(kπ/(2n+1))', () => {
    for (const n of [1, 2, 3, 50, 200]) {
      const a = dense(n, n, (i, j) => (i === j || i + 1 === j ? 1 : 0))
      const exact = Float64Array.from(
        { length: n },
        (_, k) => 2 * Math.cos(((k + 1) * Math.PI) / (2 * n + 1)),
      )
      // the cosine of an angle near π/2 is itself no better than ε/cos
      const bound = relative(n) + (4 * Number.EPSILON) / exact[n - 1]!
      expect(worstRelative(valuesOnly(kernels, a).s, exact)).toBeLessThan(bound)
    }
  })

  test('the bound notices a relative error of 1e-13 in the smallest value', () => {
    const exact = table[0]!.values
    const wrong = Float64Array.from(exact)
    wrong[wrong.length - 1]! *= 1 + 1e-13
    expect(worstRelative(wrong, exact)).toBeGreaterThan(relative(exact.length))
  })
})
