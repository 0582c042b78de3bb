// Random numbers drawn by position. Element number i of a stream depends only on (key, stream, i), so that filling 100
// numbers at once or one by one, here or on another machine, gives the same bits. Bits, uniforms, normals and whole numbers
// of one stream come from counters that never coincide.
//
// Counter: words 0–1 = index of the block (two elements of 64 bits each), word 2 = stream, word 3 = what is drawn.

import { log } from './elementary'
import { block, blockHigh, blockLow } from './philox'

const BITS: u32 = 0
const UNIFORMS: u32 = 1
const NORMALS: u32 = 2
/** Word 3 of counters from which whole numbers are drawn (assembly/sampling.ts). */
export const WHOLE_NUMBERS: u32 = 3
const LABELS: u32 = 0x80000000 // plus the length of the label, which makes keys of different labels independent

// The 64 bits of element `index`.
// @ts-ignore: decorator
@inline
export function element(k0: u32, k1: u32, stream: u32, drawn: u32, index: u64): u64 {
  const counter = index >> 1
  block(<u32>counter, <u32>(counter >> 32), stream, drawn, k0, k1)
  return index & 1 ? blockHigh : blockLow
}

// The same when `index` is visited in ascending order from `start` on: a block is enciphered once for both its elements.
// @ts-ignore: decorator
@inline
function following(k0: u32, k1: u32, stream: u32, drawn: u32, start: u64, index: u64): u64 {
  if (index == start || !(index & 1)) return element(k0, k1, stream, drawn, index)
  return blockHigh
}

// @ts-ignore: decorator
@inline
function toUniform(bits: u64): f64 {
  return <f64>(bits >> 11) * 1.1102230246251565e-16 // 2⁻⁵³
}

// Standard normal by inversion (Wichura 1988, algorithm AS 241, PPND16: relative error near 1e-16). One element gives one
// number: the top bit its sign, the other 63 bits the tail probability r = (k + ½)·2⁻⁶⁴ ∈ (0, ½). r is never 0 and is
// resolved relatively, not absolutely, so that tails reach as far as 64 bits can (9.1 standard deviations). Five numbers
// in six need no logarithm; Box–Muller would need one and a sine for each pair.
function toNormal(bits: u64): f64 {
  const k: u64 = bits & 0x7fffffffffffffff
  const r = (<f64>k + 0.5) * 5.421010862427522e-20 // 2⁻⁶⁴
  const q = (<f64>(<u64>0x7fffffffffffffff - k) + 0.5) * 5.421010862427522e-20 // ½ − r, before either is rounded
  const size = q <= 0.425 ? center(q) : tail(r)
  return <i64>bits < 0 ? -size : size
}

function center(q: f64): f64 {
  const r = 0.180625 - q * q
  const numerator =
    (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r +
      45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r +
      133.14166789178437745) * r + 3.387132872796366608)
  const denominator =
    (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r +
      21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r +
      42.313330701600911252) * r + 1)
  return (q * numerator) / denominator
}

function tail(probability: f64): f64 {
  let r = sqrt(-log(probability))
  if (r <= 5) {
    r -= 1.6
    const numerator =
      (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r +
        1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r +
        4.6303378461565452959) * r + 1.42343711074968357734)
    const denominator =
      (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r +
        0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r +
        2.05319162663775882187) * r + 1)
    return numerator / denominator
  }
  r -= 5
  const numerator =
    (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r +
      0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r +
      5.4637849111641143699) * r + 6.6579046435011037772)
  const denominator =
    (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r +
      7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r +
      0.59983220655588793769) * r + 1)
  return numerator / denominator
}

/** n 64-bit words: elements offset … offset+n−1 of the stream. `offset` is a whole number below 2⁵³. */
export function fillBits(out: usize, n: i32, k0: u32, k1: u32, stream: u32, offset: f64): void {
  const start = <u64>offset
  for (let i: u64 = 0; i < <u64>n; i++) {
    store<u64>(out + (<usize>i << 3), following(k0, k1, stream, BITS, start, start + i))
  }
}

/** n doubles uniform on the multiples of 2⁻⁵³ in [0, 1). */
export function fillUniform(out: usize, n: i32, k0: u32, k1: u32, stream: u32, offset: f64): void {
  const start = <u64>offset
  for (let i: u64 = 0; i < <u64>n; i++) {
    store<f64>(out + (<usize>i << 3), toUniform(following(k0, k1, stream, UNIFORMS, start, start + i)))
  }
}

/** n independent standard normal doubles. */
export function fillNormal(out: usize, n: i32, k0: u32, k1: u32, stream: u32, offset: f64): void {
  const start = <u64>offset
  for (let i: u64 = 0; i < <u64>n; i++) {
    store<f64>(out + (<usize>i << 3), toNormal(following(k0, k1, stream, NORMALS, start, start + i)))
  }
}

/**
 * Writes to out (two u32 words) the key of the source named by the `length` bytes at `label` under the source (k0, k1). Philox
 * enciphers the label eight bytes at a time, each block keyed by the result of the one before, so that different labels
 * and different paths of labels give keys that are equal with probability 2⁻⁶⁴ a pair.
 */
export function deriveKey(out: usize, k0: u32, k1: u32, label: usize, length: i32): void {
  for (let done = 0; done == 0 || done < length; done += 8) {
    let text: u64 = 0
    for (let i = 0; i < 8 && done + i < length; i++) text |= <u64>load<u8>(label + done + i) << (i << 3)
    block(<u32>text, <u32>(text >> 32), <u32>done, LABELS | <u32>length, k0, k1)
    k0 = <u32>blockLow
    k1 = <u32>(blockLow >> 32)
  }
  store<u32>(out, k0)
  store<u32>(out, k1, 4)
}
