import type { Engine } from '../engine/engine.ts'
import type { Parameters } from '../networks/network.ts'
import type { About } from '../registry/entry.ts'
import { type BalancedNeighbour, balancedNeighbour, powerRoundOff } from './balance.ts'
import type { Statement } from './certificate.ts'
import { unbalanced } from './controls.ts'
import {
  type NearBalance,
  nearBalanceAside,
  nearBalanceAssumptions,
  nearBalanceFinding,
  nearBalanceNumbers,
  nearBalanceWhere,
  oneLayer,
} from './near-balance.ts'
import { type Point, productsWithoutOne } from './point.ts'
import { preconditionerKernel } from './preconditioner.ts'
import { deviationBound, eigenvaluesFromLayers } from './preconditioner-spectrum.ts'
import { spectrumRoundOff } from './round-off.ts'
import { makeStatement, watching } from './statement.ts'
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
 * beyond, Weyl's inequality bounds all deviations by the distance of the factors of 𝒫 from powers of WWᵀ and WᵀW, and the extremes
 * that the certificate reports are the claimed ones, named so. Compared are the balanced layers next to those of the run.
 */
export const corollary1: Statement = corollary1With(preconditionerKernel)

/** The same check of another claim about the eigenvalues: wrong ones must be found out. */
export function corollary1With(kernel: Kernel, denseLimit = DENSE_LIMIT): Statement {
  return makeStatement(
    {
      ...about,
      theorem:
        "\\mathcal P(W)=\\sum_{j=1}^n[W^\\top W]^{\\frac{n-j}n}\\otimes[WW^\\top]^{\\frac{j-1}n}\\text{ has eigenvalues }\\frac{\\sigma_r^2-\\sigma_{r'}^2}{\\sigma_r^{2/n}-\\sigma_{r'}^{2/n}},\\ \\lambda_{\\max}=n\\sigma_1^{2-2/n}",
      scope: 'point',
      negativeControl: unbalanced,
    },
    ({ objective }) =>
      watching(
        (point) => {
          const neighbour = balancedNeighbour(point)
          return point.engine.scoped(() => compare(point, neighbour, kernel, denseLimit))
        },
        (points, options) =>
          conclude(
            about,
            {
              where: nearBalanceWhere(points),
              aside: objective.network.depth === 1 ? oneLayer : nearBalanceAside(points),
              assumptions: nearBalanceAssumptions(points, 'the spectrum'),
              findings: [nearBalanceFinding(points, 'the largest eigenvalue', options)],
              numbers: { ...nearBalanceNumbers(points), ...points.at(-1)?.numbers },
            },
            options,
          ),
      ),
  )
}

interface Compared extends NearBalance {
  readonly numbers: Readonly<Record<string, number>>
}

function compare(point: Point, neighbour: BalancedNeighbour, kernel: Kernel, denseLimit: number): Compared {
  const { engine, W, depth, position, layerNorms } = point
  const { values } = neighbour.spectrum
  const dense = W.rows * W.columns <= denseLimit
  const claimed = claimedSpectrum(point, values, kernel)
  const extremes = {
    largest: depth * engine.pow(values[0] ?? 0, 2 - 2 / depth),
    smallest: smallestEigenvalue(point, values),
  }
  const deviationOf = (weights: Parameters): Deviation => {
    const measured = dense ? eigenvaluesFromLayers(point, weights) : undefined
    const deviation = measured
      ? largestDeviation(measured, claimed.slice().sort().reverse())
      : deviationBound(point, weights, neighbour, claimed)
    return { measured, deviation: Math.max(deviation, extremesOff(measured ?? claimed, extremes)) }
  }
  const own = deviationOf(point.weights)
  const dimension = dense ? W.rows * W.columns : Math.max(W.rows, W.columns)
  const roundOff = spectrumError(point, neighbour, dimension, extremes.largest)
  return {
    position,
    residual: deviationOf(neighbour.weights).deviation,
    ownResidual: own.deviation,
    size: extremes.largest,
    imbalance: operatorMovement(layerNorms, neighbour.distances),
    roundOff,
    numbers: spectrumNumbers(claimed, own.measured, roundOff),
  }
}

