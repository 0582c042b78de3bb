// sin and cos over the whole range of doubles, below 0.8 units in the last place. The argument is reduced to [−π/4, π/4] in one
// way for all sizes, by the leading bits of x·2/π modulo 4 in integer arithmetic (Payne & Hanek 1983), as a sum of two
// doubles; the kernels are the minimax polynomials of FreeBSD's msun:
//   Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun Microsystems, Inc. business.
//   Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.

const PI_2_HIGH: f64 = 1.5707963267948966
const PI_2_LOW: f64 = 6.123233995736766e-17 // π/2 − PI_2_HIGH
const PI_4: f64 = 0.7853981633974483
const SPLITTER: f64 = 134217729 // 2²⁷ + 1, cuts a double into two halves whose products are exact (Dekker 1971)

// 64 zero bits, then the first 1216 bits of 2/π: enough for the largest double.
const TWO_OVER_PI = memory.data<u64>([
  0x0000000000000000, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041,
  0xfe5163abdebbc561, 0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e,
  0xe88235f52ebb4484, 0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b,
  0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d,
  0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab,
])

let high: f64 = 0 // the reduced argument is high + low
let low: f64 = 0

// The 64 bits of the table from bit `position` on.
function bitsAt(position: i32): u64 {
  const word = TWO_OVER_PI + (<usize>(position >> 6) << 3)
  const shift = <u64>(position & 63)
  const first = load<u64>(word) << shift
  return shift == 0 ? first : first | (load<u64>(word, 8) >> (64 - shift))
}

// Upper half of the 128-bit product.
function multiplyHigh(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff
  const aHigh = a >> 32
  const bLow = b & 0xffffffff
  const bHigh = b >> 32
  const middle = aHigh * bLow + ((aLow * bLow) >> 32)
  const other = aLow * bHigh + (middle & 0xffffffff)
  return aHigh * bHigh + (middle >> 32) + (other >> 32)
}

// (high, low) = f·2^exponent·π/2, where f = top.next is a fraction of 128 bits whose leading bit is set.
function timesHalfPi(top: u64, next: u64, exponent: i32): void {
  const scale = reinterpret<f64>(<u64>(1023 + exponent) << 52)
  const f = <f64>(top >> 11) * 1.1102230246251565e-16 // 2⁻⁵³
  const rest = <f64>((top << 53) | (next >> 11)) * 6.018531076210112e-36 // 2⁻¹¹⁷
  const product = f * PI_2_HIGH
  const fTop = SPLITTER * f - (SPLITTER * f - f)
  const fEnd = f - fTop
  const piTop = SPLITTER * PI_2_HIGH - (SPLITTER * PI_2_HIGH - PI_2_HIGH)
  const piEnd = PI_2_HIGH - piTop
  const error = fTop * piTop - product + fTop * piEnd + fEnd * piTop + fEnd * piEnd
  const tail = error + (f * PI_2_LOW + rest * PI_2_HIGH)
  high = (product + tail) * scale
  low = (product - (product + tail) + tail) * scale
}

// Sets (high, low) to x − q·π/2 in [−π/4, π/4] and returns q mod 4, for finite |x| > π/4.
function reduce(x: f64): i32 {
  const bits = reinterpret<u64>(x)
  const significand = (bits & 0x000fffffffffffff) | 0x0010000000000000
  // |x| = significand·2^e. Bits of 2/π above weight 2^(1−e) only add multiples of 4 to x·2/π.
  const e = <i32>((bits >> 52) & 0x7ff) - 1075
  const start = e - 2 + 64
  const w0 = bitsAt(start)
  const w1 = bitsAt(start + 64)
  const w2 = bitsAt(start + 128)
  const p2 = significand * w2
  const low1 = significand * w1
  const p1 = low1 + multiplyHigh(significand, w2)
  const p0 = significand * w0 + multiplyHigh(significand, w1) + u64(p1 < low1)
  // p0.p1.p2 / 2¹⁹² = (x·2/π mod 4)/4: two bits of quadrant, then the fraction, taken to the nearest quadrant.
  let quadrant = <i32>(p0 >> 62)
  let f0 = (p0 << 2) | (p1 >> 62)
  let f1 = (p1 << 2) | (p2 >> 62)
  let f2 = p2 << 2
  const above = <i64>f0 < 0
  if (above) {
    quadrant += 1
    f0 = ~f0
    f1 = ~f1
    f2 = ~f2
  }
  let exponent = 0
  if (f0 == 0) {
    f0 = f1
    f1 = f2
    f2 = 0
    exponent = -64
  }
  const shift = clz(f0)
  if (shift) {
    f0 = (f0 << shift) | (f1 >> (64 - shift))
    f1 = (f1 << shift) | (f2 >> (64 - shift))
  }
  timesHalfPi(f0, f1, exponent - <i32>shift)
  if (above != x < 0) {
    high = -high
    low = -low
  }
  return (x < 0 ? -quadrant : quadrant) & 3
}

// sin(x + y) for |x| ≤ π/4 and a tail y below half a unit in the last place of x.
function sinKernel(x: f64, y: f64): f64 {
  const z = x * x
  const w = z * z
  const r =
    8.33333333332248946124e-3 +
    z * (-1.98412698298579493134e-4 + z * 2.75573137070700676789e-6) +
    z * w * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)
  const v = z * x
  return x - (z * (0.5 * y - v * r) - y - v * -1.66666666666666324348e-1)
}

// cos(x + y), likewise.
function cosKernel(x: f64, y: f64): f64 {
  const z = x * x
  const w = z * z
  const r =
    z * (4.16666666666666019037e-2 + z * (-1.38888888888741095749e-3 + z * 2.48015872894767294178e-5)) +
    w * w * (-2.75573143513906633035e-7 + z * (2.08757232129817482790e-9 + z * -1.13596475577881948265e-11))
  const half = 0.5 * z
  const one = 1 - half
  return one + (1 - one - half + (z * r - x * y))
}

export function sin(x: f64): f64 {
  if (!(abs(x) < Infinity)) return NaN
  if (abs(x) < 1e-8) return x // also keeps −0
  if (abs(x) <= PI_4) return sinKernel(x, 0)
  const quadrant = reduce(x)
  const value = quadrant & 1 ? cosKernel(high, low) : sinKernel(high, low)
  return quadrant & 2 ? -value : value
}

export function cos(x: f64): f64 {
  if (!(abs(x) < Infinity)) return NaN
  if (abs(x) <= PI_4) return cosKernel(x, 0)
  const quadrant = reduce(x)
  const value = quadrant & 1 ? sinKernel(high, low) : cosKernel(high, low)
  return (quadrant + 1) & 2 ? -value : value
}
