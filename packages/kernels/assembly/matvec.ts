// Matrix times vector: rows as dots, columns as sums of rows.
import { dotTile } from './dots'
import { multiplyAdd } from './simd'
import { put } from './tile'
import { axpy, scale } from './vectors'

/** y (m) = alpha·A·x + beta·y with A m×n. */
export function rowsTimes(m: i32, n: i32, alpha: f64, a: usize, x: usize, beta: f64, y: usize): void {
  const row = <usize>n << 3
  for (; m >= 4; m -= 4) {
    dotTile(4, 1, n, alpha, a, row, x, row, beta, y, 8)
    a += row << 2
    y += 32
  }
  for (; m > 0; m--) {
    dotTile(1, 1, n, alpha, a, row, x, row, beta, y, 8)
    a += row
    y += 8
  }
}

const ROW_BY_ROW: f64 = 32768.0 // numbers: a larger A is read in the order it lies in memory

/** y (n) = alpha·Aᵀ·x + beta·y with A m×n; the terms of each element are added in the order of the rows. */
export function columnsTimes(m: i32, n: i32, alpha: f64, a: usize, x: usize, beta: f64, y: usize): void {
  if (<f64>m * <f64>n >= ROW_BY_ROW) {
    if (beta == 0) memory.fill(y, 0, <usize>n << 3)
    else if (beta != 1) scale(n, beta, y)
    addRows(m, n, alpha, a, x, y)
  } else stripsTimes(m, n, alpha, a, x, beta, y)
}

/** The same, eight columns at a time, whose sums stay in registers. */
function stripsTimes(m: i32, n: i32, alpha: f64, a: usize, x: usize, beta: f64, y: usize): void {
  const row = <usize>n << 3
  const factor = f64x2.splat(alpha)
  for (; n >= 8; n -= 8) {
    let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0
    let from = a
    for (let i = 0; i < m; i++) {
      const entry = v128.load64_splat(x + (<usize>i << 3))
      s0 = multiplyAdd(entry, v128.load(from), s0)
      s1 = multiplyAdd(entry, v128.load(from, 16), s1)
      s2 = multiplyAdd(entry, v128.load(from, 32), s2)
      s3 = multiplyAdd(entry, v128.load(from, 48), s3)
      from += row
    }
    put(s0, true, factor, beta, y)
    put(s1, true, factor, beta, y + 16)
    put(s2, true, factor, beta, y + 32)
    put(s3, true, factor, beta, y + 48)
    a += 64
    y += 64
  }
  for (; n > 0; n -= 2) {
    const both = n > 1
    let sum = f64x2.splat(0)
    let from = a
    for (let i = 0; i < m; i++) {
      sum = multiplyAdd(v128.load64_splat(x + (<usize>i << 3)), both ? v128.load(from) : v128.load64_zero(from), sum)
      from += row
    }
    put(sum, both, factor, beta, y)
    a += 16
    y += 16
  }
}

/** y += alpha·Σ_i x_i·(row i of A), A m×n, four rows in one pass over y. */
export function addRows(m: i32, n: i32, alpha: f64, a: usize, x: usize, y: usize): void {
  const row = <usize>n << 3
  for (; m >= 4; m -= 4) {
    addFourRows(n, alpha, a, row, x, y)
    a += row << 2
    x += 32
  }
  for (; m > 0; m--) {
    axpy(n, alpha * load<f64>(x), a, y)
    a += row
    x += 8
  }
}

function addFourRows(n: i32, alpha: f64, a: usize, row: usize, x: usize, y: usize): void {
  const factor = f64x2.splat(alpha)
  const x0 = f64x2.mul(factor, v128.load64_splat(x))
  const x1 = f64x2.mul(factor, v128.load64_splat(x, 8))
  const x2 = f64x2.mul(factor, v128.load64_splat(x, 16))
  const x3 = f64x2.mul(factor, v128.load64_splat(x, 24))
  let a1 = a + row
  let a2 = a1 + row
  let a3 = a2 + row
  for (; n >= 2; n -= 2) {
    let sum = multiplyAdd(x0, v128.load(a), v128.load(y))
    sum = multiplyAdd(x1, v128.load(a1), sum)
    sum = multiplyAdd(x2, v128.load(a2), sum)
    v128.store(y, multiplyAdd(x3, v128.load(a3), sum))
    a += 16
    a1 += 16
    a2 += 16
    a3 += 16
    y += 16
  }
  if (n > 0) {
    let sum = multiplyAdd(x0, v128.load64_zero(a), v128.load64_zero(y))
    sum = multiplyAdd(x1, v128.load64_zero(a1), sum)
    sum = multiplyAdd(x2, v128.load64_zero(a2), sum)
    v128.store64_lane(y, multiplyAdd(x3, v128.load64_zero(a3), sum), 0)
  }
}
