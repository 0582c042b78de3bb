// Householder reduction of a symmetric matrix to tridiagonal form, A = Q T Qᵀ, that touches each entry of the remaining half
// once a step: when a column is loaded it takes the rank-two update of the step before and at once gives its part of the
// product with the new reflector. Only the lower half is kept, but for the four by four blocks on the diagonal, which
// are kept whole, so that four columns always start in the same row.
import { addFour, updateFour } from '../columns'
import { dot, makeReflector, padded, reflected, subtract } from '../reflectors'
import { multiplyAdd } from '../simd'

/** Bytes of scratch that `tridiagonalise` needs. */
export function tridiagonaliseScratch(n: i32): usize {
  return (5 * <usize>padded(n)) << 3
}

/**
 * Reduces the symmetric n×n matrix in the panel at a, of which the lower half and the diagonal blocks are read: diagonal d (n),
 * off-diagonal e (n−1). With `vectors`, the reflectors go to the panel at v (zero on entry, v_j from entry j+1) and taus.
 */
export function tridiagonalise(
  a: usize, n: i32, d: usize, e: usize, vectors: bool, v: usize, taus: usize, scratch: usize,
): void {
  const length = padded(n)
  const stride = <usize>length << 3
  let vector = scratch
  let before = vector + stride
  const partner = before + stride // w of the update A − v wᵀ − w vᵀ that the columns have not taken yet
  const dots = partner + stride
  const sums = dots + stride
  memory.fill(scratch, 0, tridiagonaliseScratch(n))
  for (let j = 0; j < n; j++) {
    const at = <usize>j << 3
    const column = a + <usize>j * stride
    subtract(column + at, before + at, load<f64>(partner + at), n - j)
    subtract(column + at, partner + at, load<f64>(before + at), n - j)
    store<f64>(d + at, load<f64>(column + at))
    if (j + 1 == n) return
    memory.fill(vector, 0, at + 8)
    memory.copy(vector + at + 8, column + at + 8, <usize>(n - j - 1) << 3)
    const tau = makeReflector(vector + at + 8, n - j - 1)
    store<f64>(e + at, reflected)
    if (vectors) {
      memory.copy(v + <usize>j * stride + at + 8, vector + at + 8, <usize>(n - j - 1) << 3)
      store<f64>(taus + at, tau)
    }
    const start = (j + 1) & ~3
    product(a, stride, start, length, tau, vector, before, partner, dots, sums)
    combine(start, length, tau, vector, partner, dots, sums)
    const swapped = vector
    vector = before
    before = swapped
  }
}

// One pass over the columns from `start` on: applies the pending update and leaves τ·(A·vector) as dots + τ·sums.
function product(
  a: usize, stride: usize, start: i32, length: i32, tau: f64, vector: usize, before: usize, partner: usize,
  dots: usize, sums: usize,
): void {
  const skip = <usize>start << 3
  memory.copy(dots + skip, partner + skip, <usize>(length - start) << 3)
  memory.fill(sums + skip, 0, <usize>(length - start) << 3)
  for (let c = start; c < length; c += 4) {
    const at = <usize>c << 3
    const block = a + <usize>c * stride + at
    const bytes = <usize>(length - c) << 3
    updateFour(block, stride, bytes, vector + at, before + at, partner + at, dots + at, before + at, tau)
    addFour(sums + at + 32, block + 32, stride, bytes - 32, vector + at)
  }
}

// partner ← p − (τ/2)(p·v) v with p = τ A v.
function combine(start: i32, length: i32, tau: f64, vector: usize, partner: usize, dots: usize, sums: usize): void {
  const end = <usize>length << 3
  const factor = f64x2.splat(tau)
  for (let i = <usize>start << 3; i < end; i += 16) {
    v128.store(partner + i, multiplyAdd(factor, v128.load(sums + i), v128.load(dots + i)))
  }
  const skip = <usize>start << 3
  const half = 0.5 * tau * dot(partner + skip, vector + skip, length - start)
  subtract(partner + skip, vector + skip, half, length - start)
}
