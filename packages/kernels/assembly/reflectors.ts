// Householder reflectors H = I − τvvᵀ, kept as whole vectors: v is zero before its first entry, which is 1. Two of them at
// a time are applied to four vectors at a time, so that the sums run in registers: H₂H₁x = x − τ₁(v₁·x)v₁ − τ₂(v₂·H₁x)v₂ with
// v₂·H₁x = v₂·x − τ₁(v₁·x)(v₂·v₁) needs one pass for both products and one for the update.
//
// A `panel` holds vectors one after the other, `stride` bytes apart, padded with zeros to a multiple of four, and as many of
// them as make a multiple of four.
import { multiplyAdd } from './simd'

const TINY: f64 = 1e-280 // below it a sum of squares may have lost terms to underflow
const HUGE: f64 = 1e300
const SHORT: f64 = 1e-290 // a vector so short is made longer first: near subnormal numbers quotients lose their digits
const LONGER: f64 = 8.452712498170644e270 // 2^900

/** Length in doubles of a padded vector. */
// @ts-ignore: decorator
@inline
export function padded(n: i32): i32 {
  return (n + 3) & ~3
}

/** Number of vectors of a panel that holds n of them. */
// @ts-ignore: decorator
@inline
export function fours(n: i32): i32 {
  return (n + 3) & ~3
}

/** x·y over n doubles. */
export function dot(x: usize, y: usize, n: i32): f64 {
  let s0 = f64x2.splat(0)
  let s1 = f64x2.splat(0)
  for (; n >= 4; n -= 4, x += 32, y += 32) {
    s0 = multiplyAdd(v128.load(x), v128.load(y), s0)
    s1 = multiplyAdd(v128.load(x, 16), v128.load(y, 16), s1)
  }
  s0 = f64x2.add(s0, s1)
  let sum = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1)
  for (; n > 0; n--, x += 8, y += 8) sum += load<f64>(x) * load<f64>(y)
  return sum
}

/** Euclidean norm of n doubles, without harm from under- or overflow of the squares. */
export function norm(x: usize, n: i32): f64 {
  const squares = dot(x, x, n)
  if (squares > TINY && squares < HUGE) return sqrt(squares)
  let size = 0.0
  for (let i = 0; i < n; i++) size = max(size, abs(load<f64>(x + (<usize>i << 3))))
  if (size == 0) return 0
  let sum = 0.0
  for (let i = 0; i < n; i++) {
    const term = load<f64>(x + (<usize>i << 3)) / size
    sum += term * term
  }
  return size * sqrt(sum)
}

/** The entry that the last reflector left in the place of its vector. */
export let reflected: f64 = 0

/**
 * The reflector that maps x (n doubles) to (reflected, 0, …, 0): overwrites x by v, v_0 = 1, and returns τ (0 when there is
 * nothing to do). |reflected| is the norm of x, its sign opposite to that of x_0 so that nothing cancels.
 */
export function makeReflector(x: usize, n: i32): f64 {
  const first = load<f64>(x)
  const rest = norm(x + 8, n - 1)
  store<f64>(x, 1)
  if (rest == 0) {
    reflected = first
    return 0
  }
  const size = max(abs(first), rest)
  if (size < SHORT) {
    store<f64>(x, first)
    for (let i = 0; i < n; i++) {
      const at = x + (<usize>i << 3)
      store<f64>(at, LONGER * load<f64>(at))
    }
    const tau = makeReflector(x, n)
    reflected /= LONGER
    return tau
  }
  const ratio = min(abs(first), rest) / size
  reflected = -copysign(size * sqrt(1 + ratio * ratio), first)
  const pivot = first - reflected
  for (let i = 1; i < n; i++) {
    const at = x + (<usize>i << 3)
    store<f64>(at, load<f64>(at) / pivot)
  }
  return -pivot / reflected
}

/** x ← Hx for one vector of n doubles. */
export function reflect(x: usize, v: usize, tau: f64, n: i32): void {
  if (tau == 0) return
  subtract(x, v, tau * dot(v, x, n), n)
}

/** x ← x − c·v over n doubles. */
export function subtract(x: usize, v: usize, c: f64, n: i32): void {
  const factor = f64x2.splat(-c)
  for (; n >= 2; n -= 2, x += 16, v += 16) v128.store(x, multiplyAdd(factor, v128.load(v), v128.load(x)))
  if (n) store<f64>(x, load<f64>(x) - c * load<f64>(v))
}

