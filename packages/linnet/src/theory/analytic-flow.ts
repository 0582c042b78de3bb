/**
 * The end-to-end flow of balanced layers in the coordinates of an analytic singular value decomposition W = U S Vᵀ, whose singular
 * values carry signs and move smoothly (Arora, Cohen, Hu, Luo 2019, arXiv 1905.13655, lemma 2 and theorem 3). With
 * G̃ = UᵀGV and a_r = (σ_r²)^{1/n},
 *
 *     σ̇_r = −n a_r^{n−1} G̃_rr
 *     U̇   = UΩ − (I − UUᵀ)GV |S|^{1−2/n} sgn S,    Ω_{rq} = (σ_q G̃_rq + σ_r G̃_qr)/(a_r − a_q)
 *     V̇   = VΨ − (I − VVᵀ)GᵀU |S|^{1−2/n} sgn S,   Ψ_{rq} = (σ_r G̃_rq + σ_q G̃_qr)/(a_r − a_q)
 *
 * No singular value of depth ≥ 2 crosses zero here, which integrating W or the layers cannot promise.
 */
import type { Engine } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import { difference, product, scaleColumns } from './products.ts'

/** W = U diag(values) Vᵀ, signed values in any order; or the rates of these three. */
export interface AnalyticDecomposition {
  /** d_n×k, orthonormal columns, k = min(d_n, d_0). */
  readonly U: Matrix
  readonly values: Float64Array
  /** d_0×k, orthonormal columns. */
  readonly V: Matrix
}

/**
 * Writes the rates (U̇, σ̇, V̇) of the flow Ẇ = −𝒜_{n,W}(G) at `at`, where G = ∇ℓ(W) is d_n×d_0 and `depth` is any real n ≥ 1.
 * Allocates; wrap in `engine.scoped`. Not finite where two |σ| coincide (cross with the matrix flow there), or, at depths below
 * 2, where a σ is 0.
 */
export function analyticFlowInto(
  engine: Engine,
  rates: AnalyticDecomposition,
  at: AnalyticDecomposition,
  G: Matrix,
  depth: number,
): void {
  const { U, values, V } = at
  const GV = product(engine, G, V)
  const GtU = product(engine, G, U, true)
  const inside = product(engine, U, GV, true)
  const outward = values.map((s) => Math.sign(s) * engine.pow(Math.abs(s), 1 - 2 / depth))
  const outsideU = difference(engine, GV, product(engine, U, inside))
  const outsideV = difference(engine, GtU, product(engine, V, inside, false, true))
  engine.copyInto(rates.U, scaleColumns(engine, outsideU, outward))
  engine.copyInto(rates.V, scaleColumns(engine, outsideV, outward))
  const { omega, psi } = rotations(engine, inside, values, depth)
  engine.multiplyInto(rates.U, U, omega, false, false, 1, -1)
  engine.multiplyInto(rates.V, V, psi, false, false, 1, -1)
  values.forEach((s, r) => {
    rates.values[r] = -depth * engine.pow(s * s, 1 - 1 / depth) * inside.data[r * values.length + r]!
  })
}

function rotations(engine: Engine, inside: Matrix, values: Float64Array, depth: number) {
  const k = values.length
  const omega = engine.matrix(k, k)
  const psi = engine.matrix(k, k)
  const [g, o, p] = [inside.data, omega.data, psi.data]
  const powers = values.map((s) => engine.pow(s * s, 1 / depth))
  for (let r = 0; r < k; r++)
    for (let q = 0; q < k; q++) {
      if (q === r) continue
      const [gap, s, t] = [powers[r]! - powers[q]!, values[r]!, values[q]!]
      o[r * k + q] = (t * g[r * k + q]! + s * g[q * k + r]!) / gap
      p[r * k + q] = (s * g[r * k + q]! + t * g[q * k + r]!) / gap
    }
  return { omega, psi }
}
