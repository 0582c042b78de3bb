// Products of rows by rows, A·Bᵀ, where both factors are contiguous along the summed index: a tile of up to 4 rows of A by
// 2 rows of B, with the even and the odd terms of each sum on a lane of their own, added at the end.
import { multiplyAdd } from './simd'
import { put } from './tile'

// @ts-ignore: decorator
@inline
export function fold(left: v128, right: v128): v128 {
  return f64x2.add(
    i64x2.shuffle(left, right, 0, 2),
    i64x2.shuffle(left, right, 1, 3),
  )
}

/** C (rows×columns, rows cRow bytes apart) = alpha·A·Bᵀ + beta·C for A rows×k and B columns×k; columns is 1 or 2. */
// @ts-ignore: decorator
@inline
export function dotTile(
  rows: i32, columns: i32, k: i32, alpha: f64, a: usize, aRow: usize, b: usize, bRow: usize, beta: f64, c: usize, cRow: usize,
): void {
  const zero = f64x2.splat(0)
  let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero
  let a1 = a + aRow
  let a2 = a1 + aRow
  let a3 = a2 + aRow
  let b1 = b + bRow
  const end = a + (<usize>(k >> 1) << 4)
  while (a < end) {
    const y0 = v128.load(b)
    const y1 = columns > 1 ? v128.load(b1) : zero
    const x0 = v128.load(a)
    c00 = multiplyAdd(x0, y0, c00)
    if (columns > 1) c01 = multiplyAdd(x0, y1, c01)
    if (rows > 1) {
      const x1 = v128.load(a1)
      c10 = multiplyAdd(x1, y0, c10)
      if (columns > 1) c11 = multiplyAdd(x1, y1, c11)
      a1 += 16
    }
    if (rows > 2) {
      const x2 = v128.load(a2)
      c20 = multiplyAdd(x2, y0, c20)
      if (columns > 1) c21 = multiplyAdd(x2, y1, c21)
      a2 += 16
    }
    if (rows > 3) {
      const x3 = v128.load(a3)
      c30 = multiplyAdd(x3, y0, c30)
      if (columns > 1) c31 = multiplyAdd(x3, y1, c31)
      a3 += 16
    }
    a += 16
    b += 16
    if (columns > 1) b1 += 16
  }
  if (k & 1) {
    const y0 = v128.load64_zero(b)
    const y1 = columns > 1 ? v128.load64_zero(b1) : zero
    const x0 = v128.load64_zero(a)
    c00 = multiplyAdd(x0, y0, c00)
    if (columns > 1) c01 = multiplyAdd(x0, y1, c01)
    if (rows > 1) {
      const x1 = v128.load64_zero(a1)
      c10 = multiplyAdd(x1, y0, c10)
      if (columns > 1) c11 = multiplyAdd(x1, y1, c11)
    }
    if (rows > 2) {
      const x2 = v128.load64_zero(a2)
      c20 = multiplyAdd(x2, y0, c20)
      if (columns > 1) c21 = multiplyAdd(x2, y1, c21)
    }
    if (rows > 3) {
      const x3 = v128.load64_zero(a3)
      c30 = multiplyAdd(x3, y0, c30)
      if (columns > 1) c31 = multiplyAdd(x3, y1, c31)
    }
  }
  const scale = f64x2.splat(alpha)
  const both = columns > 1
  put(fold(c00, c01), both, scale, beta, c)
  if (rows > 1) put(fold(c10, c11), both, scale, beta, c + cRow)
  if (rows > 2) put(fold(c20, c21), both, scale, beta, c + 2 * cRow)
  if (rows > 3) put(fold(c30, c31), both, scale, beta, c + 3 * cRow)
}

// @ts-ignore: decorator
@inline
function strip(
  columns: i32, m: i32, k: i32, alpha: f64, a: usize, aRow: usize, b: usize, bRow: usize, beta: f64, c: usize, cRow: usize,
): void {
  let i = m
  for (; i >= 4; i -= 4) {
    dotTile(4, columns, k, alpha, a, aRow, b, bRow, beta, c, cRow)
    a += aRow << 2
    c += cRow << 2
  }
  if (i == 3) dotTile(3, columns, k, alpha, a, aRow, b, bRow, beta, c, cRow)
  else if (i == 2) dotTile(2, columns, k, alpha, a, aRow, b, bRow, beta, c, cRow)
  else if (i == 1) dotTile(1, columns, k, alpha, a, aRow, b, bRow, beta, c, cRow)
}

/** C (m×n) = alpha·A·Bᵀ + beta·C with A m×k and B n×k, both row-major and contiguous. */
export function rowsByRows(m: i32, n: i32, k: i32, alpha: f64, a: usize, b: usize, beta: f64, c: usize): void {
  const row = <usize>k << 3
  const cRow = <usize>n << 3
  let j = n
  for (; j >= 2; j -= 2) {
    strip(2, m, k, alpha, a, row, b, row, beta, c, cRow)
    b += row << 1
    c += 16
  }
  if (j) strip(1, m, k, alpha, a, row, b, row, beta, c, cRow)
}
