// Householder bidiagonalisation A = U B Vᵀ (Golub & Kahan 1965) that touches each entry of the remaining matrix once a step.
// The matrix stands as a panel of columns. When column c is loaded it takes the update of the step before, gives its product
// with the new left reflector and at once, while it is still in the nearest cache, its share of A·r, where r is the new
// row: the product with the right reflector v = (r − βe)/(r_0 − β) follows from A·r without a second pass (Howell, Demmel,
// Fulton, Hammarling & Marmol 2008, "Cache efficient bidiagonalization using BLAS 2.5 operators").
import { addFour, updateFour } from '../columns'
import { dot, makeReflector, norm, padded, reflected, subtract } from '../reflectors'
import { multiplySubtract } from '../simd'
import { UNDERFLOW } from './bidiagonal-qr'

/** Columns that a panel must have for `bidiagonalise`: three zero ones after the last, for groups of four. */
// @ts-ignore: decorator
@inline
export function columnsToBidiagonalise(n: i32): i32 {
  return n + 3
}

/** Bytes of scratch that `bidiagonalise` needs. */
export function bidiagonaliseScratch(m: i32, n: i32): usize {
  return (4 * <usize>padded(m) + 2 * <usize>padded(n + 4)) << 3
}

/**
 * Reduces the n columns (length m ≥ n, a panel at a) to upper bidiagonal form: diagonal d (n), superdiagonal e (n−1). With
 * `vectors`, the left reflectors go to the panel at u (n vectors of length m, v_j from entry j) and tauU, the right ones
 * to the panel at v (n−1 vectors of length n, v_j from entry j+1) and tauV; both panels must be zero on entry.
 */
export function bidiagonalise(
  a: usize, m: i32, n: i32, d: usize, e: usize, vectors: bool, u: usize, tauU: usize, v: usize, tauV: usize,
  scratch: usize,
): void {
  const length = padded(m)
  const stride = <usize>length << 3
  let left = scratch
  let leftBefore = left + stride
  const right = leftBefore + stride // τ A'v: what v's update subtracts from each column, times v_c
  const sums = right + stride
  const leftFactors = sums + stride // τ Aᵀu
  const row = leftFactors + (<usize>padded(n + 4) << 3) // the new row, then v
  memory.fill(scratch, 0, bidiagonaliseScratch(m, n))
  for (let j = 0; j < n; j++) {
    const at = <usize>j << 3
    const column = a + <usize>j * stride
    if (j > 0) {
      subtract(column + at, leftBefore + at, load<f64>(leftFactors + at), m - j)
      subtract(column + at, right + at, load<f64>(row + at), m - j)
    }
    const start = j & ~3
    memory.fill(left + (<usize>start << 3), 0, at - (<usize>start << 3))
    memory.copy(left + at, column + at, <usize>(m - j) << 3)
    const tau = makeReflector(left + at, m - j)
    store<f64>(d + at, reflected)
    if (vectors) {
      memory.copy(u + <usize>j * stride + at, left + at, <usize>(m - j) << 3)
      store<f64>(tauU + at, tau)
    }
    if (j + 1 == n) return
    updateAndSum(a, stride, j, n, tau, start, length, left, leftBefore, right, sums, leftFactors, row)
    const tauRight = reflectRow(a, stride, j, n, start, length, left, right, sums, leftFactors, row)
    store<f64>(e + at, reflected)
    if (vectors) {
      const vStride = <usize>padded(n) << 3
      memory.copy(v + <usize>j * vStride + at + 8, row + at + 8, <usize>(n - j - 1) << 3)
      store<f64>(tauV + at, tauRight)
    }
    const swapped = left
    left = leftBefore
    leftBefore = swapped
  }
}

// One pass over columns j+1 … n−1: leaves τ Aᵀu in leftFactors, the new row in `row` and A·row in `sums`.
function updateAndSum(
  a: usize, stride: usize, j: i32, n: i32, tau: f64, start: i32, length: i32, left: usize, leftBefore: usize,
  right: usize, sums: usize, leftFactors: usize, row: usize,
): void {
  const skip = <usize>start << 3
  const bytes = <usize>(length - start) << 3
  memory.fill(sums + skip, 0, bytes)
  for (let c = j + 1; c < n; c += 4) {
    const at = <usize>c << 3
    const column = a + <usize>c * stride
    updateFour(column + skip, stride, bytes, left + skip, leftBefore + skip, right + skip, leftFactors + at, row + at, tau)
    for (let k = 0; k < 4; k++) {
      const entry = load<f64>(column + <usize>k * stride + (<usize>j << 3))
      store<f64>(row + at + (<usize>k << 3), entry - load<f64>(leftFactors + at + (<usize>k << 3)))
    }
    addFour(sums + skip, column + skip, stride, bytes, row + at)
  }
}

// Turns the row into its reflector v (leaving the new superdiagonal entry in `reflected`), sets right = τ(A − u·leftFactorsᵀ)v
// and returns τ.
function reflectRow(
  a: usize, stride: usize, j: i32, n: i32, start: i32, length: i32, left: usize, right: usize, sums: usize,
  leftFactors: usize, row: usize,
): f64 {
  const at = <usize>(j + 1) << 3
  // The quotients below would overflow; the iteration takes so small a superdiagonal entry for zero, too.
  if (norm(row + at, n - j - 1) < UNDERFLOW) memory.fill(row + at, 0, <usize>(n - j - 1) << 3)
  const first = load<f64>(row + at)
  const tau = makeReflector(row + at, n - j - 1)
  const shared = tau * dot(leftFactors + at, row + at, n - j - 1)
  // A·v = (A·row − reflected·A·e)/pivot, where A·e is column j+1
  const column = a + <usize>(j + 1) * stride
  const factor = tau == 0 ? 0 : tau / (first - reflected)
  const f = f64x2.splat(factor)
  const g = f64x2.splat(factor * reflected)
  const h = f64x2.splat(shared)
  const end = <usize>length << 3
  for (let i = <usize>start << 3; i < end; i += 16) {
    let y = f64x2.mul(f, v128.load(sums + i))
    y = multiplySubtract(g, v128.load(column + i), y)
    v128.store(right + i, multiplySubtract(h, v128.load(left + i), y))
  }
  return tau
}
