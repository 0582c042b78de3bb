// Every decomposition first brings its matrix to largest entry in [1, 4) by a power of two, which rounds nothing that matters,
// so that sums of squares neither overflow nor lose their large terms, and multiplies the results back at the end.

/** What the decompositions return. */
export const DONE: i32 = 0
/** The matrix holds NaN or an infinity; nothing else was written. */
export const NOT_FINITE: i32 = 1
/** The iteration did not converge within its limit; what was written is unfinished. Not seen on any matrix so far. */
export const NOT_CONVERGED: i32 = 2

/** Largest |a_i| of n doubles; NaN or ∞ when any of them is not finite. */
export function largest(a: usize, n: i32): f64 {
  let both = f64x2.splat(0)
  let other = f64x2.splat(0)
  for (; n >= 4; n -= 4, a += 32) {
    both = f64x2.max(both, f64x2.abs(v128.load(a)))
    other = f64x2.max(other, f64x2.abs(v128.load(a, 16)))
  }
  both = f64x2.max(both, other)
  let result = max(f64x2.extract_lane(both, 0), f64x2.extract_lane(both, 1))
  for (; n > 0; n--, a += 8) result = max(result, abs(load<f64>(a)))
  return result
}

// @ts-ignore: decorator
@inline
export function isFiniteNumber(x: f64): bool {
  return x - x == 0
}

/** The power of two that brings `size` > 0 into [1, 4), or as near as a double can; 1 for 0. Its inverse is exact too. */
export function unitScale(size: f64): f64 {
  if (size == 0) return 1
  const exponent = (reinterpret<u64>(size) >> 52) & 0x7ff
  return reinterpret<f64>(max<u64>(2046 - exponent, 1) << 52)
}

/** a_i ← factor·a_i for n doubles. */
export function scaleBy(a: usize, n: i32, factor: f64): void {
  if (factor == 1) return
  for (let end = a + (<usize>n << 3); a < end; a += 8) store<f64>(a, factor * load<f64>(a))
}
