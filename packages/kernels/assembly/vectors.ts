// Sums over vectors and combinations of them. Every sum starts at the first element and splits into lanes in a fixed
// way, so that its bits depend on the length and the values only, never on alignment.
import { laneSum, multiplyAdd } from './simd'

// @ts-ignore: decorator
@inline
function element(x: usize, i: i32): usize {
  return x + (<usize>i << 3)
}

/** out = Σ coefficients_i · v_i in the order of i, in one pass; `out` may be any of the vectors; no vectors give 0. */
export function combine(out: usize, count: i32, pointers: usize, coefficients: usize, length: i32): void {
  let i = 0
  for (; i + 8 <= length; i += 8) {
    let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0
    for (let j = 0; j < count; j++) {
      const v = element(<usize>load<u32>(pointers + (<usize>j << 2)), i)
      const factor = v128.load64_splat(element(coefficients, j))
      s0 = multiplyAdd(factor, v128.load(v), s0)
      s1 = multiplyAdd(factor, v128.load(v, 16), s1)
      s2 = multiplyAdd(factor, v128.load(v, 32), s2)
      s3 = multiplyAdd(factor, v128.load(v, 48), s3)
    }
    const to = element(out, i)
    v128.store(to, s0)
    v128.store(to, s1, 16)
    v128.store(to, s2, 32)
    v128.store(to, s3, 48)
  }
  for (; i < length; i++) {
    let sum = f64x2.splat(0)
    for (let j = 0; j < count; j++) {
      const v = element(<usize>load<u32>(pointers + (<usize>j << 2)), i)
      sum = multiplyAdd(v128.load64_splat(element(coefficients, j)), v128.load64_zero(v), sum)
    }
    v128.store64_lane(element(out, i), sum, 0)
  }
}

/** Σ x_i·y_i. */
export function dot(n: i32, x: usize, y: usize): f64 {
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0
  for (; n >= 8; n -= 8) {
    s0 = multiplyAdd(v128.load(x), v128.load(y), s0)
    s1 = multiplyAdd(v128.load(x, 16), v128.load(y, 16), s1)
    s2 = multiplyAdd(v128.load(x, 32), v128.load(y, 32), s2)
    s3 = multiplyAdd(v128.load(x, 48), v128.load(y, 48), s3)
    x += 64
    y += 64
  }
  for (; n >= 2; n -= 2) {
    s0 = multiplyAdd(v128.load(x), v128.load(y), s0)
    x += 16
    y += 16
  }
  if (n > 0) s1 = multiplyAdd(v128.load64_zero(x), v128.load64_zero(y), s1)
  return laneSum(f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3)))
}

/** Σ x_i². */
export function sumOfSquares(n: i32, x: usize): f64 {
  return dot(n, x, x)
}

// Sums of squares between these bounds lost nothing to overflow or underflow, for any length that fits in memory.
const SMALLEST_SAFE_SUM: f64 = 1e-280
const LARGEST_SAFE_SUM: f64 = 1e300
// 2⁶⁰⁰ and 2⁻⁶⁰⁰ bring everything beyond them between the bounds, without rounding.
const UP: f64 = reinterpret<f64>(<u64>(1023 + 600) << 52)
const DOWN: f64 = reinterpret<f64>(<u64>(1023 - 600) << 52)

/** Euclidean norm, whatever the squares may overflow or underflow to. */
export function norm(n: i32, x: usize): f64 {
  const sum = dot(n, x, x)
  if (sum >= SMALLEST_SAFE_SUM && sum <= LARGEST_SAFE_SUM) return sqrt(sum)
  const largest = maxAbs(n, x)
  if (!(largest > 0 && largest < Infinity)) return largest
  const factor = largest > 1 ? DOWN : UP
  let scaled = 0.0
  for (let i = 0; i < n; i++) {
    const value = factor * load<f64>(element(x, i))
    scaled += value * value
  }
  return sqrt(scaled) * (largest > 1 ? UP : DOWN)
}

/** y += a·x. */
export function axpy(n: i32, a: f64, x: usize, y: usize): void {
  const factor = f64x2.splat(a)
  for (; n >= 4; n -= 4) {
    v128.store(y, multiplyAdd(factor, v128.load(x), v128.load(y)))
    v128.store(y, multiplyAdd(factor, v128.load(x, 16), v128.load(y, 16)), 16)
    x += 32
    y += 32
  }
  for (; n > 0; n--) {
    v128.store64_lane(y, multiplyAdd(factor, v128.load64_zero(x), v128.load64_zero(y)), 0)
    x += 8
    y += 8
  }
}

/** x *= a. */
export function scale(n: i32, a: f64, x: usize): void {
  const factor = f64x2.splat(a)
  for (; n >= 2; n -= 2) {
    v128.store(x, f64x2.mul(factor, v128.load(x)))
    x += 16
  }
  if (n > 0) store<f64>(x, a * load<f64>(x))
}

/** max |x_i|; 0 of nothing, NaN when any is NaN. */
export function maxAbs(n: i32, x: usize): f64 {
  let largest = f64x2.splat(0)
  for (; n >= 2; n -= 2) {
    largest = f64x2.max(largest, f64x2.abs(v128.load(x)))
    x += 16
  }
  if (n > 0) largest = f64x2.max(largest, f64x2.abs(v128.load64_zero(x)))
  return max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1))
}

/** 1 when every element is finite, else 0. */
export function isFinite(n: i32, x: usize): i32 {
  const zero = f64x2.splat(0)
  let sum = zero // 0·x is NaN for anything that is not finite
  for (; n >= 2; n -= 2) {
    sum = f64x2.add(sum, f64x2.mul(zero, v128.load(x)))
    x += 16
  }
  if (n > 0) sum = f64x2.add(sum, f64x2.mul(zero, v128.load64_zero(x)))
  return laneSum(sum) == 0 ? 1 : 0
}

// @ts-ignore: decorator
@inline
function relativeError(error: v128, a: v128, b: v128, absolute: v128, relative: v128): v128 {
  const size = f64x2.max(f64x2.abs(a), f64x2.abs(b))
  return f64x2.div(error, f64x2.add(absolute, f64x2.mul(relative, size)))
}

/**
 * The norm an adaptive integrator controls: √(mean((error_i / (absolute + relative·max(|a_i|, |b_i|)))²)); 0 of nothing.
 * Hairer, Nørsett & Wanner 1993, eq. II.4.11.
 */
export function errorNorm(n: i32, error: usize, a: usize, b: usize, absolute: f64, relative: f64): f64 {
  if (n <= 0) return 0
  const floor = f64x2.splat(absolute)
  const rate = f64x2.splat(relative)
  let s0 = f64x2.splat(0), s1 = s0
  let i = n
  for (; i >= 4; i -= 4) {
    const r0 = relativeError(v128.load(error), v128.load(a), v128.load(b), floor, rate)
    const r1 = relativeError(v128.load(error, 16), v128.load(a, 16), v128.load(b, 16), floor, rate)
    s0 = multiplyAdd(r0, r0, s0)
    s1 = multiplyAdd(r1, r1, s1)
    error += 32
    a += 32
    b += 32
  }
  let sum = laneSum(f64x2.add(s0, s1))
  for (; i > 0; i--) {
    const size = max(abs(load<f64>(a)), abs(load<f64>(b)))
    const r = load<f64>(error) / (absolute + relative * size)
    sum += r * r
    error += 8
    a += 8
    b += 8
  }
  return sqrt(sum / n)
}
