import type { Objective } from '../dynamics/objective.ts'
import type { Engine } from '../engine/engine.ts'
import type { Matrix, PlainMatrix } from '../linalg/matrix.ts'
import type { Parameters } from '../networks/network.ts'
import type { Snapshot } from '../simulate/run.ts'
import { operatorNorm } from './products.ts'
import { productRoundOff } from './round-off.ts'

/** The weights at one snapshot with everything that statements about a point need. */
export interface Point {
  readonly position: number
  readonly objective: Objective
  readonly engine: Engine
  readonly depth: number
  readonly weights: Parameters
  /** Operator norms of the layers. */
  readonly layerNorms: readonly number[]
  /** W = W_n···W_1. */
  readonly W: Matrix
  /** G = ∇ℓ(W). */
  readonly G: Matrix
  /** ‖G‖_F. */
  readonly sizeOfG: number
  /**
   * Ẇ along gradient flow, from the layers: −Σ_j W_{n:j+1}(W_{n:j+1}ᵀ G W_{j−1:1}ᵀ)W_{j−1:1} (Cohen, Razin 2024, eq. 4). True of
   * any weights, balanced or not.
   */
  readonly velocity: Matrix
  /** Σ_j Π_{i≠j}‖W_i‖²·‖G‖_F, which bounds ‖Ẇ‖_F and scales its round-off. */
  readonly velocityScale: number
  /** Bound on the round-off of one product at these widths, relative to the norms. */
  readonly productError: number
}

/** Copies plain layers into new parameters of the network. */
export function weightsOf({ network, engine }: Objective, layers: readonly PlainMatrix[]): Parameters {
  const weights = network.allocate()
  layers.forEach((layer, index) => {
    engine.copyInto(weights.layers[index]!, engine.copyIn(layer))
  })
  return weights
}

/** out = velocity of the end-to-end matrix at `weights` when the loss has the gradient G there. */
export function velocityInto(
  { network, engine }: Objective,
  out: Matrix,
  weights: Parameters,
  G: Matrix,
): void {
  const gradient = network.allocate()
  network.pullbackInto(gradient, weights, G)
  network.pushforwardInto(out, weights, gradient)
  engine.scaleInto(out, -1)
}

/** Lays a snapshot out; call it inside `engine.scoped`. Nothing where the weights or what follows from them is not finite. */
export function pointAt(objective: Objective, snapshot: Snapshot): Point | undefined {
  const { engine, network, loss } = objective
  const weights = weightsOf(objective, snapshot.layers)
  if (!engine.isFinite(weights.vector)) return undefined
  const [rows, columns] = loss.shape
  const W = engine.matrix(rows, columns)
  const G = engine.matrix(rows, columns)
  const velocity = engine.matrix(rows, columns)
  network.endToEndInto(W, weights)
  loss.gradientInto(G, W)
  velocityInto(objective, velocity, weights, G)
  const sizeOfG = engine.norm(G)
  const layerNorms = weights.layers.map((layer) => operatorNorm(engine, layer))
  const velocityScale = productsWithoutOne(layerNorms).reduce((sum, p) => sum + p * p * sizeOfG, 0)
  if (!engine.isFinite(W) || !engine.isFinite(velocity) || !Number.isFinite(velocityScale)) return undefined
  return {
    position: snapshot.position,
    objective,
    engine,
    depth: network.depth,
    weights,
    layerNorms,
    W,
    G,
    sizeOfG,
    velocity,
    velocityScale,
    productError: productRoundOff(Math.max(...network.widths)),
  }
}

/** Π_{i≠j} norms_i for every j. */
export function productsWithoutOne(norms: readonly number[]): number[] {
  return norms.map((_, j) => norms.reduce((product, norm, i) => (i === j ? product : product * norm), 1))
}
