// Singular value decomposition of any m×n matrix, never through a Gram matrix: Householder bidiagonalisation, after a QR
// factorisation when the matrix is much longer than wide (Chan 1982), then the implicit QR iteration or, for values alone,
// dqds. Everything is done on a panel of N columns of length M ≥ N: the columns of A, or its rows when m < n, which swaps U and V.
import { transposeStrided } from '../products'
import { factorColumns } from '../qr'
import { applyBackward, generate } from '../reflector-panel'
import { fours, padded } from '../reflectors'
import { DONE, isFiniteNumber, largest, NOT_FINITE, scaleBy, unitScale } from '../scaling'
import { openScratch, take, taken, takeZeroed } from '../scratch'
import { bidiagonalise, bidiagonaliseScratch, columnsToBidiagonalise } from './bidiagonalise'
import { diagonalise } from './bidiagonal-qr'
import { dqds, dqdsScratch } from './dqds'
import { leadsNegative, negate, sortWithOrder } from '../order'
import { batchBytes, openBatch } from '../rotations'
import { fromStrips, stripsBytes, toStrips } from '../strips'

const BATCH: i32 = 32 // sweeps over the whole matrix that one batch of rotations holds

// @ts-ignore: decorator
@inline
function isTall(m: i32, n: i32): bool {
  return 3 * m > 5 * n // where the operation counts of both ways cross
}

function panelBytes(count: i32, length: i32): usize {
  return (<usize>fours(count) * <usize>padded(length)) << 3
}

function columnsBytes(m: i32, n: i32): usize {
  return (<usize>columnsToBidiagonalise(n) * <usize>padded(m)) << 3
}

/** Bytes of scratch that `svdValues` needs. */
export function svdValuesScratch(m: i32, n: i32): usize {
  const long = max(m, n)
  const short = min(m, n)
  const tall = isTall(long, short) ? panelBytes(short, long) + columnsBytes(short, short) + (<usize>short << 3) : 0
  return columnsBytes(long, short) + tall + bidiagonaliseScratch(long, short) + dqdsScratch(short) + (<usize>short << 5) + 9 * taken(0)
}

/** Bytes of scratch that `svd` needs. */
export function svdScratch(m: i32, n: i32): usize {
  const long = max(m, n)
  const short = min(m, n)
  return svdValuesScratch(m, n) + max(panelBytes(short, long), stripsBytes(short, long)) +
    max(panelBytes(short, short), stripsBytes(short, short)) + panelBytes(short, short) +
    batchBytes(2 * BATCH, BATCH * short) + (<usize>short << 5) + 7 * taken(0)
}

let panel: usize = 0 // the columns, then the left vectors

// Copies A, scaled, into a zeroed panel of its longer side.
function loadColumns(a: usize, m: i32, n: i32, scale: f64): void {
  const long = max(m, n)
  const short = min(m, n)
  panel = takeZeroed(columnsBytes(long, short))
  const stride = <usize>padded(long) << 3
  if (m >= n) {
    transposeStrided(panel, stride, a, <usize>n << 3, m, n)
  } else {
    for (let i = 0; i < m; i++) memory.copy(panel + <usize>i * stride, a + ((<usize>i * <usize>n) << 3), <usize>n << 3)
  }
  scaleBy(panel, <i32>((stride * short) >> 3), scale)
}

let reflectors: usize = 0 // of the QR factorisation of a tall panel
let taus: usize = 0

// Factors the panel and makes a panel of the columns of R instead.
function reduceToTriangle(long: i32, short: i32): usize {
  reflectors = takeZeroed(panelBytes(short, long))
  taus = take(<usize>short << 3)
  factorColumns(panel, reflectors, taus, long, short)
  const triangle = takeZeroed(columnsBytes(short, short))
  for (let j = 0; j < short; j++) {
    memory.copy(triangle + <usize>j * (<usize>padded(short) << 3), panel + <usize>j * (<usize>padded(long) << 3), <usize>(j + 1) << 3)
  }
  return triangle
}

/**
 * Singular values of a (m×n, not changed), descending, to s (min(m, n) of them). Returns DONE, NOT_FINITE or NOT_CONVERGED.
 * Errors are a small multiple of ε·σ_max.
 */
export function svdValues(a: usize, m: i32, n: i32, s: usize, scratch: usize): i32 {
  if (m == 0 || n == 0) return DONE
  const size = largest(a, m * n)
  if (!isFiniteNumber(size)) return NOT_FINITE
  const long = max(m, n)
  const short = min(m, n)
  const scale = unitScale(size)
  openScratch(scratch)
  loadColumns(a, m, n, scale)
  const tall = isTall(long, short)
  const columns = tall ? reduceToTriangle(long, short) : panel
  const length = tall ? short : long
  const e = take(<usize>short << 3)
  bidiagonalise(columns, length, short, s, e, false, 0, 0, 0, 0, take(bidiagonaliseScratch(length, short)))
  const values = take(<usize>short << 3)
  let status = DONE
  if (dqds(s, e, short, values, take(dqdsScratch(short)))) memory.copy(s, values, <usize>short << 3)
  else status = diagonalise(s, e, short, false, 0, 0, 0, 0)
  for (let k = 0; k < short; k++) store<f64>(s + (<usize>k << 3), abs(load<f64>(s + (<usize>k << 3))) / scale)
  sortWithOrder(s, take(<usize>short << 2), short, true)
  return status
}

