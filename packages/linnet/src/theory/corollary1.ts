import type { Engine } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { About } from '../registry/entry.ts'
import { type BalancedNeighbour, balancedNeighbour } from './balance.ts'
import type { Statement } from './certificate.ts'
import { unbalanced } from './controls.ts'
import {
  type NearBalance,
  nearBalanceAssumptions,
  nearBalanceFinding,
  nearBalanceNumbers,
} from './near-balance.ts'
import { overSnapshots, type Point, productsWithoutOne } from './point.ts'
import { preconditionerKernel } from './preconditioner.ts'
import { difference, operatorNorm, product, scaleColumns } from './products.ts'
import { spectrumRoundOff } from './round-off.ts'
import { conclude } from './verdict.ts'

const about: About = {
  kind: 'corollary1',
  title: 'Corollary 1 (spectrum of the preconditioner)',
  symbol: "\\lambda(\\mathcal P(W))=\\{\\kappa_n(\\sigma_r,\\sigma_{r'})\\}",
  help: 'the preconditioner that balanced layers apply to the gradient has eigenvalues that favour directions already present in W',
  source:
    'Arora, Cohen, Hazan 2018 (arXiv 1802.06509), claim 1; Cohen, Razin 2024 (arXiv 2408.13767), corollary 1',
}

/** What is claimed of the eigenvalue that belongs to singular values s (left) and t (right). */
export type Kernel = (engine: Engine, depth: number, s: number, t: number) => number

/** Up to this many weights d_n·d_0 of W all eigenvalues are computed (milliseconds); beyond, a bound on all deviations. */
const DENSE_LIMIT = 400

/**
 * Corollary 1 at every snapshot: 𝒫 = Σ_j (W_{j−1:1}ᵀW_{j−1:1}) ⊗ (W_{n:j+1}W_{n:j+1}ᵀ), built from the layers, has the
 * eigenvalues κ_n(σ_r, σ_q), built from the singular values of W. Up to d_n·d_0 = 400 all eigenvalues are compared one by one;
 * beyond, Weyl's inequality bounds all deviations by the distance of the factors of 𝒫 from powers of WWᵀ and WᵀW.
 */
export const corollary1: Statement = corollary1With(preconditionerKernel)

/** The same check of another claim about the eigenvalues: wrong ones must be found out. */
export function corollary1With(kernel: Kernel, denseLimit = DENSE_LIMIT): Statement {
  return {
    ...about,
    theorem:
      "\\mathcal P(W)=\\sum_{j=1}^n[W^\\top W]^{\\frac{n-j}n}\\otimes[WW^\\top]^{\\frac{j-1}n}\\text{ has eigenvalues }\\frac{\\sigma_r^2-\\sigma_{r'}^2}{\\sigma_r^{2/n}-\\sigma_{r'}^{2/n}},\\ \\lambda_{\\max}=n\\sigma_1^{2-2/n}",
    scope: 'point',
    negativeControl: unbalanced,
    certify(run, options) {
      const points = overSnapshots(run, (point) => compare(point, kernel, denseLimit))
      const last = points.at(-1)
      return conclude(
        about,
        {
          assumptions: nearBalanceAssumptions(points, 'the spectrum'),
          findings: [nearBalanceFinding(points, 'the largest eigenvalue', options)],
          numbers: { ...nearBalanceNumbers(points), ...last?.numbers },
        },
        options,
      )
    },
  }
}

function compare(point: Point, kernel: Kernel, denseLimit: number) {
  const { engine, W, depth } = point
  const neighbour = balancedNeighbour(point)
  const { values } = neighbour.spectrum
  const dense = W.rows * W.columns <= denseLimit
  const claimed = claimedSpectrum(point, values, kernel)
  const size = depth * engine.pow(values[0] ?? 0, 2 - 2 / depth)
  const smallest = smallestEigenvalue(point, values)
  const measured = dense ? eigenvaluesFromLayers(point) : claimed
  const extremes = Math.max(Math.abs(measured[0]! - size), Math.abs(measured.at(-1)! - smallest))
  const scale = productsWithoutOne(point.layerNorms).reduce((sum, p) => sum + p * p, 0)
  const roundOff =
    (2 * depth * point.productError + 2 * (depth + 2) * neighbour.defect) * scale +
    spectrumRoundOff(dense ? W.rows * W.columns : Math.max(W.rows, W.columns)) * size
  const zeros = (eigenvalues: Float64Array) => eigenvalues.filter((value) => value <= roundOff).length
  return {
    position: point.position,
    residual: dense
      ? Math.max(extremes, largestDeviation(measured, claimed))
      : Math.max(extremes, deviationBound(point, neighbour, kernel)),
    size,
    imbalance: operatorMovement(point, neighbour),
    roundOff,
    numbers: {
      largestEigenvalue: measured[0]!,
      smallestEigenvalue: measured.at(-1)!,
      condition: size / smallest,
      kernelDimension: zeros(claimed),
      ...(dense && { kernelDimensionFromLayers: zeros(measured) }),
    },
  } satisfies NearBalance & { numbers: Record<string, number> }
}

