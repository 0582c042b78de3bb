/**
 * The balanced neighbour of given layers, and by how much the distance to it may matter.
 *
 * Theorems about balanced layers say nothing of layers that are balanced only nearly, as those of every computed run are. So
 * they are applied to a balanced factorisation close by,
 *
 *     W̃_j = Q_j S Q_{j−1}ᵀ,   Q_0 = V, Q_n = U,   W̃_n···W̃_1 = U Sⁿ Vᵀ = W      (Procedure 1 of Arora et al. 2019, arXiv
 *                                                                               1810.02281, with general Q_j)
 *
 * for which they are exact up to round-off; how much moves when the layers are replaced by these, one after the other, says
 * whether the theorem speaks of the layers at all. Modes of W below its own round-off (a layer's singular value of 1e-4 is 1e-20 in W at depth 5) are read off the
 * layers instead.
 */
import type { SingularValueDecomposition } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Parameters } from '../networks/network.ts'
import { type Point, velocityInto } from './point.ts'
import { columnsOf, difference, operatorNorm, product, scaleColumns, sideBySide } from './products.ts'
import { EPSILON, spectrumRoundOff } from './round-off.ts'

export interface BalancedNeighbour {
  /** W, up to its round-off, as U diag(values) Vᵀ with k ≤ min_j d_j modes; the rest of W is zero. */
  readonly spectrum: SingularValueDecomposition
  readonly weights: Parameters
  /** Ẇ of these layers under the same gradient G of the loss. */
  readonly velocity: Matrix
  /** ‖W_j − W̃_j‖ for each layer. */
  readonly distances: readonly number[]
  /**
   * By how much Ẇ moves when the layers are replaced by these, W_1 first: n matrices that add up to the whole difference, so
   * that the sum of any norm of them bounds it.
   */
  readonly movements: readonly Matrix[]
  /** max_j ‖Q_jᵀQ_j − I‖_F: how exactly the neighbour is a balanced factorisation. */
  readonly defect: number
}

/**
 * Singular values of the layers below √ε of the largest are dropped from the modes that W cannot show: everything here depends
 * on their squares.
 */
const LAYER_FLOOR = Math.sqrt(EPSILON)

const remembered = new WeakMap<Point, BalancedNeighbour>()

/**
 * The neighbour of the layers at a point, computed once a point. It lives in the engine's memory as long as the point must: call
 * this outside of any scope that is nested in the scope of the point.
 */
export function balancedNeighbour(point: Point): BalancedNeighbour {
  const known = remembered.get(point) ?? findNeighbour(point)
  remembered.set(point, known)
  return known
}

function findNeighbour(point: Point): BalancedNeighbour {
  const { engine, depth, weights } = point
  const { network } = point.objective
  const visible = visibleModes(point)
  const first = extendWithin(point, visible)
  const orthonormal: Matrix[] = [first.V]
  for (let j = 1; j < depth; j++)
    orthonormal.push(polar(point, product(engine, weights.layers[j - 1]!, orthonormal[j - 1]!)))
  orthonormal.push(lastFactor(point, visible.U, orthonormal[depth - 1]!))
  const neighbour = network.allocate()
  neighbour.layers.forEach((layer, index) => {
    const left = scaleColumns(engine, orthonormal[index + 1]!, first.roots)
    engine.multiplyInto(layer, left, orthonormal[index]!, false, true)
  })
  const values = first.roots.map((root, r) => visible.values[r] ?? power(root, depth))
  const steps = velocitiesTowards(point, neighbour)
  return {
    spectrum: { U: orthonormal[depth]!, values, V: first.V },
    weights: neighbour,
    velocity: steps.at(-1)!,
    distances: weights.layers.map((layer, j) =>
      operatorNorm(engine, difference(engine, layer, neighbour.layers[j]!)),
    ),
    movements: steps.map((after, j) => difference(engine, after, steps[j - 1] ?? point.velocity)),
    defect: Math.max(...orthonormal.map((Q) => orthonormalityDefect(point, Q))),
  }
}

/** Bound on the round-off of W itself: n−1 products and the decomposition. */
function visibility({ depth, layerNorms, productError, W }: Point): number {
  const size = layerNorms.reduce((norm, one) => norm * one, 1)
  return ((depth - 1) * productError + spectrumRoundOff(Math.max(W.rows, W.columns))) * size
}

/** The modes of W above its round-off, at least one; at depth 1 W is the layer, and all modes count. */
function visibleModes(point: Point): SingularValueDecomposition {
  const { engine, W, depth } = point
  const { U, values, V } = engine.svd(W)
  const floor = depth === 1 ? -1 : visibility(point)
  const widest = Math.min(...point.objective.network.widths)
  const above = values.findIndex((value) => value <= floor)
  const count = Math.max(1, Math.min(above < 0 ? values.length : above, widest))
  return {
    U: columnsOf(engine, U, 0, count),
    values: values.slice(0, count),
    V: columnsOf(engine, V, 0, count),
  }
}

