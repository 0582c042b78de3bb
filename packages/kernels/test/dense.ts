// Small dense matrices in plain TypeScript, written independently of the kernels so that their results can be checked.
import type { Kernels } from '../src/index.ts'

/** Row-major. */
export interface Dense {
  readonly rows: number
  readonly columns: number
  readonly entries: Float64Array
}

export function dense(rows: number, columns: number, entry: (i: number, j: number) => number): Dense {
  const entries = Float64Array.from({ length: rows * columns }, (_, k) =>
    entry(Math.floor(k / columns), k % columns),
  )
  return { rows, columns, entries }
}

export const at = (a: Dense, i: number, j: number): number => a.entries[i * a.columns + j]!

export const transposed = (a: Dense): Dense => dense(a.columns, a.rows, (i, j) => at(a, j, i))

export function product(a: Dense, b: Dense): Dense {
  return dense(a.rows, b.columns, (i, j) => {
    let sum = 0
    for (let k = 0; k < a.columns; k++) sum += at(a, i, k) * at(b, k, j)
    return sum
  })
}

export const largestEntry = (a: Dense): number =>
  a.entries.reduce((size, x) => Math.max(size, Math.abs(x)), 0)

export function largestDifference(a: Dense, b: Dense): number {
  return a.entries.reduce((size, x, k) => Math.max(size, Math.abs(x - b.entries[k]!)), 0)
}

/** max |QᵀQ − I|. */
export function orthogonality(q: Dense): number {
  return largestDifference(
    product(transposed(q), q),
    dense(q.columns, q.columns, (i, j) => (i === j ? 1 : 0)),
  )
}

/** Copies into fresh memory of the kernels; the pointer. */
export function put(kernels: Kernels, a: Dense): number {
  const pointer = kernels.exports.allocate(Math.max(8, 8 * a.entries.length))
  new Float64Array(kernels.memory.buffer, pointer, a.entries.length).set(a.entries)
  return pointer
}

export function get(kernels: Kernels, pointer: number, rows: number, columns: number): Dense {
  return { rows, columns, entries: new Float64Array(kernels.memory.buffer, pointer, rows * columns).slice() }
}

/** Reproducible numbers on [−1, 1) for test matrices (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1
  }
}