/** All claimed eigenvalues, descending; singular values beyond those given are 0. */
function claimedSpectrum({ engine, W, depth }: Point, values: Float64Array, kernel: Kernel): Float64Array {
  const eigenvalues = new Float64Array(W.rows * W.columns)
  for (let r = 0; r < W.rows; r++)
    for (let q = 0; q < W.columns; q++)
      eigenvalues[r * W.columns + q] = kernel(engine, depth, values[r] ?? 0, values[q] ?? 0)
  return eigenvalues.sort().reverse()
}

/** n·σ_k^{2−2/n} for square W, σ_k^{2−2/n} otherwise, k = min(d_n, d_0); 1 at depth 1. */
function smallestEigenvalue({ engine, W, depth }: Point, values: Float64Array): number {
  const last = values[Math.min(W.rows, W.columns) - 1] ?? 0
  if (depth === 1) return 1
  return (W.rows === W.columns ? depth : 1) * engine.pow(last, 2 - 2 / depth)
}

interface Factors {
  /** W_{n:j+1}W_{n:j+1}ᵀ for j = 1, …, n. */
  readonly outer: readonly Matrix[]
  /** W_{j−1:1}ᵀW_{j−1:1}. */
  readonly inner: readonly Matrix[]
}

function factorsOf(point: Point): Factors {
  const { engine, depth, W } = point
  const { layers } = point.weights
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

/** Eigenvalues of Σ_j inner_j ⊗ outer_j, descending: its singular values, for it is a sum of positive semidefinite matrices. */
function eigenvaluesFromLayers(point: Point): Float64Array {
  const { engine, W } = point
  const { outer, inner } = factorsOf(point)
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
  return engine.singularValues(P)
}

function largestDeviation(a: Float64Array, b: Float64Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0)
}

/**
 * Weyl: no eigenvalue of Σ_j inner_j ⊗ outer_j is farther from its place in Σ_j [WᵀW]^{(j−1)/n} ⊗ [WWᵀ]^{(n−j)/n} than the norm of
 * the difference; to which is added how far the claimed eigenvalues are from those of the latter.
 */
function deviationBound(point: Point, neighbour: BalancedNeighbour, kernel: Kernel): number {
  const { engine, depth } = point
  const { outer, inner } = factorsOf(point)
  const { U, V, values } = neighbour.spectrum
  let bound = 0
  outer.forEach((left, index) => {
    const right = inner[index]!
    const leftOff = distanceToPower(engine, left, U, values, (depth - 1 - index) / depth)
    const rightOff = distanceToPower(engine, right, V, values, index / depth)
    const leftPower = engine.pow(values[0] ?? 0, (2 * (depth - 1 - index)) / depth)
    bound += leftOff * operatorNorm(engine, right) + leftPower * rightOff
  })
  return bound + kernelDeviation(point, values, kernel)
}

/** ‖A − [BBᵀ]^β‖ for B = Q diag(values) · with orthonormal columns Q; [·]^0 is the identity. */
function distanceToPower(engine: Engine, A: Matrix, Q: Matrix, values: Float64Array, beta: number): number {
  if (beta === 0) return operatorNorm(engine, difference(engine, A, identity(engine, A.rows)))
  const powers = values.map((value) => (value === 0 ? 0 : engine.pow(value, 2 * beta)))
  const power = product(engine, scaleColumns(engine, Q, powers), Q, false, true)
  return operatorNorm(engine, difference(engine, A, power))
}

function kernelDeviation({ engine, W, depth }: Point, values: Float64Array, kernel: Kernel): number {
  const power = (value: number, j: number) =>
    j === 0 ? 1 : value === 0 ? 0 : engine.pow(value, (2 * j) / depth)
  let largest = 0
  const [rows, columns] = [W.rows, W.columns].map((size) => Math.min(size, values.length + 1)) as [
    number,
    number,
  ]
  for (let r = 0; r < rows; r++)
    for (let q = 0; q < columns; q++) {
      const [s, t] = [values[r] ?? 0, values[q] ?? 0]
      let sum = 0
      for (let j = 0; j < depth; j++) sum += power(s, j) * power(t, depth - 1 - j)
      largest = Math.max(largest, Math.abs(sum - kernel(engine, depth, s, t)))
    }
  return largest
}

/**
 * By how much the eigenvalues may move when the layers are replaced by those of the neighbour: every layer i ≠ j stands twice in
 * the j-th of the n terms, so ‖ΔP‖ ≤ Σ_j Σ_{i≠j} 2‖ΔW_i‖w_i Π_{l≠i,j} w_l² with w_l = ‖W_l‖ + ‖ΔW_l‖ ≥ both norms.
 */
function operatorMovement({ layerNorms }: Point, { distances }: BalancedNeighbour): number {
  const w = layerNorms.map((norm, l) => norm + distances[l]!)
  let moved = 0
  for (let j = 0; j < w.length; j++)
    for (let i = 0; i < w.length; i++)
      if (i !== j)
        moved += w.reduce(
          (term, norm, l) =>
            l === j ? term : l === i ? term * 2 * distances[i]! * norm : term * norm * norm,
          1,
        )
  return moved
}
