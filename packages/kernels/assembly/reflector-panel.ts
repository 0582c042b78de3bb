// A sequence of Householder reflectors H_0, H_1, … whose vectors stand one after the other in a panel, v_j starting at entry
// j + shift, and its application to panels of vectors.
import { dot, fours, padded, reflect, reflectTwice } from './reflectors'

const GROUP: i32 = 8 // vectors that stay in the nearest cache while the reflectors stream past

/** x ← H_{last−1} ··· H_first x for the `count` vectors (a multiple of four) of a panel at x; all of `length` doubles. */
export function applyForward(
  x: usize, count: i32, v: usize, taus: usize, first: i32, last: i32, shift: i32, length: i32,
): void {
  const stride = <usize>padded(length) << 3
  for (; count > 0; count -= GROUP, x += stride * GROUP) {
    const group = min(count, GROUP)
    let j = first
    for (; j + 1 < last; j += 2) applyPair(x, group, stride, v, taus, j, j + 1, shift, length)
    if (j < last) applyOne(x, group, stride, v, taus, j, shift, length)
  }
}

/** x ← H_first ··· H_{last−1} x, likewise. */
export function applyBackward(
  x: usize, count: i32, v: usize, taus: usize, first: i32, last: i32, shift: i32, length: i32,
): void {
  const stride = <usize>padded(length) << 3
  for (; count > 0; count -= GROUP, x += stride * GROUP) {
    const group = min(count, GROUP)
    let j = last - 1
    for (; j > first; j -= 2) applyPair(x, group, stride, v, taus, j, j - 1, shift, length)
    if (j == first) applyOne(x, group, stride, v, taus, j, shift, length)
  }
}

function applyPair(
  x: usize, count: i32, stride: usize, v: usize, taus: usize, a: i32, b: i32, shift: i32, length: i32,
): void {
  const start = (min(a, b) + shift) & ~3 // so that the padding completes the last four entries
  const skip = <usize>start << 3
  const n = padded(length) - start
  const va = v + <usize>a * stride + skip
  const vb = v + <usize>b * stride + skip
  const tauA = load<f64>(taus + (<usize>a << 3))
  const tauB = load<f64>(taus + (<usize>b << 3))
  const overlap = dot(va, vb, n)
  for (; count > 0; count -= 4, x += stride << 2) reflectTwice(x + skip, stride, n, va, tauA, vb, tauB, overlap)
}

function applyOne(
  x: usize, count: i32, stride: usize, v: usize, taus: usize, j: i32, shift: i32, length: i32,
): void {
  const skip = <usize>(j + shift) << 3
  const tau = load<f64>(taus + (<usize>j << 3))
  for (; count > 0; count--, x += stride) reflect(x + skip, v + <usize>j * stride + skip, tau, length - j - shift)
}

/**
 * The first `count` columns of H_0 ··· H_{reflectors−1} as the vectors of a panel at x (fours(count) of them, overwritten):
 * column j is H_0 ··· H_j e_j for shift 0, since later reflectors leave e_j alone.
 */
export function generate(x: usize, count: i32, v: usize, taus: usize, reflectors: i32, shift: i32, length: i32): void {
  const stride = <usize>padded(length) << 3
  memory.fill(x, 0, stride * fours(count))
  for (let j = 0; j < count; j++) store<f64>(x + <usize>j * stride + (<usize>j << 3), 1)
  for (let j = 0; j < count; j += GROUP) {
    const group = min(fours(count - j), GROUP)
    applyBackward(x + <usize>j * stride, group, v, taus, 0, min(reflectors, j + group), shift, length)
  }
}
