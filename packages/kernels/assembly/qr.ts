// Householder QR. The matrix is transposed into a panel of columns; each group of columns takes all earlier reflectors before
// it is factored itself (left-looking), so that a reflector meets eight columns each time it is loaded.
import { transposeStrided } from './products'
import { applyForward, generate } from './reflector-panel'
import { fours, makeReflector, padded, reflect, reflected } from './reflectors'
import { DONE, isFiniteNumber, largest, NOT_FINITE, scaleBy, unitScale } from './scaling'

const GROUP: i32 = 8

/** Bytes of scratch that `qr` needs. */
export function qrScratch(m: i32, n: i32): usize {
  return (2 * <usize>padded(m) * <usize>fours(n) + <usize>padded(n)) << 3
}

/**
 * Reduces the n columns (length m ≥ n, a panel at x) to R, column j of R in the first j+1 entries of column j, and the
 * reflectors' vectors in the panel at v, which must be zero on entry.
 */
export function factorColumns(x: usize, v: usize, taus: usize, m: i32, n: i32): void {
  const stride = <usize>padded(m) << 3
  for (let first = 0; first < n; first += GROUP) {
    const end = min(n, first + GROUP)
    applyForward(x + <usize>first * stride, min(fours(n - first), GROUP), v, taus, 0, first, 0, m)
    for (let j = first; j < end; j++) {
      const skip = <usize>j << 3
      const vector = v + <usize>j * stride + skip
      const column = x + <usize>j * stride + skip
      memory.copy(vector, column, <usize>(m - j) << 3)
      const tau = makeReflector(vector, m - j)
      store<f64>(taus + skip, tau)
      store<f64>(column, reflected)
      for (let c = j + 1; c < end; c++) reflect(x + <usize>c * stride + skip, vector, tau, m - j)
    }
  }
}

/**
 * Thin QR of a (m×n, m ≥ n, not changed): Q (m×n) with orthonormal columns, R (n×n) upper triangular with a nonnegative
 * diagonal, so that Q of a Gaussian matrix is Haar-distributed. Returns DONE or NOT_FINITE.
 */
export function qr(a: usize, m: i32, n: i32, q: usize, r: usize, scratch: usize): i32 {
  const size = largest(a, m * n)
  if (!isFiniteNumber(size)) return NOT_FINITE
  const scale = unitScale(size)
  const stride = <usize>padded(m) << 3
  const panel = stride * fours(n)
  const v = scratch + panel
  const taus = v + panel
  memory.fill(scratch, 0, panel << 1)
  transposeStrided(scratch, stride, a, <usize>n << 3, m, n)
  scaleBy(scratch, <i32>(panel >> 3), scale)
  factorColumns(scratch, v, taus, m, n)
  const rRow = <usize>n << 3
  memory.fill(r, 0, rRow * n)
  for (let j = 0; j < n; j++) {
    const column = scratch + <usize>j * stride
    for (let i = 0; i <= j; i++) store<f64>(r + <usize>i * rRow + (<usize>j << 3), load<f64>(column + (<usize>i << 3)) / scale)
  }
  generate(scratch, n, v, taus, n, 0, m)
  for (let j = 0; j < n; j++) {
    const row = r + <usize>j * rRow
    if (load<f64>(row + (<usize>j << 3)) < 0) {
      scaleBy(row + (<usize>j << 3), n - j, -1)
      scaleBy(scratch + <usize>j * stride, m, -1)
    }
  }
  transposeStrided(q, rRow, scratch, stride, n, m)
  return DONE
}

/** Bytes of scratch that `orthonormalComplement` needs. */
export function orthonormalComplementScratch(m: i32, n: i32): usize {
  const stride = <usize>padded(m) << 3
  return stride * fours(m) + stride * fours(n) + (<usize>n << 3)
}

/**
 * Completes an orthonormal basis: q (m×n, m ≥ n, orthonormal columns) to out (m×(m−n)), whose columns are orthonormal and orthogonal
 * to those of q. With the U of a thin SVD this gives the full one.
 */
export function orthonormalComplement(q: usize, m: i32, n: i32, out: usize, scratch: usize): void {
  const stride = <usize>padded(m) << 3
  const v = scratch + stride * fours(m)
  const taus = v + stride * fours(n)
  memory.fill(scratch, 0, orthonormalComplementScratch(m, n))
  transposeStrided(scratch, stride, q, <usize>n << 3, m, n)
  factorColumns(scratch, v, taus, m, n)
  generate(scratch, m, v, taus, n, 0, m)
  transposeStrided(out, <usize>(m - n) << 3, scratch + <usize>n * stride, stride, m - n, m)
}