interface Deviation {
  /** Nothing where the eigenvalues are only bounded. */
  readonly measured: Float64Array | undefined
  readonly deviation: number
}

/** Largest distance of the extremes from those of Corollary 1. */
function extremesOff(
  eigenvalues: Float64Array,
  { largest, smallest }: { readonly largest: number; readonly smallest: number },
): number {
  return Math.max(Math.abs(largestOf(eigenvalues) - largest), Math.abs(smallestOf(eigenvalues) - smallest))
}

/** What the certificate tells of the spectrum; of the layers themselves only what was computed from them. */
function spectrumNumbers(
  claimed: Float64Array,
  measured: Float64Array | undefined,
  roundOff: number,
): Record<string, number> {
  const [largest, smallest] = [largestOf(claimed), smallestOf(claimed)]
  const zeros = (eigenvalues: Float64Array) => eigenvalues.filter((value) => value <= roundOff).length
  return {
    claimedLargestEigenvalue: largest,
    claimedSmallestEigenvalue: smallest,
    ...(smallest > roundOff && { condition: largest / smallest }),
    kernelDimension: zeros(claimed),
    ...(measured && {
      largestEigenvalue: largestOf(measured),
      smallestEigenvalue: smallestOf(measured),
      kernelDimensionFromLayers: zeros(measured),
    }),
  }
}

/** All claimed eigenvalues, that of σ_r and σ_q at r·d_0 + q; singular values beyond those given are 0. */
function claimedSpectrum({ engine, W, depth }: Point, values: Float64Array, kernel: Kernel): Float64Array {
  const eigenvalues = new Float64Array(W.rows * W.columns)
  for (let r = 0; r < W.rows; r++)
    for (let q = 0; q < W.columns; q++)
      eigenvalues[r * W.columns + q] = kernel(engine, depth, values[r] ?? 0, values[q] ?? 0)
  return eigenvalues
}

/** n·σ_k^{2−2/n} for square W, σ_k^{2−2/n} otherwise, k = min(d_n, d_0); 1 at depth 1. */
function smallestEigenvalue({ engine, W, depth }: Point, values: Float64Array): number {
  const last = values[Math.min(W.rows, W.columns) - 1] ?? 0
  if (depth === 1) return 1
  return (W.rows === W.columns ? depth : 1) * engine.pow(last, 2 - 2 / depth)
}

/**
 * Round-off of the eigenvalues: up to 2n products in each of the n terms of 𝒫, the orthonormality of the neighbour's factors,
 * powers of singular values, and the decomposition, of size `dimension`.
 */
function spectrumError(
  point: Point,
  neighbour: BalancedNeighbour,
  dimension: number,
  largest: number,
): number {
  const { depth, layerNorms, productError } = point
  const scale = productsWithoutOne(layerNorms).reduce((sum, p) => sum + p * p, 0)
  const products = 2 * depth * productError + 2 * (depth + 2) * neighbour.defect
  return (products + powerRoundOff(point, neighbour)) * scale + spectrumRoundOff(dimension) * largest
}

function largestDeviation(a: Float64Array, b: Float64Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0)
}

function largestOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0)
}

function smallestOf(values: Float64Array): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
}

/**
 * By how much the eigenvalues may move when the layers are replaced by those of the neighbour: every layer i ≠ j stands twice in
 * the j-th of the n terms, so ‖ΔP‖ ≤ Σ_j Σ_{i≠j} 2‖ΔW_i‖w_i Π_{l≠i,j} w_l² with w_l = ‖W_l‖ + ‖ΔW_l‖ ≥ both norms.
 */
export function operatorMovement(layerNorms: readonly number[], distances: readonly number[]): number {
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
