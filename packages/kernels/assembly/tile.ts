// The register tile every product is made of: up to 4 rows by 4 columns (two 2-lane vectors) of A·B, summed over k in
// the order 0, 1, …, k−1 whatever the tile's place and height, so that an element's bits never depend on the tiling.
// `rows` and `columns` are constants wherever `tile` is called, so that the unused branches vanish when it is inlined.
import { multiplyAdd } from './simd'

// @ts-ignore: decorator
@inline
export function put(sum: v128, both: bool, alpha: v128, beta: f64, c: usize, cColumn: usize, transposed: bool): void {
  let value = f64x2.mul(alpha, sum)
  if (transposed) {
    if (beta != 0) {
      let old = v128.load64_zero(c)
      if (both) old = v128.load64_lane(c + cColumn, old, 1)
      value = multiplyAdd(f64x2.splat(beta), old, value)
    }
    v128.store64_lane(c, value, 0)
    if (both) v128.store64_lane(c + cColumn, value, 1)
  } else if (both) {
    if (beta != 0) value = multiplyAdd(f64x2.splat(beta), v128.load(c), value)
    v128.store(c, value)
  } else {
    if (beta != 0) value = multiplyAdd(f64x2.splat(beta), v128.load64_zero(c), value)
    v128.store64_lane(c, value, 0)
  }
}

/**
 * C = alpha·A·B + beta·C for A rows×k with byte strides aRow, aColumn and B k×columns with contiguous rows bRow bytes
 * apart. C has rows cRow bytes apart and contiguous columns, or, when `transposed`, contiguous rows cColumn bytes apart.
 */
// @ts-ignore: decorator
@inline
export function tile(
  rows: i32, columns: i32, k: i32, alpha: f64, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize,
  beta: f64, c: usize, cRow: usize, cColumn: usize, transposed: bool,
): void {
  const zero = f64x2.splat(0)
  let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero
  let a1 = a + aRow
  let a2 = a1 + aRow
  let a3 = a2 + aRow
  for (let l = 0; l < k; l++) {
    const b0 = columns == 1 ? v128.load64_zero(b) : v128.load(b)
    const b1 = columns > 2 ? v128.load(b, 16) : zero
    const x0 = v128.load64_splat(a)
    c00 = multiplyAdd(x0, b0, c00)
    if (columns > 2) c01 = multiplyAdd(x0, b1, c01)
    if (rows > 1) {
      const x1 = v128.load64_splat(a1)
      c10 = multiplyAdd(x1, b0, c10)
      if (columns > 2) c11 = multiplyAdd(x1, b1, c11)
    }
    if (rows > 2) {
      const x2 = v128.load64_splat(a2)
      c20 = multiplyAdd(x2, b0, c20)
      if (columns > 2) c21 = multiplyAdd(x2, b1, c21)
    }
    if (rows > 3) {
      const x3 = v128.load64_splat(a3)
      c30 = multiplyAdd(x3, b0, c30)
      if (columns > 2) c31 = multiplyAdd(x3, b1, c31)
    }
    a += aColumn
    if (rows > 1) a1 += aColumn
    if (rows > 2) a2 += aColumn
    if (rows > 3) a3 += aColumn
    b += bRow
  }
  const scale = f64x2.splat(alpha)
  const next = cColumn << 1 // where the second vector of a row goes
  const both = columns > 1
  put(c00, both, scale, beta, c, cColumn, transposed)
  if (columns > 2) put(c01, both, scale, beta, c + next, cColumn, transposed)
  if (rows > 1) {
    put(c10, both, scale, beta, c + cRow, cColumn, transposed)
    if (columns > 2) put(c11, both, scale, beta, c + cRow + next, cColumn, transposed)
  }
  if (rows > 2) {
    put(c20, both, scale, beta, c + 2 * cRow, cColumn, transposed)
    if (columns > 2) put(c21, both, scale, beta, c + 2 * cRow + next, cColumn, transposed)
  }
  if (rows > 3) {
    put(c30, both, scale, beta, c + 3 * cRow, cColumn, transposed)
    if (columns > 2) put(c31, both, scale, beta, c + 3 * cRow + next, cColumn, transposed)
  }
}
