// The one place where the two binaries differ: a multiply-add is two rounded operations in `strict` and one in `fma`.

/** a·b + c on two lanes. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c)
  return f64x2.add(c, f64x2.mul(a, b))
}

/** c − a·b on two lanes. */
// @ts-ignore: decorator
@inline
export function multiplySubtract(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_nmadd(a, b, c)
  return f64x2.sub(c, f64x2.mul(a, b))
}

/** Sum of the two lanes. */
// @ts-ignore: decorator
@inline
export function laneSum(a: v128): f64 {
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1)
}
