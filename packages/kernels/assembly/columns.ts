// The two inner loops of the reductions to bidiagonal and to tridiagonal form, on four columns at a time so that the vectors
// they share are loaded once for four.
import { multiplyAdd, multiplySubtract } from './simd'

/**
 * Four columns x ← x − factor·before − weight·right, each with its factor and weight; then factor ← tau·(left·x). Columns are `stride`
 * bytes apart and `bytes` long, a multiple of 16.
 */
export function updateFour(
  x: usize, stride: usize, bytes: usize, left: usize, before: usize, right: usize, factors: usize, weights: usize, tau: f64,
): void {
  const f0 = v128.load64_splat(factors), f1 = v128.load64_splat(factors, 8)
  const f2 = v128.load64_splat(factors, 16), f3 = v128.load64_splat(factors, 24)
  const w0 = v128.load64_splat(weights), w1 = v128.load64_splat(weights, 8)
  const w2 = v128.load64_splat(weights, 16), w3 = v128.load64_splat(weights, 24)
  const x1 = x + stride
  const x2 = x1 + stride
  const x3 = x2 + stride
  let s0 = f64x2.splat(0), s1 = s0, s2 = s0, s3 = s0
  for (let i: usize = 0; i < bytes; i += 16) {
    const p = v128.load(before + i)
    const q = v128.load(right + i)
    const l = v128.load(left + i)
    let y = multiplySubtract(p, f0, multiplySubtract(q, w0, v128.load(x + i)))
    v128.store(x + i, y)
    s0 = multiplyAdd(l, y, s0)
    y = multiplySubtract(p, f1, multiplySubtract(q, w1, v128.load(x1 + i)))
    v128.store(x1 + i, y)
    s1 = multiplyAdd(l, y, s1)
    y = multiplySubtract(p, f2, multiplySubtract(q, w2, v128.load(x2 + i)))
    v128.store(x2 + i, y)
    s2 = multiplyAdd(l, y, s2)
    y = multiplySubtract(p, f3, multiplySubtract(q, w3, v128.load(x3 + i)))
    v128.store(x3 + i, y)
    s3 = multiplyAdd(l, y, s3)
  }
  const scale = f64x2.splat(tau)
  v128.store(factors, f64x2.mul(scale, f64x2.add(i64x2.shuffle(s0, s1, 0, 2), i64x2.shuffle(s0, s1, 1, 3))))
  v128.store(factors, f64x2.mul(scale, f64x2.add(i64x2.shuffle(s2, s3, 0, 2), i64x2.shuffle(s2, s3, 1, 3))), 16)
}

/** sums ← sums + Σ weight·x over four columns; `bytes` is a multiple of 32. */
export function addFour(sums: usize, x: usize, stride: usize, bytes: usize, weights: usize): void {
  const w0 = v128.load64_splat(weights), w1 = v128.load64_splat(weights, 8)
  const w2 = v128.load64_splat(weights, 16), w3 = v128.load64_splat(weights, 24)
  const x1 = x + stride
  const x2 = x1 + stride
  const x3 = x2 + stride
  for (let i: usize = 0; i < bytes; i += 32) {
    let s = multiplyAdd(w0, v128.load(x + i), v128.load(sums + i))
    let t = multiplyAdd(w0, v128.load(x + i, 16), v128.load(sums + i, 16))
    s = multiplyAdd(w1, v128.load(x1 + i), s)
    t = multiplyAdd(w1, v128.load(x1 + i, 16), t)
    s = multiplyAdd(w2, v128.load(x2 + i), s)
    t = multiplyAdd(w2, v128.load(x2 + i, 16), t)
    v128.store(sums + i, multiplyAdd(w3, v128.load(x3 + i), s))
    v128.store(sums + i, multiplyAdd(w3, v128.load(x3 + i, 16), t), 16)
  }
}
