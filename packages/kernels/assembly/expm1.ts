// eˣ − 1 without cancellation, by the algorithm of FreeBSD's msun (s_expm1.c). AssemblyScript's own port groups the last sum
// otherwise, which costs it up to 1.5 units in the last place; in the order of the original it stays below 1.
//   Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc. business.
//   Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.

const LN2_HIGH: f64 = 6.93147180369123816490e-1
const LN2_LOW: f64 = 1.90821492927058770002e-10
const HALF_LN2: f64 = 0.34657359027997264
const OVERFLOW: f64 = 709.782712893383973096
const ALL_ONE: f64 = 39 // e⁻³⁹ is below half a unit in the last place of 1

// 2ᵏ for −1022 ≤ k ≤ 1023.
// @ts-ignore: decorator
@inline
function powerOfTwo(k: i32): f64 {
  return reinterpret<f64>(<u64>(0x3ff + k) << 52)
}

// The rational correction e of the original, for the reduced argument r.
// @ts-ignore: decorator
@inline
function correction(r: f64): f64 {
  const half = 0.5 * r
  const square = r * half
  const q =
    1 +
    square *
      (-3.33333333333331316428e-2 +
        square *
          (1.58730158725481460165e-3 +
            square *
              (-7.93650757867487942473e-5 + square * (4.00821782732936239552e-6 + square * -2.01099218183624371326e-7))))
  const t = 3 - q * half
  return square * ((q - t) / (6 - r * t))
}

export function expm1(x: f64): f64 {
  if (x != x) return x
  if (x > OVERFLOW) return Infinity
  if (x < -ALL_ONE) return -1
  if (abs(x) < 5.5e-17) return x // also keeps −0
  if (abs(x) <= HALF_LN2) return x - (x * correction(x) - 0.5 * x * x)
  const k = abs(x) < 3 * HALF_LN2 ? (x < 0 ? -1 : 1) : <i32>nearest(x * 1.44269504088896338700)
  const high = x - <f64>k * LN2_HIGH
  const low = <f64>k * LN2_LOW
  const r = high - low
  const c = high - r - low
  const e = r * (correction(r) - c) - c - 0.5 * r * r
  if (k == -1) return 0.5 * (r - e) - 0.5
  if (k == 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e)
  if (k <= -2 || k > 56) {
    const y = 1 - (e - r)
    return (k == 1024 ? y * 2 * powerOfTwo(1023) : y * powerOfTwo(k)) - 1
  }
  return (k < 20 ? 1 - powerOfTwo(-k) - (e - r) : r - (e + powerOfTwo(-k)) + 1) * powerOfTwo(k)
}
