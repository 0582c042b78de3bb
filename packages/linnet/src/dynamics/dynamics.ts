import type { Random } from '../engine/random.ts'
import type { Parameters } from '../networks/network.ts'
import type { AnyEntry, Spec } from '../registry/entry.ts'
import type { Objective } from './objective.ts'

/** Flow time of θ̇ = −∇φ, or whole steps of a descent. */
export type Clock = 'time' | 'steps'

/** When to stop before the horizon; absent limits never fire. */
export interface Stops {
  /** φ ≤ loss. */
  readonly loss?: number
  /** ‖∇φ‖_F ≤ gradientNorm. */
  readonly gradientNorm?: number
  /** φ > divergence, or φ not a number. Default 1e12·(1 + φ(0)). */
  readonly divergence: number
}

/** What ended a run: a limit of `until`, a failure, the horizon, somebody, or (two of them) the completion of a matrix. */
export type HaltReason =
  | 'loss'
  | 'gradientNorm'
  | 'diverged'
  | 'stalled'
  | 'horizon'
  | 'interrupted'
  /** Completing a matrix only: the error on the validation part no longer falls. */
  | 'validation'
  /** Completing a matrix only: the training entries are reproduced. */
  | 'fitted'

/** Why a run ended, with a sentence a person can act on. */
export interface Halt {
  readonly reason: HaltReason
  readonly message: string
}

/** What a motion counts while it moves; certificates lean on these numbers. */
export interface Accounts {
  /** Gradients evaluated, each counted as one whether of all samples or of a mini-batch. */
  readonly gradientEvaluations: number
  /** Steps of a descent, or accepted steps of an integrator. */
  readonly steps: number
  readonly rejectedSteps: number
  /** Flow only: Σ over accepted steps of the estimated local error ‖e‖₂ of θ (Euclidean, absolute). */
  readonly localErrors: number
  /** Flow only: estimated error ‖e‖₂ of θ as shown, where it is read off the dense output inside a step; 0 at the end of one. */
  readonly interpolationError?: number
  /** Descents only: Σ_t η_t²‖∇_{W_j}φ‖²_F, one number a layer. */
  readonly stepSquares: readonly number[]
  /** Last estimate of the spectral radius of ∇²φ, where the integrator makes one. */
  readonly spectralRadius?: number
  /** Largest of these estimates so far. */
  readonly largestSpectralRadius?: number
  /**
   * Flow only: a singular value of a layer below this number is not resolved (10³ times the absolute tolerance), and what
   * depends on its sign is not to be trusted: the determinant of a layer may change sign by rounding alone.
   */
  readonly resolution?: number
}

/**
 * A state under way. `advance` moves towards `target` (on the clock) and never past it: an integrator that steps farther
 * keeps its own state and shows in `state` its dense output at `position`.
 */
export interface Motion {
  readonly clock: Clock
  readonly position: number
  /** The weights at `position`. */
  readonly state: Parameters
  readonly accounts: Accounts
  /**
   * Moves until `target` is reached (then `position === target`), a stop fires (then the halt is returned, and `state` and
   * `position` are where it fired), or about `budget` gradient evaluations are spent (then returns with position < target).
   */
  advance(target: number, budget: number): Halt | undefined
}

/** What a motion is started with. */
export interface DynamicsContext {
  readonly objective: Objective
  /** Initial weights; the motion works on its own copy. */
  readonly start: Parameters
  readonly random: Random
  readonly stops: Stops
  /** The last target that `advance` will be asked for; integrators end a step there exactly. */
  readonly horizon?: number
}

/** What an entry of the family of dynamics carries: its clock, and how it starts to move weights for a spec that its schema has parsed. */
export interface DynamicsMaker {
  readonly clock: Clock
  start(spec: Spec, context: DynamicsContext): Motion
}

/** An entry of the family of dynamics: see `entry`. */
export type DynamicsEntry = AnyEntry<DynamicsMaker>
