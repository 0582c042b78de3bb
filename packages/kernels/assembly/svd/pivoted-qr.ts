// Householder QR with column pivoting, A P = Q R: the column of largest remaining norm goes next (Businger & Golub 1965), its
// norm computed anew each time, since downdated norms can be wrong in every digit (Drmač & Bujanović 2008). Row i of R then
// has the size of the i-th singular value, whatever the scaling of the columns of A.
import { makeReflector, norm, padded, reflect, reflected } from '../reflectors'

/**
 * Reduces the n columns (length m ≥ n, a panel at a) to R, column j of R in the first j+1 entries of column j. The reflectors go
 * to the panel at v (zero on entry) and taus; order (int32) receives the columns' old indices; norms is scratch for n doubles.
 */
export function factorPivoted(a: usize, v: usize, taus: usize, order: usize, norms: usize, m: i32, n: i32): void {
  const stride = <usize>padded(m) << 3
  for (let j = 0; j < n; j++) {
    store<i32>(order + (<usize>j << 2), j)
    store<f64>(norms + (<usize>j << 3), norm(a + <usize>j * stride, m))
  }
  for (let j = 0; j < n; j++) {
    const pivot = largestFrom(norms, j, n)
    if (pivot != j) {
      swapVectors(a + <usize>j * stride, a + <usize>pivot * stride, m)
      const moved = load<i32>(order + (<usize>j << 2))
      store<i32>(order + (<usize>j << 2), load<i32>(order + (<usize>pivot << 2)))
      store<i32>(order + (<usize>pivot << 2), moved)
      store<f64>(norms + (<usize>pivot << 3), load<f64>(norms + (<usize>j << 3)))
    }
    const skip = <usize>j << 3
    const column = a + <usize>j * stride + skip
    const vector = v + <usize>j * stride + skip
    memory.copy(vector, column, <usize>(m - j) << 3)
    const tau = makeReflector(vector, m - j)
    store<f64>(taus + skip, tau)
    store<f64>(column, reflected)
    for (let c = j + 1; c < n; c++) {
      const other = a + <usize>c * stride + skip
      reflect(other, vector, tau, m - j)
      store<f64>(norms + (<usize>c << 3), norm(other + 8, m - j - 1))
    }
  }
}

/** Index of the largest of values_first … values_{n−1}, the first of equal ones. */
export function largestFrom(values: usize, first: i32, n: i32): i32 {
  let best = first
  for (let i = first + 1; i < n; i++) {
    if (load<f64>(values + (<usize>i << 3)) > load<f64>(values + (<usize>best << 3))) best = i
  }
  return best
}

/** Exchanges two vectors of n doubles. */
export function swapVectors(x: usize, y: usize, n: i32): void {
  for (let end = x + (<usize>n << 3); x < end; x += 8, y += 8) {
    const moved = load<f64>(x)
    store<f64>(x, load<f64>(y))
    store<f64>(y, moved)
  }
}
