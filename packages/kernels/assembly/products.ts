// Dense products of row-major contiguous matrices.
import { multiplyAdd } from './simd'

// @ts-ignore: decorator
@inline
function at(p: usize, i: i32): f64 {
  return load<f64>(p + (<usize>i << 3))
}

/** C (m×n) = alpha·op(A)·op(B) + beta·C. A zero beta never reads C. */
export function multiply(
  transA: i32, transB: i32, m: i32, n: i32, k: i32, alpha: f64, a: usize, b: usize, beta: f64, c: usize,
): void {
  const aRow = transA ? 1 : k
  const aColumn = transA ? m : 1
  const bRow = transB ? 1 : n
  const bColumn = transB ? k : 1
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let lanes = f64x2.splat(0)
      for (let l = 0; l < k; l++) {
        lanes = multiplyAdd(f64x2.splat(at(a, i * aRow + l * aColumn)), f64x2.splat(at(b, l * bRow + j * bColumn)), lanes)
      }
      const sum = f64x2.extract_lane(lanes, 0)
      const target = c + (<usize>(i * n + j) << 3)
      store<f64>(target, beta == 0 ? alpha * sum : alpha * sum + beta * load<f64>(target))
    }
  }
}

/** y = alpha·op(A)·x + beta·y with A m×n. A zero beta never reads y. */
export function multiplyVector(
  trans: i32, m: i32, n: i32, alpha: f64, a: usize, x: usize, beta: f64, y: usize,
): void {
  if (trans) multiply(1, 0, n, 1, m, alpha, a, x, beta, y)
  else multiply(0, 0, m, 1, n, alpha, a, x, beta, y)
}

/** out (n×m) = Aᵀ with A m×n. */
export function transpose(out: usize, a: usize, m: i32, n: i32): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) store<f64>(out + (<usize>(j * m + i) << 3), at(a, i * n + j))
  }
}
