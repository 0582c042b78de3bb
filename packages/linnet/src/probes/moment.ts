import type { Accounts, Clock } from '../dynamics/dynamics.ts'
import type { Objective } from '../dynamics/objective.ts'
import type { SingularValueDecomposition } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Parameters } from '../networks/network.ts'

/** One instant of a run, as probes and statements see it. Everything beyond the weights is computed once, when first asked. */
export interface Moment {
  readonly clock: Clock
  readonly position: number
  readonly objective: Objective
  readonly accounts: Accounts
  readonly weights: Parameters
  /** φ(θ) = ℓ(W). */
  readonly loss: number
  /** ∇_{W_j}φ. */
  readonly gradient: Parameters
  /** W = W_n···W_1. */
  readonly endToEnd: Matrix
  /** G = ∇ℓ(W). */
  readonly endToEndGradient: Matrix
  /** Of the end-to-end matrix, descending. */
  readonly singularValues: Float64Array
  /** Of the end-to-end matrix. */
  readonly svd: SingularValueDecomposition
  /** Of layer j = 1, …, n, descending. */
  layerSingularValues(j: number): Float64Array
}
