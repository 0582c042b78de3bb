// One-sided Jacobi: plane rotations X J of the columns of X until all are orthogonal; their norms are then the singular
// values of X, each to high relative accuracy when the columns are well conditioned but for their lengths (Demmel & Veselić
// 1992). The cosine of the angle of two columns decides, never its product with their lengths.
//
// Columns are kept with a length near 1 and an exponent of their own, so that lengths may differ by any power of two: column p is
// 2^{exponent_p}·x_p. Where the lengths differ, the rotation of x_p and x_q by (c, s) with ρ = 2^{exponent_q − exponent_p} is
// x_p ← c·x_p + sρ·x_q, x_q ← c·x_q − (s/ρ)·x_p.
import { dot, norm, padded } from '../reflectors'
import { DONE, NOT_CONVERGED } from '../scaling'
import { multiplyAdd, multiplySubtract } from '../simd'

const EPSILON: f64 = 1.1102230246251565e-16 // unit roundoff
const SWEEPS: i32 = 60 // usual: 5 to 8
const FAR_APART: f64 = 1e-9 // ratio of lengths from which the tangent of the rotation is cosine·ratio to full accuracy
const STEADY: f64 = 1e-18 // a column this short is scaled anew

// 2^k, 0 or ∞ where that is no double.
function powerOfTwo(k: i32): f64 {
  if (k < -1022) return 0
  if (k > 1023) return Infinity
  return reinterpret<f64>(<u64>(1023 + k) << 52)
}

function exponentOf(x: f64): i32 {
  return <i32>((reinterpret<u64>(x) >> 52) & 0x7ff) - 1023
}

function lengthOf(lengths: usize, p: i32): f64 {
  return load<f64>(lengths + (<usize>p << 3))
}

function exponentAt(exponents: usize, p: i32): i32 {
  return load<i32>(exponents + (<usize>p << 2))
}

// Measures column p (n doubles at x); rescales it when it has become short.
function measure(x: usize, n: i32, p: i32, lengths: usize, exponents: usize): void {
  let length = norm(x, n)
  if (length > 0 && (length < STEADY || length > 1 / STEADY)) {
    const k = max(-1000, exponentOf(length)) // a subnormal length takes two rounds
    const factor = powerOfTwo(-k)
    for (let i = 0; i < n; i++) store<f64>(x + (<usize>i << 3), factor * load<f64>(x + (<usize>i << 3)))
    store<i32>(exponents + (<usize>p << 2), exponentAt(exponents, p) + k)
    length = norm(x, n)
  }
  store<f64>(lengths + (<usize>p << 3), length)
}

// (x, y) ← (x + (b·y − a·x), y − (d·x + a·y)) over n doubles, n a multiple of four: the rotation by (c, s) with a = 1 − c.
// Written as a change (Rutishauser 1966), it rounds in proportion to the angle, and the many small angles leave no trace.
function mix(x: usize, y: usize, n: i32, a: f64, b: f64, d: f64): void {
  const va = f64x2.splat(a)
  const vb = f64x2.splat(b)
  const vd = f64x2.splat(d)
  for (let end = x + (<usize>n << 3); x < end; x += 16, y += 16) {
    const from = v128.load(x)
    const other = v128.load(y)
    v128.store(x, f64x2.add(from, multiplySubtract(va, from, f64x2.mul(vb, other))))
    v128.store(y, f64x2.sub(other, multiplyAdd(vd, from, f64x2.mul(va, other))))
  }
}

// Whether column p is shorter than column q, exponents and all.
function isShorter(lengths: usize, exponents: usize, p: i32, q: i32): bool {
  const a = lengthOf(lengths, p)
  const b = lengthOf(lengths, q)
  if (a == 0 || b == 0) return a < b
  const k = exponentAt(exponents, p) - exponentAt(exponents, q)
  return k > 200 ? false : k < -200 ? true : a * powerOfTwo(k) < b // lengths are within 2^±61
}

// Makes columns p and q (p the longer one) orthogonal; false when they already are.
function orthogonalise(
  x: usize, rotations: usize, n: i32, p: i32, q: i32, lengths: usize, exponents: usize, tolerance: f64,
): bool {
  const stride = <usize>padded(n) << 3
  const xp = x + <usize>p * stride
  const xq = x + <usize>q * stride
  const lengthP = lengthOf(lengths, p)
  const lengthQ = lengthOf(lengths, q)
  if (lengthQ == 0) return false
  const cosine = dot(xp, xq, n) / lengthP / lengthQ
  if (abs(cosine) <= tolerance) return false
  const rho = powerOfTwo(exponentAt(exponents, q) - exponentAt(exponents, p))
  const ratio = rho * (lengthQ / lengthP)
  let tangentOverRho = cosine * (lengthQ / lengthP)
  let tangent = cosine * ratio
  if (ratio > FAR_APART) {
    const cotangent = (1 / ratio - ratio) / (2 * cosine) // of twice the angle
    tangent = 1 / (cotangent + copysign(sqrt(1 + cotangent * cotangent), cotangent))
    tangentOverRho = tangent / rho
  }
  const c = 1 / sqrt(1 + tangent * tangent)
  const s = c * tangent
  const change = (s * s) / (1 + c) // 1 − c
  mix(xp, xq, padded(n), change, s * rho, c * tangentOverRho)
  mix(rotations + <usize>p * stride, rotations + <usize>q * stride, padded(n), change, s, s)
  measure(xp, n, p, lengths, exponents)
  measure(xq, n, q, lengths, exponents)
  return true
}

/**
 * Orthogonalises the n columns of length n of the panel at x and applies the same rotations to the panel `rotations`. Leaves
 * column p with norm lengths_p, standing for 2^{exponents_p} (int32) times it. Returns DONE or NOT_CONVERGED.
 */
export function orthogonaliseColumns(x: usize, rotations: usize, n: i32, lengths: usize, exponents: usize, order: usize): i32 {
  const tolerance = sqrt(<f64>n) * EPSILON
  const stride = <usize>padded(n) << 3
  for (let p = 0; p < n; p++) {
    store<i32>(exponents + (<usize>p << 2), 0)
    store<i32>(order + (<usize>p << 2), p)
    measure(x + <usize>p * stride, n, p, lengths, exponents)
    measure(x + <usize>p * stride, n, p, lengths, exponents)
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let rotated = false
    for (let i = 0; i < n - 1; i++) {
      bringLongest(order, i, n, lengths, exponents)
      for (let j = i + 1; j < n; j++) {
        const p = load<i32>(order + (<usize>i << 2))
        const q = load<i32>(order + (<usize>j << 2))
        const swapped = isShorter(lengths, exponents, p, q)
        if (orthogonalise(x, rotations, n, swapped ? q : p, swapped ? p : q, lengths, exponents, tolerance)) rotated = true
      }
    }
    if (!rotated) return DONE
  }
  return NOT_CONVERGED
}

// De Rijk's pivoting: the longest of the columns from place i on goes to place i.
function bringLongest(order: usize, i: i32, n: i32, lengths: usize, exponents: usize): void {
  let best = i
  for (let j = i + 1; j < n; j++) {
    if (isShorter(lengths, exponents, load<i32>(order + (<usize>best << 2)), load<i32>(order + (<usize>j << 2)))) best = j
  }
  const moved = load<i32>(order + (<usize>i << 2))
  store<i32>(order + (<usize>i << 2), load<i32>(order + (<usize>best << 2)))
  store<i32>(order + (<usize>best << 2), moved)
}
