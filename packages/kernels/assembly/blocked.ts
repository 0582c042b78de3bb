// Products too large for the nearest caches: blocks of A (ROWS×DEPTH) and panels of B (DEPTH×4) are copied side by side
// first, so that the tiles read contiguous memory whatever the strides were. The sum over k is split into runs of DEPTH.
import { strip } from './tiled'

const DEPTH: i32 = 256
const ROWS: i32 = 128
const ROW: usize = (DEPTH + 8) << 3 // padded: rows a power of two apart would compete for the same cache sets

const block: usize = memory.data(ROWS * (DEPTH + 8) * 8, 64)
const panel: usize = memory.data(DEPTH * 4 * 8, 64)

/** Rows of the block are contiguous in scratch; in A they are aRow bytes apart with entries aColumn bytes apart. */
function copyBlock(a: usize, aRow: usize, aColumn: usize, rows: i32, depth: i32): void {
  if (aColumn == 8) {
    for (let i = 0; i < rows; i++) memory.copy(block + <usize>i * ROW, a + <usize>i * aRow, <usize>depth << 3)
    return
  }
  for (let l = 0; l < depth; l++) {
    let from = a + <usize>l * aColumn
    let to = block + (<usize>l << 3)
    for (let i = 0; i < rows; i++) {
      store<f64>(to, load<f64>(from))
      from += aRow
      to += ROW
    }
  }
}

/** The first `columns` entries of each of the panel's rows; the rest of a row is left as it is and never read. */
function copyPanel(b: usize, bRow: usize, bColumn: usize, columns: i32, depth: i32): void {
  if (columns == 4) {
    let to = panel
    const b1 = bColumn
    const b2 = bColumn << 1
    const b3 = b1 + b2
    for (let l = 0; l < depth; l++) {
      store<f64>(to, load<f64>(b))
      store<f64>(to, load<f64>(b + b1), 8)
      store<f64>(to, load<f64>(b + b2), 16)
      store<f64>(to, load<f64>(b + b3), 24)
      b += bRow
      to += 32
    }
    return
  }
  for (let l = 0; l < depth; l++) {
    for (let j = 0; j < columns; j++) {
      store<f64>(panel + (<usize>(l * 4 + j) << 3), load<f64>(b + <usize>l * bRow + <usize>j * bColumn))
    }
  }
}

/** C (m×n, contiguous) = alpha·A·B + beta·C with any byte strides of A and B. */
export function multiplyBlocked(
  m: i32, n: i32, k: i32, alpha: f64, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, bColumn: usize,
  beta: f64, c: usize,
): void {
  const cRow = <usize>n << 3
  for (let l = 0; l < k; l += DEPTH) {
    const depth = min(k - l, DEPTH)
    const keep = l == 0 ? beta : 1
    for (let i = 0; i < m; i += ROWS) {
      const rows = min(m - i, ROWS)
      copyBlock(a + <usize>i * aRow + <usize>l * aColumn, aRow, aColumn, rows, depth)
      let from = b + <usize>l * bRow
      let to = c + <usize>i * cRow
      let j = n
      for (; j >= 4; j -= 4) {
        copyPanel(from, bRow, bColumn, 4, depth)
        strip(4, rows, depth, alpha, block, ROW, 8, panel, 32, keep, to, cRow, 8, false)
        from += bColumn << 2
        to += 32
      }
      if (j & 2) {
        copyPanel(from, bRow, bColumn, 2, depth)
        strip(2, rows, depth, alpha, block, ROW, 8, panel, 32, keep, to, cRow, 8, false)
        from += bColumn << 1
        to += 16
      }
      if (j & 1) {
        copyPanel(from, bRow, bColumn, 1, depth)
        strip(1, rows, depth, alpha, block, ROW, 8, panel, 32, keep, to, cRow, 8, false)
      }
    }
  }
}
