/**
 * The preconditioner of end-to-end gradient descent: how depth reshapes the gradient G of the loss,
 *
 *     𝒜_{n,W}(Z) = Σ_j [WWᵀ]^{(j−1)/n} Z [WᵀW]^{(n−j)/n} = U (K ∘ (UᵀZV)) Vᵀ,   K_{rq} = κ_n(σ_r, σ_q),
 *
 * with U, V completed to orthogonal matrices and σ to zeros (Arora, Cohen, Hazan 2018, arXiv 1802.06509, theorem 1 and claim 1).
 * Everything goes through the singular values of W: fractional powers of Gram matrices would turn a round-off eigenvalue of
 * 1e-16 into 1e-16^{1/n}.
 */
import type { Engine, SingularValueDecomposition } from '../engine/engine.ts'
import type { Matrix, Shape } from '../linalg/matrix.ts'
import { difference, product, scaleColumns } from './products.ts'

/**
 * κ_n(s, t) = (s² − t²)/(s^{2/n} − t^{2/n}), n·s^{2−2/n} on the diagonal: by how much depth n speeds up the component of the
 * gradient between a left singular vector of singular value s and a right one of t. Any real n > 0; symmetric in s and t.
 *
 *     preconditionerKernel(engine, 3, 1, 1)   // 3
 */
export function preconditionerKernel(engine: Engine, depth: number, s: number, t: number): number {
  return engine.kappa(depth, s, t)
}

/**
 * out = 𝒜_{n,W}(Z) for W = U diag(values) Vᵀ, where U (d_n×k) and V (d_0×k) have orthonormal columns and k may be anything ≥ rank W.
 * Allocates; wrap in `engine.scoped`.
 */
export function applyPreconditionerInto(
  engine: Engine,
  out: Matrix,
  { U, values, V }: SingularValueDecomposition,
  Z: Matrix,
  depth: number,
): void {
  if (depth === 1) {
    engine.copyInto(out, Z)
    return
  }
  const k = values.length
  const toZero = Float64Array.from(values, (s) => engine.kappa(depth, s, 0))
  const UtZ = product(engine, U, Z, true)
  const inside = product(engine, UtZ, V)
  // What lies between U and the complement of V, and between the complement of U and V; κ_n(0, 0) = 0 for the rest.
  const right = difference(engine, UtZ, product(engine, inside, V, false, true))
  const left = difference(engine, product(engine, Z, V), product(engine, U, inside))
  const rows = right.columns
  const [c, y] = [inside.data, right.data]
  for (let r = 0; r < k; r++) {
    for (let q = 0; q <= r; q++) {
      // Symmetric to the last bit.
      const kappa = engine.kappa(depth, values[r]!, values[q]!)
      c[r * k + q]! *= kappa
      if (q !== r) c[q * k + r]! *= kappa
    }
    for (let q = 0; q < rows; q++) y[r * rows + q]! *= toZero[r]!
  }
  engine.multiplyInto(right, inside, V, false, true, 1, 1)
  engine.multiplyInto(out, U, right)
  engine.multiplyInto(out, scaleColumns(engine, left, toZero), V, false, true, 1, 1)
}

/**
 * 𝒜_{n,W}(Z), a new matrix: what −Ẇ is when all layers are balanced and Z = ∇ℓ(W).
 *
 * W and Z are d_n×d_0, `depth` is any real n > 0. Singular values of W below `floor`·σ_1 count as 0 (default 0: none): give
 * 1e-13 where W is meant to be rank deficient, because the preconditioner feels σ as σ^{2/n}.
 *
 *     applyPreconditioner(engine, W, G, 3)   // −Ẇ at depth 3
 */
export function applyPreconditioner(engine: Engine, W: Matrix, Z: Matrix, depth: number, floor = 0): Matrix {
  const out = engine.matrix(W.rows, W.columns)
  engine.scoped(() => {
    const { U, values, V } = engine.svd(W)
    const threshold = floor * (values[0] ?? 0)
    const kept = values.map((value) => (value < threshold ? 0 : value))
    applyPreconditionerInto(engine, out, { U, values: kept, V }, Z, depth)
  })
  return out
}

/**
 * All d_n·d_0 eigenvalues κ_n(σ_r, σ_q) of the preconditioner, descending, from the singular values of W (missing ones are 0):
 * Arora, Cohen, Hazan 2018, claim 1. The eigenvectors are u_r v_qᵀ.
 */
export function preconditionerEigenvalues(
  engine: Engine,
  values: ArrayLike<number>,
  [rows, columns]: Shape,
  depth: number,
): Float64Array {
  const eigenvalues = new Float64Array(rows * columns)
  for (let r = 0; r < rows; r++)
    for (let q = 0; q < columns; q++)
      eigenvalues[r * columns + q] = engine.kappa(depth, values[r] ?? 0, values[q] ?? 0)
  return eigenvalues.sort().reverse()
}
