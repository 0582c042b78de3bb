import { copyOut, type Matrix, type PlainMatrix } from '../linalg/matrix.ts'
import type { Parameters } from '../networks/network.ts'
import { imbalanceInto } from '../probes/unbalancedness.ts'
import type { Snapshot } from '../simulate/run.ts'
import type { Assumption, Setting } from './certificate.ts'
import type { Point } from './point.ts'
import { difference, product } from './products.ts'

/** D_j = W_{j+1}ᵀW_{j+1} − W_jW_jᵀ for j = 1, …, n−1, as new matrices. */
export function invariantsOf({ engine }: Point, { layers }: Parameters): Matrix[] {
  return layers.slice(1).map((upper, index) => {
    const lower = layers[index]!
    const D = engine.matrix(lower.rows, lower.rows)
    imbalanceInto(engine, D, lower, upper)
    return D
  })
}

/** ‖W_{j+1}ᵀg_{j+1} − g_jW_jᵀ‖_F for every pair of adjacent layers: 0 for gradients, at any weights and of any loss. */
export function pointwiseDefects({ engine, weights }: Point, gradient: Parameters): number[] {
  return gradient.layers.slice(1).map((upper, index) => {
    const above = product(engine, weights.layers[index + 1]!, upper, true)
    const below = product(engine, gradient.layers[index]!, weights.layers[index]!, false, true)
    return engine.norm(difference(engine, above, below))
  })
}

/**
 * Round-off of either side of that identity, in the Frobenius norm: up to n products of the layers and G. `sizeOfG` is the norm of
 * the gradient of the loss (or of a batch of its samples) that the layer gradients were made of.
 */
export function pointwiseRoundOff({ depth, productError, layerNorms }: Point, sizeOfG: number): number {
  return 2 * depth * productError * layerNorms.reduce((product, norm) => product * norm, sizeOfG)
}

/** How the invariants stand at one snapshot. */
export interface Followed {
  readonly snapshot: Snapshot
  /** ‖D_j − D_j(0)‖_F for j = 1, …, n−1. */
  readonly drifts: readonly number[]
  /** Over all snapshots so far: the largest operator norm of a layer. */
  readonly largestNorm: number
  /** Over all snapshots so far: the largest ‖θ‖. */
  readonly largestSize: number
}

/** Follows D_j along a run: call the result with every snapshot in order, inside `engine.scoped`. */
export function followInvariants(): (point: Point, snapshot: Snapshot) => Followed {
  let start: readonly PlainMatrix[] | undefined
  let before: Followed | undefined
  return (point, snapshot) => {
    const { engine } = point
    const now = invariantsOf(point, point.weights)
    start ??= now.map(copyOut)
    const first = start.map((D) => engine.copyIn(D))
    before = {
      snapshot,
      drifts: now.map((D, j) => engine.norm(difference(engine, D, first[j]!))),
      largestNorm: Math.max(before?.largestNorm ?? 0, ...point.layerNorms),
      largestSize: Math.max(before?.largestSize ?? 0, engine.norm(point.weights.vector)),
    }
    return before
  }
}

/**
 * How much rounding `times` roundings of the whole state (ε‖θ‖ each) can move D_j, and how much the products that make D_j.
 */
export function driftRoundOff(
  { productError }: Point,
  { largestNorm, largestSize }: Followed,
  times: number,
): number {
  const moved = times * Number.EPSILON * largestSize
  return driftOfMoves(largestNorm, moved) + 2 * productError * largestNorm * largestNorm
}

/** ‖ΔD_j‖_F when the weights are moved by `moved` in all (Euclidean) while no layer norm exceeds `norm`. */
export function driftOfMoves(norm: number, moved: number): number {
  return 2 * Math.SQRT2 * norm * moved + moved * moved
}

/** Depth ≥ 2: a network of one layer has no adjacent layers, hence no invariants. */
export function adjacentLayers({ objective }: Setting): Assumption {
  const { depth } = objective.network
  return {
    name: 'adjacent layers',
    holds: depth >= 2,
    measured: depth,
    threshold: 2,
    explanation:
      depth >= 2
        ? `depth ${depth} has ${depth - 1} ${depth === 2 ? 'pair' : 'pairs'} of adjacent layers`
        : 'a network of one layer has no adjacent layers, so there is nothing to conserve',
  }
}
