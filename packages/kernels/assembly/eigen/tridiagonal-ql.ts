// The implicit QL and QR iterations for the eigenvalues of a symmetric tridiagonal matrix (diagonal d, off-diagonal e), with
// Wilkinson's shift (Bowdler, Martin, Reinsch & Wilkinson 1968; Parlett 1980, chapter 8): QL or QR, whichever chases from the
// end of larger entries to that of smaller ones.
import { closeBatch, fits, leftSweep, openSweep, signedLength } from '../rotations'
import { DONE, NOT_CONVERGED } from '../scaling'

const EPSILON: f64 = 1.1102230246251565e-16 // unit roundoff
const UNDERFLOW: f64 = 1e-300
const SWEEPS_A_VALUE: i32 = 40 // usual: 1.7

// @ts-ignore: decorator
@inline
function at(x: usize, i: i32): f64 {
  return load<f64>(x + (<usize>i << 3))
}

// @ts-ignore: decorator
@inline
function set(x: usize, i: i32, value: f64): void {
  store<f64>(x + (<usize>i << 3), value)
}

// @ts-ignore: decorator
@inline
function record(i: i32, c: f64, s: f64): void {
  store<f64>(leftSweep + (<usize>i << 4), c)
  store<f64>(leftSweep + (<usize>i << 4), s, 8)
}

function negligible(d: usize, e: usize, i: i32): bool {
  const size = abs(at(e, i))
  return size * size <= EPSILON * abs(at(d, i)) * (EPSILON * abs(at(d, i + 1))) + UNDERFLOW
}

// Distance of `far` from the shift, which is the eigenvalue nearest to `near` of the block (near, off; off, next).
function distanceFromShift(near: f64, off: f64, next: f64, far: f64): f64 {
  const g = (next - near) / (2 * off)
  return far - near + off / (g + signedLength(g, 1))
}

// QL sweep: from last up to first, where the eigenvalue converges.
function upward(d: usize, e: usize, first: i32, last: i32, recording: bool): void {
  let g = distanceFromShift(at(d, first), at(e, first), at(d, first + 1), at(d, last))
  let c = 1.0
  let s = 1.0
  let p = 0.0
  if (recording) openSweep(first, last - first, false)
  for (let i = last - 1; i >= first; i--) {
    const f = s * at(e, i)
    const b = c * at(e, i)
    let r = signedLength(g, f)
    c = r == 0 ? 1.0 : g / r
    s = r == 0 ? 0.0 : f / r
    if (i + 1 < last) set(e, i + 1, r)
    g = at(d, i + 1) - p
    r = (at(d, i) - g) * s + 2 * c * b
    p = s * r
    set(d, i + 1, g + p)
    g = c * r - b
    if (recording) record(i - first, c, -s)
  }
  set(d, first, at(d, first) - p)
  set(e, first, g)
}

// QR sweep: from first down to last, where the eigenvalue converges.
function downward(d: usize, e: usize, first: i32, last: i32, recording: bool): void {
  let g = distanceFromShift(at(d, last), at(e, last - 1), at(d, last - 1), at(d, first))
  let c = 1.0
  let s = 1.0
  let p = 0.0
  if (recording) openSweep(first, last - first, true)
  for (let i = first; i < last; i++) {
    const f = s * at(e, i)
    const b = c * at(e, i)
    let r = signedLength(g, f)
    c = r == 0 ? 1.0 : g / r
    s = r == 0 ? 0.0 : f / r
    if (i > first) set(e, i - 1, r)
    g = at(d, i) - p
    r = (at(d, i + 1) - g) * s + 2 * c * b
    p = s * r
    set(d, i, g + p)
    g = c * r - b
    if (recording) record(i - first, c, s)
  }
  set(d, last, at(d, last) - p)
  set(e, last - 1, g)
}

/**
 * Diagonalises T (n×n) in place: d becomes the eigenvalues, unordered. With `recording`, the rotations go through the open batch to
 * the strips `vectors` (n rows, `columns` columns). Returns DONE or NOT_CONVERGED.
 */
export function diagonaliseSymmetric(
  d: usize, e: usize, n: i32, recording: bool, vectors: usize, columns: i32,
): i32 {
  let budget = SWEEPS_A_VALUE * n
  let blockFirst = 0 // the unreduced block being worked on, and its direction
  let blockLast = -1
  let down = true
  let last = n - 1
  while (last > 0) {
    if (negligible(d, e, last - 1)) {
      set(e, last - 1, 0)
      last -= 1
      continue
    }
    let first = last - 1
    while (first > 0 && !negligible(d, e, first - 1)) first -= 1
    if (first > 0) set(e, first - 1, 0)
    if (first > blockLast || last < blockFirst) down = abs(at(d, first)) >= abs(at(d, last))
    blockFirst = first
    blockLast = last
    if (budget-- == 0) break
    if (recording && !fits(last - first)) closeBatch(vectors, columns, 0, 0, n)
    if (down) downward(d, e, first, last, recording)
    else upward(d, e, first, last, recording)
  }
  if (recording) closeBatch(vectors, columns, 0, 0, n)
  return last > 0 ? NOT_CONVERGED : DONE
}
