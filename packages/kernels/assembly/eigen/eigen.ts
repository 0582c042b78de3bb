// Eigenvalues and eigenvectors of a symmetric matrix: Householder tridiagonalisation, then the implicit QL iteration. Errors
// are a small multiple of ε·max|λ|.
import { leadsNegative, negate, sortWithOrder } from '../order'
import { transposeStrided } from '../products'
import { generate } from '../reflector-panel'
import { fours, padded } from '../reflectors'
import { batchBytes, openBatch } from '../rotations'
import { DONE, isFiniteNumber, largest, NOT_FINITE, scaleBy, unitScale } from '../scaling'
import { openScratch, take, taken, takeZeroed } from '../scratch'
import { fromStrips, stripsBytes, toStrips } from '../strips'
import { diagonaliseSymmetric } from './tridiagonal-ql'
import { tridiagonalise, tridiagonaliseScratch } from './tridiagonalise'

const BATCH: i32 = 32 // sweeps over the whole matrix that one batch of rotations holds

function panelBytes(n: i32): usize {
  return (<usize>fours(n) * <usize>padded(n)) << 3
}

/** Bytes of scratch that `eigenvalues` needs. */
export function eigenvaluesScratch(n: i32): usize {
  return panelBytes(n) + tridiagonaliseScratch(n) + 2 * (<usize>n << 3) + 4 * taken(0)
}

/** Bytes of scratch that `eigen` needs. */
export function eigenScratch(n: i32): usize {
  return eigenvaluesScratch(n) + max(panelBytes(n), stripsBytes(n, n)) + batchBytes(2 * BATCH, BATCH * n) +
    (<usize>n << 3) + 3 * taken(0)
}

// The symmetric part of a, scaled, in a panel.
function loadSymmetric(a: usize, n: i32, scale: f64): usize {
  const panel = takeZeroed(panelBytes(n))
  const stride = <usize>padded(n) << 3
  const row = <usize>n << 3
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const lower = load<f64>(a + <usize>i * row + (<usize>j << 3))
      const upper = load<f64>(a + <usize>j * row + (<usize>i << 3))
      const entry = lower == upper ? scale * lower : scale * lower * 0.5 + scale * upper * 0.5
      store<f64>(panel + <usize>j * stride + (<usize>i << 3), entry)
      store<f64>(panel + <usize>i * stride + (<usize>j << 3), entry)
    }
  }
  return panel
}

/**
 * Eigenvalues, ascending, of the symmetric part (a + aᵀ)/2 of a (n×n, not changed), to values. Returns DONE, NOT_FINITE or
 * NOT_CONVERGED.
 */
export function eigenvalues(a: usize, n: i32, values: usize, scratch: usize): i32 {
  if (n == 0) return DONE
  const size = largest(a, n * n)
  if (!isFiniteNumber(size)) return NOT_FINITE
  const scale = unitScale(size)
  openScratch(scratch)
  const panel = loadSymmetric(a, n, scale)
  const e = take(<usize>n << 3)
  tridiagonalise(panel, n, values, e, false, 0, 0, take(tridiagonaliseScratch(n)))
  const status = diagonaliseSymmetric(values, e, n, false, 0, 0)
  sortWithOrder(values, take(<usize>n << 2), n, false)
  scaleBy(values, n, 1 / scale)
  return status
}

/**
 * The same with the eigenvectors as the columns of q (n×n), orthonormal, the largest entry of each positive.
 */
export function eigen(a: usize, n: i32, values: usize, q: usize, scratch: usize): i32 {
  if (n == 0) return DONE
  const size = largest(a, n * n)
  if (!isFiniteNumber(size)) return NOT_FINITE
  const scale = unitScale(size)
  openScratch(scratch)
  const panel = loadSymmetric(a, n, scale)
  const e = take(<usize>n << 3)
  const taus = take(<usize>n << 3)
  const reflectors = takeZeroed(max(panelBytes(n), stripsBytes(n, n)))
  tridiagonalise(panel, n, values, e, true, reflectors, taus, take(tridiagonaliseScratch(n)))
  generate(panel, n, reflectors, taus, n - 1, 1, n)
  toStrips(reflectors, panel, n, n)
  openBatch(take(batchBytes(2 * BATCH, BATCH * n)), 2 * BATCH, BATCH * n)
  const status = diagonaliseSymmetric(values, e, n, true, reflectors, n)
  const order = take(<usize>n << 2)
  sortWithOrder(values, order, n, false)
  scaleBy(values, n, 1 / scale)
  fromStrips(panel, reflectors, order, n, n)
  const stride = <usize>padded(n) << 3
  for (let k = 0; k < n; k++) {
    if (leadsNegative(panel + <usize>k * stride, n)) negate(panel + <usize>k * stride, n)
  }
  transposeStrided(q, <usize>n << 3, panel, stride, n, n)
  return status
}
