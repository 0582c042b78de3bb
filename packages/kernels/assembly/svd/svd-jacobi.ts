// Singular value decomposition by one-sided Jacobi after a pivoted QR factorisation (Drmač & Veselić 2008, "New fast and accurate
// Jacobi SVD algorithm"): slower than svd.ts, but for A = B·D with any diagonal D each singular value comes within a modest
// multiple of ε·κ(B) of itself, however small; likewise for A = D·B, since the rows are sorted by size first, which makes
// the QR factorisation stable row by row as well (Cox & Higham 1998). From A P = Q R and Rᵀ J = W Σ follows A = (Q J) Σ (P W)ᵀ.
import { applyBackward, generate } from '../reflector-panel'
import { factorColumns } from '../qr'
import { fours, padded } from '../reflectors'
import { DONE, isFiniteNumber, largest, NOT_FINITE } from '../scaling'
import { openScratch, take, taken, takeZeroed } from '../scratch'
import { orthogonaliseColumns } from './jacobi'
import { sortWithOrder } from '../order'
import { factorPivoted } from './pivoted-qr'

// The largest entry is brought to about 2^480, which leaves room for sums of squares above and for entries 1e−440 times as
// small below. Matrices of wider range go to 2^1000, where norms take a slower way around overflow and products
// with reflectors (of norm ≤ √2) still have room: there entries down to 1e−600 of the largest keep all their digits.
const USUAL_EXPONENT: u64 = 480
const USUAL_RANGE: f64 = 1e-220 // square root of the range
const WIDE_EXPONENT: u64 = 1000

function sizeOf(count: i32, length: i32): usize {
  return (<usize>fours(count) * <usize>padded(length)) << 3
}

/** Bytes of scratch that `svdJacobi` needs. */
export function svdJacobiScratch(m: i32, n: i32): usize {
  const long = max(m, n)
  const short = min(m, n)
  return 2 * sizeOf(short, long) + 4 * sizeOf(short, short) + (<usize>(long + 8 * short) << 3) + 13 * taken(0)
}

function at(a: usize, index: i32): usize {
  return a + (<usize>index << 3)
}

/**
 * Thin SVD of a (m×n, not changed), k = min(m, n): U (m×k), s (k) descending, V (n×k), signs as in `svd`. Returns DONE, NOT_FINITE
 * or NOT_CONVERGED.
 */
export function svdJacobi(a: usize, m: i32, n: i32, u: usize, s: usize, v: usize, scratch: usize): i32 {
  if (m == 0 || n == 0) return DONE
  const size = largest(a, m * n)
  if (!isFiniteNumber(size)) return NOT_FINITE
  const long = max(m, n)
  const short = min(m, n)
  // entry (i, j) of the panel's matrix stands at index i·longStep + j·shortStep of A, i running along the longer side
  const longStep = m >= n ? n : 1
  const shortStep = m >= n ? 1 : n
  openScratch(scratch)
  const columns = takeZeroed(sizeOf(short, long))
  const reflectors = take(max(sizeOf(short, long), <usize>long << 3))
  const triangle = takeZeroed(sizeOf(short, short))
  const rotations = takeZeroed(sizeOf(short, short))
  const taus = take(<usize>short << 3)
  const lengths = take(<usize>short << 3)
  const rowOrder = take(<usize>long << 2)
  const columnOrder = take(<usize>short << 2)
  const exponents = take(<usize>short << 2)
  const places = take(<usize>short << 2)

  const scale = scaleFor(a, m * n, size)
  sortRows(a, long, short, longStep, shortStep, reflectors, rowOrder)
  memory.fill(reflectors, 0, sizeOf(short, long))
  const longStride = <usize>padded(long) << 3
  for (let i = 0; i < long; i++) {
    const row = load<i32>(rowOrder + (<usize>i << 2)) * longStep
    for (let j = 0; j < short; j++) {
      store<f64>(columns + <usize>j * longStride + (<usize>i << 3), scale * load<f64>(at(a, row + j * shortStep)))
    }
  }
  factorPivoted(columns, reflectors, taus, columnOrder, lengths, long, short)
  const stride = <usize>padded(short) << 3
  for (let j = 0; j < short; j++) {
    for (let i = 0; i <= j; i++) {
      store<f64>(at(triangle + <usize>i * stride, j), load<f64>(at(columns + <usize>j * longStride, i)))
    }
    store<f64>(at(rotations + <usize>j * stride, j), 1)
  }
  const status = orthogonaliseColumns(triangle, rotations, short, lengths, exponents, places)
  finish(triangle, short, lengths, exponents, places, s, scale)

  // left vectors: Q applied to the rotations; columns of the panel in the order of the values
  memory.fill(columns, 0, sizeOf(short, long))
  for (let k = 0; k < short; k++) {
    const from = <usize>load<i32>(places + (<usize>k << 2)) * stride
    memory.copy(columns + <usize>k * longStride, rotations + from, <usize>short << 3)
  }
  applyBackward(columns, fours(short), reflectors, taus, 0, short, 0, long)
  const longOut = m >= n ? u : v
  const shortOut = m >= n ? v : u
  for (let k = 0; k < short; k++) {
    const x = columns + <usize>k * longStride
    const y = triangle + <usize>load<i32>(places + (<usize>k << 2)) * stride
    for (let i = 0; i < long; i++) store<f64>(at(longOut, load<i32>(rowOrder + (<usize>i << 2)) * short + k), load<f64>(at(x, i)))
    for (let i = 0; i < short; i++) store<f64>(at(shortOut, load<i32>(columnOrder + (<usize>i << 2)) * short + k), load<f64>(at(y, i)))
  }
  chooseSigns(u, m, v, n, short)
  return status
}

