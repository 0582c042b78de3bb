// What every singular value decomposition must satisfy, checked in plain TypeScript.
import { expect } from 'vitest'
import type { Kernels } from '../src/index.ts'
import {
  at,
  type Dense,
  dense,
  get,
  largestDifference,
  orthogonality,
  product,
  put,
  transposed,
} from './dense.ts'

// Orthogonal reductions are backward stable: errors grow no faster than a small multiple of √(m + n)·ε, relative to the
// largest singular value (met: below 4 of them for values, 8 for vectors and for the product).
export const values = (m: number, n: number) => 8 * Number.EPSILON * Math.sqrt(m + n)
export const vectors = (m: number, n: number) => 16 * Number.EPSILON * Math.sqrt(m + n)

export type Method = 'svd' | 'svdJacobi'

export interface Decomposition {
  readonly status: number
  readonly unchanged: boolean
  readonly u: Dense
  readonly s: Float64Array
  readonly v: Dense
}

export function decompose({ exports, ...rest }: Kernels, method: Method, a: Dense): Decomposition {
  const kernels = { exports, ...rest }
  const { rows: m, columns: n } = a
  const k = Math.min(m, n)
  const start = exports.mark()
  const pointer = put(kernels, a)
  const u = exports.allocate(8 * m * k)
  const s = exports.allocate(8 * k)
  const v = exports.allocate(8 * n * k)
  const bytes = method === 'svd' ? exports.svdScratch(m, n) : exports.svdJacobiScratch(m, n)
  const scratch = exports.allocate(bytes + 8)
  const sentinel = new Float64Array(kernels.memory.buffer, scratch + bytes, 1)
  sentinel[0] = 1234
  const status = exports[method](pointer, m, n, u, s, v, scratch)
  expect(sentinel[0]).toBe(1234) // nothing is written beyond the scratch asked for
  const result = {
    status,
    unchanged: Object.is(largestDifference(get(kernels, pointer, m, n), a), 0),
    u: get(kernels, u, m, k),
    s: get(kernels, s, 1, k).entries,
    v: get(kernels, v, n, k),
  }
  exports.release(start)
  return result
}

export function valuesOnly(kernels: Kernels, a: Dense): { status: number; s: Float64Array } {
  const { exports } = kernels
  const k = Math.min(a.rows, a.columns)
  const start = exports.mark()
  const pointer = put(kernels, a)
  const s = exports.allocate(8 * k)
  const bytes = exports.svdValuesScratch(a.rows, a.columns)
  const scratch = exports.allocate(bytes + 8)
  const sentinel = new Float64Array(kernels.memory.buffer, scratch + bytes, 1)
  sentinel[0] = 1234
  const status = exports.svdValues(pointer, a.rows, a.columns, s, scratch)
  expect(sentinel[0]).toBe(1234)
  expect(get(kernels, pointer, a.rows, a.columns).entries).toEqual(a.entries)
  const result = { status, s: get(kernels, s, 1, k).entries }
  exports.release(start)
  return result
}

/** max |x_i − y_i|. */
export const worst = (xs: Float64Array, ys: Float64Array): number =>
  xs.reduce((size, x, i) => Math.max(size, Math.abs(x - ys[i]!)), 0)

/** Expects a decomposition of `a` within the bounds, sorted and with the sign convention; gives the singular values. */
export function check(kernels: Kernels, method: Method, a: Dense): Float64Array {
  const { status, unchanged, u, s, v } = decompose(kernels, method, a)
  const { rows: m, columns: n } = a
  expect(status).toBe(0)
  expect(unchanged).toBe(true)
  expect(orthogonality(u)).toBeLessThan(vectors(m, n))
  expect(orthogonality(v)).toBeLessThan(vectors(m, n))
  for (let k = 0; k < s.length; k++) expect(s[k]!).toBeGreaterThanOrEqual(s[k + 1] ?? 0)
  const rebuilt = product(
    dense(m, s.length, (i, k) => at(u, i, k) * s[k]!),
    transposed(v),
  )
  expect(largestDifference(rebuilt, a)).toBeLessThanOrEqual(vectors(m, n) * s[0]!)
  for (let k = 0; k < s.length; k++) {
    const column = Float64Array.from({ length: m }, (_, i) => at(u, i, k))
    const size = Math.max(...column.map(Math.abs))
    expect(column.find((x) => Math.abs(x) === size)).toBeGreaterThan(0)
  }
  const only = valuesOnly(kernels, a)
  expect(only.status).toBe(0)
  expect(worst(s, only.s)).toBeLessThanOrEqual(values(m, n) * s[0]!)
  return s
}
