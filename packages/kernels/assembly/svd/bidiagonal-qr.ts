// The implicit QR iteration for the singular values of an upper bidiagonal matrix (diagonal d, superdiagonal e), to high
// relative accuracy (Demmel & Kahan 1990): every e that is set to zero moves no singular value by more than TOLERANCE
// of itself, and whenever a shift could spoil the smallest ones the sweep goes without.
import { DONE, isFiniteNumber, NOT_CONVERGED } from '../scaling'
import { closeBatch, fits } from '../rotations'
import { downward, downwardWithoutShift, upward, upwardWithoutShift } from './sweeps'

const EPSILON: f64 = 1.1102230246251565e-16 // unit roundoff
const TOLERANCE: f64 = 16 * EPSILON
/** Superdiagonal entries below it are taken for zero. */
export const UNDERFLOW: f64 = 1e-300 // times the size of d and e, which the caller has scaled to about 1
const SWEEPS_A_VALUE: i32 = 40 // usual: 2

// @ts-ignore: decorator
@inline
function at(x: usize, i: i32): f64 {
  return load<f64>(x + (<usize>i << 3))
}

// @ts-ignore: decorator
@inline
function clear(e: usize, i: i32): void {
  store<f64>(e + (<usize>i << 3), 0)
}

// Smaller singular value of (f g; 0 h), to full relative accuracy.
function smallerOfTwo(f: f64, g: f64, h: f64): f64 {
  const fa = abs(f), ga = abs(g), ha = abs(h)
  const least = min(fa, ha)
  const most = max(fa, ha)
  if (least == 0) return 0
  const ratio = 1 + least / most
  const spread = (most - least) / most
  if (ga < most) {
    const u = (ga / most) * (ga / most)
    return least * (2 / (sqrt(ratio * ratio + u) + sqrt(spread * spread + u)))
  }
  const u = most / ga
  if (u == 0) return (least * most) / ga
  const c = 1 / (sqrt(1 + ratio * u * (ratio * u)) + sqrt(1 + spread * u * (spread * u)))
  return 2 * (least * c * u)
}

// Lower bound of the smallest singular value over √n (Demmel & Kahan 1990, section 2).
function lowerBound(d: usize, e: usize, n: i32): f64 {
  let mu = abs(at(d, 0))
  let least = mu
  for (let i = 1; i < n && least > 0; i++) {
    mu = abs(at(d, i)) * (mu / (mu + abs(at(e, i - 1))))
    least = min(least, mu)
  }
  return least / sqrt(<f64>n)
}

let smallest: f64 = 0 // estimate of the smallest singular value of a block, by `deflate`

// The two convergence criteria of Demmel & Kahan for a block, in the direction of the sweep: sets a negligible e to zero
// and returns true, or returns false and leaves an estimate in `smallest`.
function deflate(d: usize, e: usize, first: i32, last: i32, down: bool): bool {
  const end = down ? last - 1 : first
  if (abs(at(e, end)) <= TOLERANCE * abs(at(d, down ? last : first))) {
    clear(e, end)
    return true
  }
  const step = down ? 1 : -1
  let mu = abs(at(d, down ? first : last))
  smallest = mu
  for (let i = down ? first : last - 1; i >= first && i < last; i += step) {
    const size = abs(at(e, i))
    if (size <= TOLERANCE * mu) {
      clear(e, i)
      return true
    }
    mu = abs(at(d, down ? i + 1 : i)) * (mu / (mu + size))
    smallest = min(smallest, mu)
  }
  return false
}

function shiftFor(d: usize, e: usize, n: i32, first: i32, last: i32, down: bool, largest: f64): f64 {
  if (<f64>n * TOLERANCE * (smallest / largest) <= EPSILON) return 0
  const i = down ? last - 1 : first
  const shift = smallerOfTwo(at(d, i), at(e, i), at(d, i + 1))
  const far = abs(at(d, down ? first : last))
  return far > 0 && (shift / far) * (shift / far) < EPSILON ? 0 : shift
}

function sweep(d: usize, e: usize, first: i32, last: i32, down: bool, shift: f64, recording: bool): void {
  if (shift == 0) {
    if (down) downwardWithoutShift(d, e, first, last, recording)
    else upwardWithoutShift(d, e, first, last, recording)
  } else {
    if (down) downward(d, e, first, last, shift, recording)
    else upward(d, e, first, last, shift, recording)
  }
}

/**
 * Diagonalises B (n×n) in place: |d| become the singular values, unordered and with signs. With `recording`, the rotations go
 * through the open batch to the strips `left` (n rows, leftColumns) and `right`. Returns DONE or NOT_CONVERGED.
 */
export function diagonalise(
  d: usize, e: usize, n: i32, recording: bool, left: usize, leftColumns: i32, right: usize, rightColumns: i32,
): i32 {
  const threshold = max(TOLERANCE * lowerBound(d, e, n), UNDERFLOW)
  if (!isFiniteNumber(threshold)) return NOT_CONVERGED
  let budget = SWEEPS_A_VALUE * n
  let last = n - 1
  let down = true
  let blockFirst = -1 // the block whose direction is chosen
  let blockLast = -1
  while (last > 0) {
    let first = last
    let largest = abs(at(d, last))
    for (; first > 0; first--) {
      const size = abs(at(e, first - 1))
      if (size <= threshold) {
        clear(e, first - 1)
        break
      }
      largest = max(largest, max(size, abs(at(d, first - 1))))
    }
    if (first == last) {
      last -= 1
      continue
    }
    if (first > blockLast || last < blockFirst) down = abs(at(d, first)) >= abs(at(d, last))
    blockFirst = first
    blockLast = last
    if (deflate(d, e, first, last, down)) continue
    if (budget-- == 0) break
    if (recording && !fits(last - first)) closeBatch(left, leftColumns, right, rightColumns, n)
    sweep(d, e, first, last, down, shiftFor(d, e, n, first, last, down, largest), recording)
  }
  if (recording) closeBatch(left, leftColumns, right, rightColumns, n)
  return last > 0 ? NOT_CONVERGED : DONE
}
