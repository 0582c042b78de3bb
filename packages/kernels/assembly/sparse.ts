// Products on a fixed sparsity pattern. The pattern of an m×n matrix S is held twice (int32): by rows (CSR: rowStarts[m+1],
// columns[nnz]) and by columns (CSC: columnStarts[n+1], rows[nnz], order[nnz] = the entry's position in the CSR order).
// Values are in CSR order.
import { index } from './sampled'
import { multiplyAdd } from './simd'

/**
 * Up to 16 columns of one row of S·B, `vectors` (1 to 8, a constant) at once; `half` keeps to one column. Values
 * lie in the order of the indices or, when `permuted` (a constant too), where `order` says.
 */
// @ts-ignore: decorator
@inline
function gather(
  vectors: i32, half: bool, permuted: bool, start: i32, end: i32, indices: usize, order: usize, values: usize,
  b: usize, bRow: usize, out: usize,
): void {
  const zero = f64x2.splat(0)
  let s0 = zero, s1 = zero, s2 = zero, s3 = zero, s4 = zero, s5 = zero, s6 = zero, s7 = zero
  for (let e = start; e < end; e++) {
    const from = b + <usize>index(indices, e) * bRow
    const factor = v128.load64_splat(values + (<usize>(permuted ? index(order, e) : e) << 3))
    s0 = multiplyAdd(factor, half ? v128.load64_zero(from) : v128.load(from), s0)
    if (vectors > 1) s1 = multiplyAdd(factor, v128.load(from, 16), s1)
    if (vectors > 2) s2 = multiplyAdd(factor, v128.load(from, 32), s2)
    if (vectors > 3) s3 = multiplyAdd(factor, v128.load(from, 48), s3)
    if (vectors > 4) s4 = multiplyAdd(factor, v128.load(from, 64), s4)
    if (vectors > 5) s5 = multiplyAdd(factor, v128.load(from, 80), s5)
    if (vectors > 6) s6 = multiplyAdd(factor, v128.load(from, 96), s6)
    if (vectors > 7) s7 = multiplyAdd(factor, v128.load(from, 112), s7)
  }
  if (half) v128.store64_lane(out, s0, 0)
  else v128.store(out, s0)
  if (vectors > 1) v128.store(out, s1, 16)
  if (vectors > 2) v128.store(out, s2, 32)
  if (vectors > 3) v128.store(out, s3, 48)
  if (vectors > 4) v128.store(out, s4, 64)
  if (vectors > 5) v128.store(out, s5, 80)
  if (vectors > 6) v128.store(out, s6, 96)
  if (vectors > 7) v128.store(out, s7, 112)
}

/** One strip of columns of S·B for all rows: B's strip stays in the nearest cache. The first three are constants. */
// @ts-ignore: decorator
@inline
function strip(
  vectors: i32, half: bool, permuted: bool, m: i32, starts: usize, indices: usize, order: usize, values: usize,
  b: usize, bRow: usize, out: usize, outRow: usize,
): void {
  let start = index(starts, 0)
  for (let i = 1; i <= m; i++) {
    const end = index(starts, i)
    gather(vectors, half, permuted, start, end, indices, order, values, b, bRow, out)
    out += outRow
    start = end
  }
}

// The widest strips, in vectors, that engines still keep in registers: values in place, values by `order`.
const WIDEST: i32 = 8
const WIDEST_PERMUTED: i32 = 7

// @ts-ignore: decorator
@inline
function gatherAll(
  permuted: bool, m: i32, k: i32, starts: usize, indices: usize, order: usize, values: usize, b: usize, out: usize,
  row: usize,
): void {
  let left = k >> 1
  const widest = permuted ? WIDEST_PERMUTED : WIDEST
  let strips = (left + widest - 1) / widest
  for (; strips > 0; strips--) {
    const vectors = (left + strips - 1) / strips // even widths: a narrow last strip would be slow
    if (vectors == 8) strip(8, false, permuted, m, starts, indices, order, values, b, row, out, row)
    else if (vectors == 7) strip(7, false, permuted, m, starts, indices, order, values, b, row, out, row)
    else if (vectors == 6) strip(6, false, permuted, m, starts, indices, order, values, b, row, out, row)
    else if (vectors == 5) strip(5, false, permuted, m, starts, indices, order, values, b, row, out, row)
    else if (vectors == 4) strip(4, false, permuted, m, starts, indices, order, values, b, row, out, row)
    else if (vectors == 3) strip(3, false, permuted, m, starts, indices, order, values, b, row, out, row)
    else if (vectors == 2) strip(2, false, permuted, m, starts, indices, order, values, b, row, out, row)
    else strip(1, false, permuted, m, starts, indices, order, values, b, row, out, row)
    left -= vectors
    b += <usize>vectors << 4
    out += <usize>vectors << 4
  }
  if (k & 1) strip(1, true, permuted, m, starts, indices, order, values, b, row, out, row)
}

// Strips of a B that the nearest cache does not hold are copied side by side first: rows far apart, and a power of two apart
// above all, compete for the same cache sets. The copy pays when each row of it is used several times.
const PACKED_FROM: i32 = 14_000 // numbers in B
const PACKED_USES: i32 = 6 // entries a row of B
const PACKED_VECTORS: i32 = 6 // columns of a strip, two a vector
const PACKED_BYTES: i32 = PACKED_VECTORS * 16
const MOST_PACKED: i32 = 2048 // rows of B
const packed: usize = memory.data(MOST_PACKED * PACKED_BYTES, 64)

function packs(n: i32, k: i32, entries: i32): bool {
  return n <= MOST_PACKED && n * k >= PACKED_FROM && entries >= PACKED_USES * n
}

/**
 * Twelve columns of S·B through the copy. Exported for no caller: the optimiser would inline the only call of it, and in the
 * larger function engines run out of registers.
 */
export function packedStrip(
  m: i32, n: i32, starts: usize, indices: usize, values: usize, b: usize, bRow: usize, out: usize, outRow: usize,
): void {
  let to = packed
  for (let i = 0; i < n; i++) {
    for (let v = 0; v < PACKED_BYTES; v += 16) v128.store(to + v, v128.load(b + v))
    to += PACKED_BYTES
    b += bRow
  }
  strip(PACKED_VECTORS, false, false, m, starts, indices, 0, values, packed, PACKED_BYTES, out, outRow)
}

/** out (m×k) = S·B with S m×n and B n×k. Sᵀ·B too, given the pattern by columns and values in that order. */
export function sparseTimes(
  m: i32, n: i32, k: i32, rowStarts: usize, columns: usize, values: usize, b: usize, out: usize,
): void {
  const row = <usize>k << 3
  if (packs(n, k, index(rowStarts, m))) {
    for (; k >= 2 * PACKED_VECTORS; k -= 2 * PACKED_VECTORS) {
      packedStrip(m, n, rowStarts, columns, values, b, row, out, row)
      b += PACKED_BYTES
      out += PACKED_BYTES
    }
  }
  gatherAll(false, m, k, rowStarts, columns, 0, values, b, out, row)
}

/** out (n×k) = Sᵀ·B with S m×n and B m×k. */
export function sparseTransposeTimes(
  m: i32, n: i32, k: i32, columnStarts: usize, rows: usize, order: usize, values: usize, b: usize, out: usize,
): void {
  gatherAll(true, n, k, columnStarts, rows, order, values, b, out, <usize>k << 3)
}
