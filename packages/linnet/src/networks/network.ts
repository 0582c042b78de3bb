import type { Engine } from '../engine/engine.ts'
import type { Matrix, Shape } from '../linalg/matrix.ts'
import type { AnyEntry, Spec } from '../registry/entry.ts'

/** All weights in one vector θ, and the layers as windows on it: W_1 first, each row by row. */
export interface Parameters {
  /** size×1. */
  readonly vector: Matrix
  readonly layers: readonly Matrix[]
}

/**
 * How parameters make the end-to-end matrix. The architecture is fixed at creation; weights come in as `Parameters` of
 * `shapes`. Nothing here allocates after `create`.
 */
export interface Network {
  readonly kind: string
  readonly depth: number
  /** d_0, …, d_n. */
  readonly widths: readonly number[]
  /** Shape of each layer, W_1 first: d_j×d_{j−1}. */
  readonly shapes: readonly Shape[]
  /** Number of weights. */
  readonly size: number
  /** New zero parameters in the engine's memory. */
  allocate(): Parameters
  /** out = W_n···W_1. */
  endToEndInto(out: Matrix, weights: Parameters): void
  /** gradient_j = W_{n:j+1}ᵀ · G · W_{j−1:1}ᵀ for G = ∇ℓ at the end-to-end matrix of `weights`. */
  pullbackInto(gradient: Parameters, weights: Parameters, G: Matrix): void
  /** out = derivative of the end-to-end matrix along `direction`: Σ_j W_{n:j+1}·direction_j·W_{j−1:1}. */
  pushforwardInto(out: Matrix, weights: Parameters, direction: Parameters): void
  /**
   * out_j = derivative along `direction` of the pullback of a fixed G: the part of the Hessian-vector product that the
   * network's own curvature makes.
   */
  pullbackDerivativeInto(out: Parameters, weights: Parameters, direction: Parameters, G: Matrix): void
}

/** What a network is made with. */
export interface NetworkContext {
  readonly engine: Engine
  /** Of the end-to-end matrix, from the loss: d_n×d_0. */
  readonly endToEnd: Shape
}

/** What an entry of the family of networks carries: it makes the live network of a parsed spec. */
export interface NetworkMaker {
  create(spec: Spec, context: NetworkContext): Network
}

/** An entry of the family of networks: see `entry`. */
export type NetworkEntry = AnyEntry<NetworkMaker>
