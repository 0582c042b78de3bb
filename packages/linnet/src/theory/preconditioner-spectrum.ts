/**
 * The preconditioner of the end-to-end matrix as the layers make it: 𝒫 = Σ_j (W_{j−1:1}ᵀW_{j−1:1}) ⊗ (W_{n:j+1}W_{n:j+1}ᵀ), true of any
 * weights (Cohen, Razin 2024, arXiv 2408.13767, eq. 4). Nothing here knows the kernel κ_n.
 */
import type { Engine } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Parameters } from '../networks/network.ts'
import type { BalancedNeighbour } from './balance.ts'
import type { Point } from './point.ts'
import { difference, operatorNorm, product, scaleColumns } from './products.ts'

interface Factors {
  /** W_{n:j+1}W_{n:j+1}ᵀ for j = 1, …, n. */
  readonly outer: readonly Matrix[]
  /** W_{j−1:1}ᵀW_{j−1:1}. */
  readonly inner: readonly Matrix[]
}

function factorsOf({ engine, depth, W }: Point, { layers }: Parameters): Factors {
  const outer: Matrix[] = [identity(engine, W.rows)]
  const inner: Matrix[] = [identity(engine, W.columns)]
  let above = outer[0]!
  let below = inner[0]!
  for (let j = 1; j < depth; j++) {
    above = product(engine, above, layers[depth - j]!)
    below = product(engine, layers[j - 1]!, below)
    outer.unshift(product(engine, above, above, false, true))
    inner.push(product(engine, below, below, true))
  }
  return { outer, inner }
}

function identity(engine: Engine, size: number): Matrix {
  const out = engine.matrix(size, size)
  for (let i = 0; i < size; i++) out.data[i * size + i] = 1
  return out
}

/** Eigenvalues of Σ_j inner_j ⊗ outer_j, descending, of any layers of the network at this point. */
export function eigenvaluesFromLayers(point: Point, weights: Parameters): Float64Array {
  const { engine, W } = point
  const { outer, inner } = factorsOf(point, weights)
  const [m, n] = [W.rows, W.columns]
  const P = engine.matrix(m * n, m * n)
  const out = P.data
  outer.forEach((left, j) => {
    const [o, i] = [left.data, inner[j]!.data]
    for (let a = 0; a < n; a++)
      for (let b = 0; b < n; b++)
        for (let r = 0; r < m; r++)
          for (let q = 0; q < m; q++) out[(a * m + r) * m * n + b * m + q]! += i[a * n + b]! * o[r * m + q]!
  })
  return engine.symmetricEigenvalues(P).slice().reverse()
}

/**
 * Weyl: no eigenvalue of 𝒫 is farther from its place in 𝒫̃ = Σ_j [WᵀW]^{(j−1)/n} ⊗ [WWᵀ]^{(n−j)/n} than the norm of the difference;
 * to which is added how far the claimed eigenvalues (that of σ_r and σ_q at r·d_0 + q) are from those of 𝒫̃.
 */
export function deviationBound(
  point: Point,
  weights: Parameters,
  neighbour: BalancedNeighbour,
  claimed: Float64Array,
): number {
  const { engine, depth } = point
  const { outer, inner } = factorsOf(point, weights)
  const { U, V, values } = neighbour.spectrum
  const powers = Array.from({ length: depth }, (_, j) => powersOf(engine, values, j, depth))
  let bound = 0
  outer.forEach((left, j) => {
    const right = inner[j]!
    const [above, below] = [powers[depth - 1 - j]!, powers[j]!]
    // The factors with exponent 0 are the identity on either side.
    const leftOff = j === depth - 1 ? 0 : distanceToPower(engine, left, U, above)
    const rightOff = j === 0 ? 0 : distanceToPower(engine, right, V, below)
    bound += leftOff * (j === 0 ? 1 : operatorNorm(engine, right)) + above[0]! * rightOff
  })
  return bound + claimDeviation(point, powers, claimed)
}

/** σ_r^{2j/n} for every r, and for σ = 0 at the end. */
function powersOf(engine: Engine, values: Float64Array, j: number, depth: number): Float64Array {
  return Float64Array.from([...values, 0], (value) => {
    if (j === 0) return 1
    return value === 0 ? 0 : engine.pow(value, (2 * j) / depth)
  })
}

/** ‖A − Q diag(powers) Qᵀ‖. */
function distanceToPower(engine: Engine, A: Matrix, Q: Matrix, powers: Float64Array): number {
  const power = product(engine, scaleColumns(engine, Q, powers), Q, false, true)
  return operatorNorm(engine, difference(engine, A, power))
}

/** Largest |Σ_j σ_r^{2(n−j)/n}σ_q^{2(j−1)/n} − claimed_rq|; one zero singular value stands for all. */
function claimDeviation({ W, depth }: Point, powers: readonly Float64Array[], claimed: Float64Array): number {
  const count = powers[0]!.length
  const [rows, columns] = [Math.min(W.rows, count), Math.min(W.columns, count)]
  let largest = 0
  for (let r = 0; r < rows; r++)
    for (let q = 0; q < columns; q++) {
      let sum = 0
      for (let j = 0; j < depth; j++) sum += powers[depth - 1 - j]![r]! * powers[j]![q]!
      largest = Math.max(largest, Math.abs(sum - claimed[r * W.columns + q]!))
    }
  return largest
}
