// The entries of a product A·B that a sparsity pattern names (int32, by rows: rowStarts[m+1], columns[nnz]).
import { fold } from './dots'
import { multiplyAdd } from './simd'

/** The e-th of an array of int32. */
// @ts-ignore: decorator
@inline
export function index(p: usize, e: i32): i32 {
  return load<i32>(p + (<usize>e << 2))
}

/** `count` (1, 2 or 3, a constant) entries of one row of A·Bᵀ: dots of row `a` with the rows of B that `columns` names. */
// @ts-ignore: decorator
@inline
function dots(count: i32, k: i32, a: usize, b: usize, bRow: usize, columns: usize, out: usize): void {
  const zero = f64x2.splat(0)
  // Two sums for each entry hide the latency of the multiply-add; every count adds in the same order. Three entries are
  // what fits into 15 registers: engines load a loop's operands before they multiply.
  let s0 = zero, s1 = zero, s2 = zero, t0 = zero, t1 = zero, t2 = zero
  let b0 = b + <usize>load<i32>(columns) * bRow
  let b1 = count > 1 ? b + <usize>load<i32>(columns, 4) * bRow : 0
  let b2 = count > 2 ? b + <usize>load<i32>(columns, 8) * bRow : 0
  const end = a + (<usize>(k >> 2) << 5)
  while (a < end) {
    const x = v128.load(a)
    const y = v128.load(a, 16)
    s0 = multiplyAdd(x, v128.load(b0), s0)
    t0 = multiplyAdd(y, v128.load(b0, 16), t0)
    if (count > 1) {
      s1 = multiplyAdd(x, v128.load(b1), s1)
      t1 = multiplyAdd(y, v128.load(b1, 16), t1)
      b1 += 32
    }
    if (count > 2) {
      s2 = multiplyAdd(x, v128.load(b2), s2)
      t2 = multiplyAdd(y, v128.load(b2, 16), t2)
      b2 += 32
    }
    a += 32
    b0 += 32
  }
  if (k & 2) {
    const x = v128.load(a)
    s0 = multiplyAdd(x, v128.load(b0), s0)
    if (count > 1) s1 = multiplyAdd(x, v128.load(b1), s1)
    if (count > 2) s2 = multiplyAdd(x, v128.load(b2), s2)
    a += 16
    b0 += 16
    if (count > 1) b1 += 16
    if (count > 2) b2 += 16
  }
  if (k & 1) {
    const y = v128.load64_zero(a)
    t0 = multiplyAdd(y, v128.load64_zero(b0), t0)
    if (count > 1) t1 = multiplyAdd(y, v128.load64_zero(b1), t1)
    if (count > 2) t2 = multiplyAdd(y, v128.load64_zero(b2), t2)
  }
  const first = fold(f64x2.add(s0, t0), count > 1 ? f64x2.add(s1, t1) : zero)
  if (count == 1) v128.store64_lane(out, first, 0)
  else v128.store(out, first)
  if (count > 2) v128.store64_lane(out, fold(f64x2.add(s2, t2), zero), 0, 16)
}

/** out_e = Σ_l A[i_e, l]·B[j_e, l] for A m×k and B n×k: every product of rows that the pattern names. */
function sampledRows(m: i32, k: i32, rowStarts: usize, columns: usize, a: usize, b: usize, out: usize): void {
  const row = <usize>k << 3
  let e = index(rowStarts, 0)
  for (let i = 1; i <= m; i++) {
    const end = index(rowStarts, i)
    for (; e + 3 <= end; e += 3) dots(3, k, a, b, row, columns + (<usize>e << 2), out + (<usize>e << 3))
    if (e + 2 == end) dots(2, k, a, b, row, columns + (<usize>e << 2), out + (<usize>e << 3))
    else if (e < end) dots(1, k, a, b, row, columns + (<usize>e << 2), out + (<usize>e << 3))
    e = end
    a += row
  }
}

/** out_e = Σ_l A[i_e, l]·B[l, j_e] for A m×k and B k×n: columns of B have to be gathered, two entries at a time. */
function sampledColumns(m: i32, n: i32, k: i32, rowStarts: usize, columns: usize, a: usize, b: usize, out: usize): void {
  const bRow = <usize>n << 3
  let e = index(rowStarts, 0)
  for (let i = 1; i <= m; i++) {
    const end = index(rowStarts, i)
    for (; e < end; e += 2) {
      const both = e + 1 < end
      let b0 = b + (<usize>index(columns, e) << 3)
      let b1 = both ? b + (<usize>index(columns, e + 1) << 3) : b0
      let sum = f64x2.splat(0)
      for (let l = 0; l < k; l++) {
        const pair = v128.load64_lane(b1, v128.load64_zero(b0), 1)
        sum = multiplyAdd(v128.load64_splat(a + (<usize>l << 3)), pair, sum)
        b0 += bRow
        b1 += bRow
      }
      const to = out + (<usize>e << 3)
      if (both) v128.store(to, sum)
      else v128.store64_lane(to, sum, 0)
    }
    e = end
    a += <usize>k << 3
  }
}

/**
 * out_e = Σ_l A[i_e, l]·B[l, j_e] for every entry e of the pattern, A m×k. B is k×n, or n×k when `transB`: the faster
 * form, for then both factors are contiguous.
 */
export function sampledProduct(
  transB: i32, m: i32, n: i32, k: i32, rowStarts: usize, columns: usize, a: usize, b: usize, out: usize,
): void {
  if (transB) sampledRows(m, k, rowStarts, columns, a, b, out)
  else sampledColumns(m, n, k, rowStarts, columns, a, b, out)
}
