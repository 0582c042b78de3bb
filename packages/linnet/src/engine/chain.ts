import type { Matrix } from '../linalg/matrix.ts'
import type { Pattern } from './pattern.ts'

/** The quadratic functions of the end-to-end matrix W for which engines have fused loops. */
export type QuadraticObjective =
  /** factor·‖W·left − right‖²_F + constant; left is d_0×q (absent: the identity), right is d_n×q. */
  | {
      readonly kind: 'dense'
      readonly left?: Matrix
      readonly right: Matrix
      readonly factor: number
      readonly constant: number
    }
  /** factor·Σ_i (⟨A_i, W⟩ − b_i)²; row i of `measurements` (m×(d_n·d_0)) is A_i row by row; `observations` is m×1. */
  | {
      readonly kind: 'sensing'
      readonly measurements: Matrix
      readonly observations: Matrix
      readonly factor: number
    }
  /** factor·Σ_{(i,j) observed} (W_ij − x_ij)²; `values` is nnz×1 in the order of the pattern. */
  | {
      readonly kind: 'completion'
      readonly pattern: Pattern
      readonly values: Matrix
      readonly factor: number
      /** Dense products or a pass over the observed entries only; `auto` chooses by density. */
      readonly pass?: 'auto' | 'dense' | 'sparse'
    }

/** A descent that engines have a fused loop for. Step sizes are in units of flow time. */
export type DescentMethod =
  | { readonly kind: 'gradientDescent'; readonly stepSize: number }
  /** v ← momentum·v − stepSize·g, θ ← θ + v. */
  | { readonly kind: 'heavyBall'; readonly stepSize: number; readonly momentum: number }
  /** One running average of ‖∇φ‖² over all parameters, bias-corrected; θ ← θ − stepSize/(√average + epsilon)·g. */
  | {
      readonly kind: 'groupRMSprop'
      readonly stepSize: number
      readonly decay: number
      readonly epsilon: number
    }

/** When a descent ends before its steps are taken. */
export interface DescentStops {
  /** Stop before a step when φ ≤ loss. */
  readonly loss: number
  /** Stop before a step when ‖∇φ‖_F ≤ gradientNorm. */
  readonly gradientNorm: number
  /** Stop before a step when φ > divergence or φ is not a number. */
  readonly divergence: number
}

/** How a descent ended. */
export interface DescentReport {
  readonly steps: number
  readonly stopped: 'steps' | 'loss' | 'gradientNorm' | 'diverged'
  /** At the last evaluated point. */
  readonly loss: number
  readonly gradientNorm: number
}

/** φ(θ) = objective(W_n···W_1) with θ = all layers in one vector, W_1 first, each row by row. */
export interface Chain {
  loss(theta: Matrix): number
  /** Writes ∇φ(θ) and returns φ(θ). */
  gradientInto(gradient: Matrix, theta: Matrix): number
  /**
   * Takes up to `steps` steps in place. The memory of the method (velocity, running average) and the sums below go on from
   * call to call, until `reset`.
   */
  descend(theta: Matrix, method: DescentMethod, steps: number, stops: DescentStops): DescentReport
  reset(): void
  /** Σ_t η_t²‖∇_{W_j}φ‖²_F over all steps since the last reset, one number a layer. */
  readonly stepSquares: Float64Array
}