/** Q_0 and the singular values S of the balanced layers: visible modes from W, the others from W_1 beside them. */
function extendWithin(point: Point, visible: SingularValueDecomposition): { V: Matrix; roots: Float64Array } {
  const { engine, depth, weights, layerNorms } = point
  const roots = visible.values.map((value) => engine.pow(value, 1 / depth))
  const room = Math.min(...point.objective.network.widths) - roots.length
  if (room === 0) return { V: visible.V, roots }
  const W1 = weights.layers[0]!
  const rest = difference(engine, W1, product(engine, product(engine, W1, visible.V), visible.V, false, true))
  const hidden = engine.svd(rest)
  const ceiling = engine.pow(visibility(point), 1 / depth)
  const found = hidden.values.filter((value) => value > LAYER_FLOOR * layerNorms[0]!).length
  const kept = Math.min(room, found)
  if (kept === 0) return { V: visible.V, roots }
  const hiddenV = outside(point, visible.V, columnsOf(engine, hidden.V, 0, kept))
  const hiddenRoots = hidden.values.slice(0, kept).map((value) => Math.min(value, ceiling))
  return {
    V: sideBySide(engine, visible.V, hiddenV),
    roots: Float64Array.from([...roots, ...hiddenRoots]),
  }
}

/** Q_n: the left singular vectors of W, and beside them what the last layer makes of the hidden modes. */
function lastFactor(point: Point, U: Matrix, before: Matrix): Matrix {
  const { engine, weights } = point
  if (before.columns === U.columns) return U
  const image = product(engine, weights.layers.at(-1)!, columnsOf(engine, before, U.columns, before.columns))
  const hidden = polar(point, outside(point, U, image))
  return sideBySide(engine, U, outside(point, U, hidden))
}

/** X − BBᵀX for B with orthonormal columns. */
function outside({ engine }: Point, B: Matrix, X: Matrix): Matrix {
  return difference(engine, X, product(engine, B, product(engine, B, X, true)))
}

/** The nearest matrix with orthonormal columns: the orthogonal polar factor XYᵀ of M = X diag(s) Yᵀ. */
function polar({ engine }: Point, M: Matrix): Matrix {
  const { U, V } = engine.svd(M)
  return product(engine, U, V, false, true)
}

function orthonormalityDefect({ engine }: Point, Q: Matrix): number {
  const gram = product(engine, Q, Q, true)
  const data = gram.data
  for (let i = 0; i < gram.rows; i++) data[i * gram.rows + i]! -= 1
  return engine.norm(gram)
}

function power(base: number, exponent: number): number {
  let result = 1
  for (let i = 0; i < exponent; i++) result *= base
  return result
}

/** Ẇ after W_1 is replaced, after W_2 is replaced too, …: n matrices, the last one that of the neighbour. */
function velocitiesTowards(point: Point, neighbour: Parameters): Matrix[] {
  const { engine, objective, W, G } = point
  const mixed = objective.network.allocate()
  engine.copyInto(mixed.vector, point.weights.vector)
  return neighbour.layers.map((layer, index) => {
    engine.copyInto(mixed.layers[index]!, layer)
    const after = engine.matrix(W.rows, W.columns)
    velocityInto(objective, after, mixed, G)
    return after
  })
}

/**
 * Relative error of powers of singular values such as σ^{2−2/n}: rounding the exponent costs u·|ln σ|, and so does the root
 * S = W^{1/n} of which the neighbour is made, n times over; a rounding for each of its n factors and of a few products besides.
 */
export function powerRoundOff({ engine, depth }: Point, { spectrum }: BalancedNeighbour): number {
  if (depth === 1) return 0
  const largest = spectrum.values.reduce(
    (most, value) => (value > 0 ? Math.max(most, Math.abs(engine.log(value))) : most),
    0,
  )
  return (depth + 4 + 2 * largest) * EPSILON
}

/**
 * Round-off of Ẇ from the layers, and of what theorems predict of it, in the Frobenius norm. Each of the n terms of Ẇ takes
 * 2n−2 products; the prediction is exact but for the orthonormality of at most n+2 factors, each of which enters twice,
 * four products, and powers of singular values. It bounds the round-off at the neighbour as well: of all layers with one
 * product of norms, those with equal norms have the smallest Σ_jΠ_{i≠j}‖W_i‖².
 */
export function velocityRoundOff(point: Point, neighbour: BalancedNeighbour): number {
  const { depth, productError, velocityScale } = point
  const products = (2 * depth + 2) * productError + 2 * (depth + 2) * neighbour.defect
  return (products + powerRoundOff(point, neighbour)) * velocityScale
}
