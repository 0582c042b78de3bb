// A matrix covered by register tiles, both factors read where they lie.
import { tile } from './tile'

/** One strip of up to 4 columns of C: all its rows, four at a time. `columns` is a constant wherever it is called. */
// @ts-ignore: decorator
@inline
export function strip(
  columns: i32, m: i32, k: i32, alpha: f64, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize,
  beta: f64, c: usize, cRow: usize, cColumn: usize, transposed: bool,
): void {
  let i = m
  for (; i >= 4; i -= 4) {
    tile(4, columns, k, alpha, a, aRow, aColumn, b, bRow, beta, c, cRow, cColumn, transposed)
    a += aRow << 2
    c += cRow << 2
  }
  if (i == 3) tile(3, columns, k, alpha, a, aRow, aColumn, b, bRow, beta, c, cRow, cColumn, transposed)
  else if (i == 2) tile(2, columns, k, alpha, a, aRow, aColumn, b, bRow, beta, c, cRow, cColumn, transposed)
  else if (i == 1) tile(1, columns, k, alpha, a, aRow, aColumn, b, bRow, beta, c, cRow, cColumn, transposed)
}

/**
 * C = alpha·A·B + beta·C; A m×k has byte strides aRow, aColumn, B k×n rows bRow bytes apart. C has rows cRow bytes apart and
 * cColumn is 8, or, when `transposed`, C is n×m with rows cColumn bytes apart and cRow is 8.
 */
export function tiled(
  m: i32, n: i32, k: i32, alpha: f64, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize,
  beta: f64, c: usize, cRow: usize, cColumn: usize, transposed: bool,
): void {
  let j = n
  for (; j >= 4; j -= 4) {
    strip(4, m, k, alpha, a, aRow, aColumn, b, bRow, beta, c, cRow, cColumn, transposed)
    b += 32
    c += cColumn << 2
  }
  if (j & 2) {
    strip(2, m, k, alpha, a, aRow, aColumn, b, bRow, beta, c, cRow, cColumn, transposed)
    b += 16
    c += cColumn << 1
  }
  if (j & 1) strip(1, m, k, alpha, a, aRow, aColumn, b, bRow, beta, c, cRow, cColumn, transposed)
}
