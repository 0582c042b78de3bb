// The register tile every product is made of: up to 4 rows by 4 columns (two 2-lane vectors) of A·B, summed over k in
// the order 0, 1, …, k−1 whatever the tile's place and height, so that an element's bits never depend on the tiling.
// `rows` and `columns` are constants wherever `tile` is called, so that the unused branches vanish when it is inlined.
import { multiplyAdd } from './simd'

/** Writes alpha·sum + beta·C: two numbers of a row, or one unless `both`. */
// @ts-ignore: decorator
@inline
export function put(sum: v128, both: bool, alpha: v128, beta: f64, c: usize): void {
  let value = f64x2.mul(alpha, sum)
  if (beta != 0) value = multiplyAdd(f64x2.splat(beta), both ? v128.load(c) : v128.load64_zero(c), value)
  if (both) v128.store(c, value)
  else v128.store64_lane(c, value, 0)
}

/** The same with the second number cColumn bytes after the first. */
// @ts-ignore: decorator
@inline
function putApart(sum: v128, both: bool, alpha: v128, beta: f64, c: usize, cColumn: usize): void {
  let value = f64x2.mul(alpha, sum)
  if (beta != 0) {
    let old = v128.load64_zero(c)
    if (both) old = v128.load64_lane(c + cColumn, old, 1)
    value = multiplyAdd(f64x2.splat(beta), old, value)
  }
  v128.store64_lane(c, value, 0)
  if (both) v128.store64_lane(c + cColumn, value, 1)
}

/** Two rows above each other, written as columns: two numbers side by side in each of up to two rows of C. */
// @ts-ignore: decorator
@inline
function putPair(upper: v128, lower: v128, both: bool, alpha: v128, beta: f64, c: usize, cColumn: usize): void {
  put(i64x2.shuffle(upper, lower, 0, 2), true, alpha, beta, c)
  if (both) put(i64x2.shuffle(upper, lower, 1, 3), true, alpha, beta, c + cColumn)
}

/** The sums of a tile, row by row. */
// @ts-ignore: decorator
@inline
function putRows(
  rows: i32, columns: i32, c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128,
  alpha: v128, beta: f64, c: usize, cRow: usize,
): void {
  const both = columns > 1
  put(c00, both, alpha, beta, c)
  if (columns > 2) put(c01, both, alpha, beta, c + 16)
  if (rows > 1) put(c10, both, alpha, beta, c + cRow)
  if (rows > 1 && columns > 2) put(c11, both, alpha, beta, c + cRow + 16)
  if (rows > 2) put(c20, both, alpha, beta, c + 2 * cRow)
  if (rows > 2 && columns > 2) put(c21, both, alpha, beta, c + 2 * cRow + 16)
  if (rows > 3) put(c30, both, alpha, beta, c + 3 * cRow)
  if (rows > 3 && columns > 2) put(c31, both, alpha, beta, c + 3 * cRow + 16)
}

/** The sums of a tile, each row of it written as a column. */
// @ts-ignore: decorator
@inline
function putColumns(
  rows: i32, columns: i32, c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128,
  alpha: v128, beta: f64, c: usize, cColumn: usize,
): void {
  const both = columns > 1
  const right = c + (cColumn << 1)
  if (rows > 1) putPair(c00, c10, both, alpha, beta, c, cColumn)
  else putApart(c00, both, alpha, beta, c, cColumn)
  if (rows > 3) putPair(c20, c30, both, alpha, beta, c + 16, cColumn)
  else if (rows > 2) putApart(c20, both, alpha, beta, c + 16, cColumn)
  if (columns <= 2) return
  if (rows > 1) putPair(c01, c11, true, alpha, beta, right, cColumn)
  else putApart(c01, true, alpha, beta, right, cColumn)
  if (rows > 3) putPair(c21, c31, true, alpha, beta, right + 16, cColumn)
  else if (rows > 2) putApart(c21, true, alpha, beta, right + 16, cColumn)
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
  const end = b + <usize>k * bRow
  while (b < end) {
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
  if (transposed) putColumns(rows, columns, c00, c01, c10, c11, c20, c21, c30, c31, scale, beta, c, cColumn)
  else putRows(rows, columns, c00, c01, c10, c11, c20, c21, c30, c31, scale, beta, c, cRow)
}
