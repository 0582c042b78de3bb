// Dense products of row-major contiguous matrices: which kernel serves which shape.
//
// The order in which an element's k terms are added depends only on the shape and the transpositions, never on where the
// matrices lie. Measured on x86-64 (V8 11 and 13): reading both factors in place is fastest while they stay in the
// nearest caches, so packing begins at about 3·10⁶ multiply-adds.
import { multiplyBlocked } from './blocked'
import { rowsByRows } from './dots'
import { columnsTimes, rowsTimes } from './matvec'
import { tiled } from './tiled'

const BLOCKED_FROM: f64 = 3_000_000.0
const NARROW_BLOCKED_FROM: f64 = 30_000_000.0 // a copied block is used less often when one side is short
const NARROW: i32 = 16
const NARROWEST: i32 = 8 // with a shorter side than this, packing costs more than it saves

// @ts-ignore: decorator
@inline
function isLarge(m: i32, n: i32, k: i32): bool {
  const work = <f64>m * <f64>n * <f64>k
  if (work < BLOCKED_FROM) return false
  const shortest = min(m, min(n, k))
  return shortest >= (work < NARROW_BLOCKED_FROM ? NARROW : NARROWEST)
}

/** C (m×n) = alpha·op(A)·op(B) + beta·C. A zero beta never reads C. */
export function multiply(
  transA: i32, transB: i32, m: i32, n: i32, k: i32, alpha: f64, a: usize, b: usize, beta: f64, c: usize,
): void {
  if (m <= 0 || n <= 0) return
  const mRow = <usize>m << 3
  const nRow = <usize>n << 3
  const kRow = <usize>k << 3
  if (n == 1) multiplyVector(transA, transA ? k : m, transA ? m : k, alpha, a, b, beta, c)
  else if (m == 1) multiplyVector(transB ^ 1, transB ? n : k, transB ? k : n, alpha, b, a, beta, c)
  else if (isLarge(m, n, k)) {
    multiplyBlocked(
      m, n, k, alpha, a, transA ? 8 : kRow, transA ? mRow : 8, b, transB ? 8 : nRow, transB ? kRow : 8, beta, c,
    )
  } else if (!transB) tiled(m, n, k, alpha, a, transA ? 8 : kRow, transA ? mRow : 8, b, nRow, beta, c, nRow, 8, false)
  else if (transA) tiled(n, m, k, alpha, b, kRow, 8, a, mRow, beta, c, 8, nRow, true)
  else rowsByRows(m, n, k, alpha, a, b, beta, c)
}

/** y = alpha·op(A)·x + beta·y with A m×n. A zero beta never reads y. */
export function multiplyVector(
  trans: i32, m: i32, n: i32, alpha: f64, a: usize, x: usize, beta: f64, y: usize,
): void {
  if (trans) columnsTimes(m, n, alpha, a, x, beta, y)
  else rowsTimes(m, n, alpha, a, x, beta, y)
}

const TRANSPOSE_BLOCK: i32 = 16 // rows and columns that stay in the nearest cache together

/** out (n×m) = Aᵀ with A m×n; out must not overlap A. */
export function transpose(out: usize, a: usize, m: i32, n: i32): void {
  transposeStrided(out, <usize>m << 3, a, <usize>n << 3, m, n)
}

/** The same with the rows of out and of A `outRow` and `aRow` bytes apart. */
export function transposeStrided(out: usize, outRow: usize, a: usize, aRow: usize, m: i32, n: i32): void {
  for (let i = 0; i < m; i += TRANSPOSE_BLOCK) {
    const rows = min(m - i, TRANSPOSE_BLOCK)
    for (let j = 0; j < n; j += TRANSPOSE_BLOCK) {
      transposeBlock(
        out + <usize>j * outRow + (<usize>i << 3), outRow, a + <usize>i * aRow + (<usize>j << 3), aRow, rows,
        min(n - j, TRANSPOSE_BLOCK),
      )
    }
  }
}

function transposeBlock(out: usize, outRow: usize, a: usize, aRow: usize, rows: i32, columns: i32): void {
  for (; rows >= 2; rows -= 2) {
    let from = a
    let to = out
    for (let j = columns >> 1; j > 0; j--) {
      const upper = v128.load(from)
      const lower = v128.load(from + aRow)
      v128.store(to, i64x2.shuffle(upper, lower, 0, 2))
      v128.store(to + outRow, i64x2.shuffle(upper, lower, 1, 3))
      from += 16
      to += outRow << 1
    }
    if (columns & 1) {
      store<f64>(to, load<f64>(from))
      store<f64>(to, load<f64>(from + aRow), 8)
    }
    a += aRow << 1
    out += 16
  }
  if (rows) {
    for (let j = 0; j < columns; j++) store<f64>(out + <usize>j * outRow, load<f64>(a + (<usize>j << 3)))
  }
}