function scaleFor(a: usize, count: i32, size: f64): f64 {
  if (size == 0) return 1
  const least = USUAL_RANGE * size
  let target = USUAL_EXPONENT
  for (let i = 0; i < count; i++) {
    const entry = abs(load<f64>(at(a, i)))
    if (entry > 0 && entry * (1 / USUAL_RANGE) < least) target = WIDE_EXPONENT
  }
  const exponent = (reinterpret<u64>(size) >> 52) & 0x7ff
  return reinterpret<f64>(min<u64>(2046 + target - exponent, 2046) << 52)
}

// Orders the rows of the panel's matrix by their largest entry, descending; `sizes` is scratch for `long` doubles.
function sortRows(a: usize, long: i32, short: i32, longStep: i32, shortStep: i32, sizes: usize, order: usize): void {
  for (let i = 0; i < long; i++) {
    let size = 0.0
    for (let j = 0; j < short; j++) size = max(size, abs(load<f64>(at(a, i * longStep + j * shortStep))))
    store<f64>(at(sizes, i), size)
  }
  sortWithOrder(sizes, order, long, true)
}

// From orthogonal columns to orthonormal ones, `places` their order by value, and the values.
function finish(
  x: usize, n: i32, lengths: usize, exponents: usize, places: usize, s: usize, scale: f64,
): void {
  const stride = <usize>padded(n) << 3
  let rank = 0
  for (let p = 0; p < n; p++) {
    const length = load<f64>(at(lengths, p))
    const exponent = load<i32>(exponents + (<usize>p << 2))
    // in two steps, each exact unless the value itself is subnormal
    const half = exponent / 2
    const value = ((length * reinterpret<f64>(<u64>(1023 + half) << 52)) / scale) * reinterpret<f64>(<u64>(1023 + exponent - half) << 52)
    store<f64>(at(s, p), value)
    if (length > 0) {
      for (let i = 0; i < n; i++) store<f64>(at(x + <usize>p * stride, i), load<f64>(at(x + <usize>p * stride, i)) / length)
      rank += 1
    }
  }
  if (rank < n) complete(x, n, rank, lengths)
  sortWithOrder(s, places, n, true)
}

// Replaces the zero columns of x (those with lengths_p = 0) by an orthonormal basis of what the others do not span.
function complete(x: usize, n: i32, rank: i32, lengths: usize): void {
  const stride = <usize>padded(n) << 3
  const spare = takeZeroed(sizeOf(n, n))
  const reflectors = takeZeroed(sizeOf(n, n))
  const taus = take(<usize>n << 3)
  let count = 0
  for (let p = 0; p < n; p++) {
    if (load<f64>(at(lengths, p)) > 0) memory.copy(spare + <usize>(count++) * stride, x + <usize>p * stride, stride)
  }
  factorColumns(spare, reflectors, taus, n, rank)
  generate(spare, n, reflectors, taus, rank, 0, n)
  for (let p = 0; p < n; p++) {
    if (load<f64>(at(lengths, p)) == 0) memory.copy(x + <usize>p * stride, spare + <usize>(count++) * stride, stride)
  }
}

function chooseSigns(u: usize, m: i32, v: usize, n: i32, count: i32): void {
  for (let k = 0; k < count; k++) {
    let size = 0.0
    let negative = false
    for (let i = 0; i < m; i++) {
      const entry = load<f64>(at(u, i * count + k))
      if (abs(entry) > size) {
        size = abs(entry)
        negative = entry < 0
      }
    }
    if (!negative) continue
    for (let i = 0; i < m; i++) store<f64>(at(u, i * count + k), -load<f64>(at(u, i * count + k)))
    for (let i = 0; i < n; i++) store<f64>(at(v, i * count + k), -load<f64>(at(v, i * count + k)))
  }
}