/**
 * Thin SVD of a (m×n, not changed), k = min(m, n): U (m×k) and V (n×k) with orthonormal columns, s (k) descending. Of the
 * two signs of a pair (u, v) the one where the largest entry of u is positive. Returns DONE, NOT_FINITE or NOT_CONVERGED.
 */
export function svd(a: usize, m: i32, n: i32, u: usize, s: usize, v: usize, scratch: usize): i32 {
  if (m == 0 || n == 0) return DONE
  const size = largest(a, m * n)
  if (!isFiniteNumber(size)) return NOT_FINITE
  const long = max(m, n)
  const short = min(m, n)
  const scale = unitScale(size)
  openScratch(scratch)
  loadColumns(a, m, n, scale)
  const tall = isTall(long, short)
  const columns = tall ? reduceToTriangle(long, short) : panel
  const length = tall ? short : long
  const e = take(<usize>short << 3)
  const tauLeft = take(<usize>short << 3)
  const tauRight = take(<usize>short << 3)
  const left = takeZeroed(max(panelBytes(short, length), stripsBytes(short, length)))
  const right = takeZeroed(max(panelBytes(short, short), stripsBytes(short, short)))
  const rightVectors = take(panelBytes(short, short))
  bidiagonalise(
    columns, length, short, s, e, true, left, tauLeft, right, tauRight, take(bidiagonaliseScratch(length, short)),
  )
  generate(columns, short, left, tauLeft, short, 0, length)
  generate(rightVectors, short, right, tauRight, short - 1, 1, short)
  toStrips(left, columns, short, length)
  toStrips(right, rightVectors, short, short)
  openBatch(take(batchBytes(2 * BATCH, BATCH * short)), 2 * BATCH, BATCH * short)
  const status = diagonalise(s, e, short, true, left, length, right, short)
  arrange(s, columns, left, length, rightVectors, right, short)
  if (tall) extend(columns, long, short)
  chooseSigns(panel, long, rightVectors, short, short, m >= n)
  scaleBy(s, short, 1 / scale)
  const longRow = <usize>padded(long) << 3
  const shortRow = <usize>padded(short) << 3
  transposeStrided(m >= n ? u : v, <usize>short << 3, panel, longRow, short, long)
  transposeStrided(m >= n ? v : u, <usize>short << 3, rightVectors, shortRow, short, short)
  return status
}

// Makes the values positive and sorts them; vectors follow, from the strips to the panels.
function arrange(s: usize, left: usize, leftStrips: usize, length: i32, right: usize, rightStrips: usize, count: i32): void {
  const order = take(<usize>count << 2)
  const signs = take(<usize>count << 3)
  for (let k = 0; k < count; k++) {
    const value = load<f64>(s + (<usize>k << 3))
    store<f64>(signs + (<usize>k << 3), value)
    store<f64>(s + (<usize>k << 3), abs(value))
  }
  sortWithOrder(s, order, count, true)
  fromStrips(left, leftStrips, order, count, length)
  fromStrips(right, rightStrips, order, count, count)
  for (let k = 0; k < count; k++) {
    const from = <usize>load<i32>(order + (<usize>k << 2))
    if (load<f64>(signs + (from << 3)) < 0) negate(right + <usize>k * (<usize>padded(count) << 3), count)
  }
}

// Left vectors of R to left vectors of the tall panel: x ← Q(x; 0).
function extend(columns: usize, long: i32, short: i32): void {
  const stride = <usize>padded(long) << 3
  memory.fill(panel, 0, panelBytes(short, long))
  for (let k = 0; k < short; k++) {
    memory.copy(panel + <usize>k * stride, columns + <usize>k * (<usize>padded(short) << 3), <usize>short << 3)
  }
  applyBackward(panel, fours(short), reflectors, taus, 0, short, 0, long)
}

function chooseSigns(long: usize, longLength: i32, short: usize, shortLength: i32, count: i32, longIsU: bool): void {
  for (let k = 0; k < count; k++) {
    const x = long + <usize>k * (<usize>padded(longLength) << 3)
    const y = short + <usize>k * (<usize>padded(shortLength) << 3)
    if (longIsU ? leadsNegative(x, longLength) : leadsNegative(y, shortLength)) {
      negate(x, longLength)
      negate(y, shortLength)
    }
  }
}