/** x ← H_b H_a x for four vectors of n doubles (n a multiple of four), `stride` bytes apart. `overlap` is a·b. */
export function reflectTwice(
  x: usize, stride: usize, n: i32, a: usize, tauA: f64, b: usize, tauB: f64, overlap: f64,
): void {
  const x1 = x + stride
  const x2 = x1 + stride
  const x3 = x2 + stride
  const bytes = <usize>n << 3
  let a0 = f64x2.splat(0), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0
  for (let i: usize = 0; i < bytes; i += 32) {
    const va = v128.load(a + i), vb = v128.load(b + i)
    const wa = v128.load(a + i, 16), wb = v128.load(b + i, 16)
    let y = v128.load(x + i), z = v128.load(x + i, 16)
    a0 = multiplyAdd(wa, z, multiplyAdd(va, y, a0))
    b0 = multiplyAdd(wb, z, multiplyAdd(vb, y, b0))
    y = v128.load(x1 + i), z = v128.load(x1 + i, 16)
    a1 = multiplyAdd(wa, z, multiplyAdd(va, y, a1))
    b1 = multiplyAdd(wb, z, multiplyAdd(vb, y, b1))
    y = v128.load(x2 + i), z = v128.load(x2 + i, 16)
    a2 = multiplyAdd(wa, z, multiplyAdd(va, y, a2))
    b2 = multiplyAdd(wb, z, multiplyAdd(vb, y, b2))
    y = v128.load(x3 + i), z = v128.load(x3 + i, 16)
    a3 = multiplyAdd(wa, z, multiplyAdd(va, y, a3))
    b3 = multiplyAdd(wb, z, multiplyAdd(vb, y, b3))
  }
  const minusA = f64x2.splat(-tauA)
  const minusB = f64x2.splat(-tauB)
  const shared = f64x2.splat(overlap)
  // lanes: vectors 0 and 1, then 2 and 3
  let a01 = f64x2.mul(minusA, lanes(a0, a1))
  let a23 = f64x2.mul(minusA, lanes(a2, a3))
  let b01 = f64x2.mul(minusB, multiplyAdd(shared, a01, lanes(b0, b1)))
  let b23 = f64x2.mul(minusB, multiplyAdd(shared, a23, lanes(b2, b3)))
  a0 = i64x2.shuffle(a01, a01, 0, 0)
  a1 = i64x2.shuffle(a01, a01, 1, 1)
  a2 = i64x2.shuffle(a23, a23, 0, 0)
  a3 = i64x2.shuffle(a23, a23, 1, 1)
  b0 = i64x2.shuffle(b01, b01, 0, 0)
  b1 = i64x2.shuffle(b01, b01, 1, 1)
  b2 = i64x2.shuffle(b23, b23, 0, 0)
  b3 = i64x2.shuffle(b23, b23, 1, 1)
  for (let i: usize = 0; i < bytes; i += 32) {
    const va = v128.load(a + i), vb = v128.load(b + i)
    const wa = v128.load(a + i, 16), wb = v128.load(b + i, 16)
    v128.store(x + i, multiplyAdd(va, a0, multiplyAdd(vb, b0, v128.load(x + i))))
    v128.store(x + i, multiplyAdd(wa, a0, multiplyAdd(wb, b0, v128.load(x + i, 16))), 16)
    v128.store(x1 + i, multiplyAdd(va, a1, multiplyAdd(vb, b1, v128.load(x1 + i))))
    v128.store(x1 + i, multiplyAdd(wa, a1, multiplyAdd(wb, b1, v128.load(x1 + i, 16))), 16)
    v128.store(x2 + i, multiplyAdd(va, a2, multiplyAdd(vb, b2, v128.load(x2 + i))))
    v128.store(x2 + i, multiplyAdd(wa, a2, multiplyAdd(wb, b2, v128.load(x2 + i, 16))), 16)
    v128.store(x3 + i, multiplyAdd(va, a3, multiplyAdd(vb, b3, v128.load(x3 + i))))
    v128.store(x3 + i, multiplyAdd(wa, a3, multiplyAdd(wb, b3, v128.load(x3 + i, 16))), 16)
  }
}

// (x_0 + x_1, y_0 + y_1)
// @ts-ignore: decorator
@inline
function lanes(x: v128, y: v128): v128 {
  return f64x2.add(i64x2.shuffle(x, y, 0, 2), i64x2.shuffle(x, y, 1, 3))
}
