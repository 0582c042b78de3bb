// Singular values of an upper bidiagonal matrix by the differential quotient-difference algorithm with shifts, dqds (Fernando &
// Parlett 1994, "Accurate singular values and differential qd algorithms"). It works on the squares q_k = d_k² and e_k, takes
// one division and no root an entry, and subtracts nothing but the shift, so that values keep their relative accuracy as
// long as the shifted matrix stays positive definite, which each sweep tells by the signs of its pivots.
//
// Two arrays of pairs (q_k, e_k) take turns: a sweep reads one and writes the other, so that one with too large a shift is
// simply repeated. A value is the root of the last pivot plus the sum of the shifts.
import { isFiniteNumber } from '../scaling'

const EPSILON: f64 = 1.1102230246251565e-16 // unit roundoff
const NEGLIGIBLE: f64 = 16 * EPSILON * (16 * EPSILON) // of squares: 16ε of the singular value
const LEAST: f64 = 1e-280 // smaller squares are left to the QR iteration
const GAP: f64 = 0.85 // part of the estimated second eigenvalue that `nextShift` trusts
const SWEEPS_A_VALUE: i32 = 60 // usual: 4, and up to 15 when the vectors are localised

let from: usize = 0 // the array that holds the present pairs
let into: usize = 0
let size: f64 = 0 // no q exceeds it
let shifts: f64 = 0 // sum of the shifts of the present block, as shifts + shiftsLow
let shiftsLow: f64 = 0

// What the last sweep over a block met: its last two pivots, the least of those before either, the least e it wrote.
let lastPivot: f64 = 0
let pivotBefore: f64 = 0
let leastBefore: f64 = 0
let leastEarlier: f64 = 0
let leastOff: f64 = 0

// @ts-ignore: decorator
@inline
function q(k: i32): f64 {
  return load<f64>(from + (<usize>k << 4))
}

// @ts-ignore: decorator
@inline
function e(k: i32): f64 {
  return load<f64>(from + (<usize>k << 4), 8)
}

// One sweep over rows first … last (at least two) with shift tau, from `from` to `into`.
function sweep(first: i32, last: i32, tau: f64): void {
  let at = from + (<usize>first << 4)
  let to = into + (<usize>first << 4)
  const end = from + (<usize>last << 4)
  let off = load<f64>(at, 8)
  let pivot = load<f64>(at) - tau
  let before = pivot
  let least = Infinity
  let earlier = Infinity
  let smallestOff = Infinity
  for (; at < end; at += 16, to += 16) {
    earlier = least
    before = pivot
    least = min(least, pivot)
    const sum = pivot + off
    const ratio = load<f64>(at, 16) / sum
    const above = off * ratio
    store<f64>(to, sum)
    store<f64>(to, above, 8)
    smallestOff = min(smallestOff, above)
    off = load<f64>(at, 24)
    pivot = pivot * ratio - tau
  }
  store<f64>(to, pivot)
  store<f64>(to, off, 8)
  lastPivot = pivot
  pivotBefore = before
  leastBefore = least
  leastEarlier = earlier
  leastOff = smallestOff
}

// Adds a shift to the sum, keeping what that rounds off.
function addShift(tau: f64): void {
  const sum = shifts + tau
  shiftsLow += shifts > tau ? tau - (sum - shifts) : shifts - (sum - tau)
  shifts = sum
}

// Sweeps, with smaller shifts as long as pivots turn negative; gives the number of sweeps, or −1 when one without shift fails.
function advance(first: i32, last: i32, tau: f64): i32 {
  for (let attempt = 1; attempt < 10; attempt++) {
    sweep(first, last, tau)
    if (min(leastBefore, lastPivot) >= 0 && isFiniteNumber(leastBefore + lastPivot)) {
      const swapped = from
      from = into
      into = swapped
      if (tau > 0) addShift(tau)
      return attempt
    }
    if (tau == 0) return -1
    // a last pivot that alone is negative tells by how much the shift was too large
    const nearly = leastBefore > 0 && lastPivot < 0 && lastPivot > -0.5 * tau
    tau = attempt > 3 ? 0 : nearly ? (tau + lastPivot) * (1 - 4 * EPSILON) : 0.25 * tau
  }
  return -1
}

// A shift for the block first … last from what the last sweep over it met. The smallest eigenvalue is at most the last pivot γ.
// The vector z that B maps onto e_last has |z|² = 1 + a, where a sums the products of e_k/q_k upwards; its Rayleigh quotient is
// γ/(1+a), its residual γ√a/(1+a) (Parlett & Marques 2000, "An implementation of the dqds algorithm"). Minus the residual this is
// a safe shift when no other eigenvalue is as small, minus its square over the gap one that converges cubically.
function nextShift(first: i32, last: i32): f64 {
  if (lastPivot > leastBefore) return 0.25 * leastBefore
  let product = 1.0
  let a = 0.0
  for (let k = last - 1; k >= first; k--) {
    product *= e(k) / q(k)
    a += product
    if (a > 0.5) return 0.25 * lastPivot
    if (product < 1e-4 * a) break
  }
  a *= 1.02 // for the products left out
  const quotient = lastPivot / (1 + a)
  const residual = quotient * sqrt(a)
  const gap = GAP * leastBefore - quotient
  return max(quotient - (gap > residual ? (residual / gap) * residual : residual), 0.25 * lastPivot)
}

// Whether e_{k−1} is negligible for all values of floor … last, by either criterion of Demmel & Kahan (1990), in squares.
function separates(floor: i32, k: i32, last: i32): bool {
  const off = e(k - 1)
  let mu = q(floor)
  for (let i = floor; i < k - 1; i++) mu = q(i + 1) * (mu / (mu + e(i)))
  if (off <= NEGLIGIBLE * (shifts + mu)) return true
  mu = q(last)
  for (let i = last - 1; i >= k; i--) mu = q(i) * (mu / (mu + e(i)))
  return off <= NEGLIGIBLE * (shifts + mu)
}

// First row of the unreduced part of the block floor … last that ends in `last`.
function unreducedFrom(floor: i32, last: i32): i32 {
  if (last > floor && e(last - 1) <= NEGLIGIBLE * (shifts + q(last))) return last
  if (leastOff > NEGLIGIBLE * size) return floor
  for (let k = last; k > floor; k--) {
    const off = e(k - 1)
    if (off <= NEGLIGIBLE * shifts) return k
    if (off <= NEGLIGIBLE * max(q(k - 1), q(k)) && separates(floor, k, last)) return k
  }
  return floor
}

const STATE: usize = 24 // bytes of a waiting block: its shifts, its array, its first row

/** Bytes of scratch that `dqds` needs: two arrays of pairs, and a state for each row where a waiting block may end. */
export function dqdsScratch(n: i32): usize {
  return <usize>n * (32 + STATE)
}

// Squares d and e into the first array; false when a diagonal entry is 0 or too small to square.
function square(d: usize, off: usize, n: i32): bool {
  size = 0
  for (let k = 0; k < n; k++) {
    const diagonal = load<f64>(d + (<usize>k << 3))
    const above = k + 1 < n ? load<f64>(off + (<usize>k << 3)) : 0
    if (diagonal * diagonal < LEAST) return false
    store<f64>(from + (<usize>k << 4), diagonal * diagonal)
    store<f64>(from + (<usize>k << 4), above * above, 8)
    size = max(size, max(diagonal * diagonal, above * above))
  }
  size *= 4
  return true
}

function suspend(state: usize, floor: i32): void {
  store<f64>(state, shifts)
  store<f64>(state, shiftsLow, 8)
  store<usize>(state, from, 16)
  store<i32>(state, floor, 20)
}

// Takes up the block that waits; gives its first row.
function resume(state: usize): i32 {
  shifts = load<f64>(state)
  shiftsLow = load<f64>(state, 8)
  const present = load<usize>(state, 16)
  if (present != from) into = from
  from = present
  leastOff = 0
  return load<i32>(state, 20)
}

/**
 * Singular values of the bidiagonal matrix (diagonal d, superdiagonal off, n×n, of size about 1, not changed) to `values`,
 * unordered. False when the iteration stalls or a diagonal entry is 0 or too small to square: then `values` is unfinished.
 */
export function dqds(d: usize, off: usize, n: i32, values: usize, scratch: usize): bool {
  from = scratch
  into = scratch + (<usize>n << 4)
  const waiting = into + (<usize>n << 4)
  if (!square(d, off, n)) return false
  shifts = 0
  shiftsLow = 0
  leastOff = 0
  let budget = SWEEPS_A_VALUE * n
  let floor = 0 // the block being worked on is floor … last
  let last = n - 1
  let known = false // whether the pivots kept are those of this block
  while (budget > 0) {
    const start = unreducedFrom(floor, last)
    if (start == last) {
      store<f64>(values + (<usize>last << 3), sqrt(shifts + (shiftsLow + q(last))))
      if (last == 0) return true
      last -= 1
      if (last < floor) {
        floor = resume(waiting + <usize>last * STATE)
        known = false
      } else {
        // the pivots of the rows that remain are what the last sweep met before its last row
        lastPivot = pivotBefore
        leastBefore = leastEarlier
        known = known && leastEarlier < Infinity
        pivotBefore = 0
        leastEarlier = Infinity
      }
    } else {
      if (start > floor) {
        suspend(waiting + <usize>(start - 1) * STATE, floor)
        floor = start
        known = false
      }
      const used = advance(floor, last, known ? nextShift(floor, last) : 0)
      if (used < 0) return false
      budget -= used
      known = true
    }
  }
  return false
}
