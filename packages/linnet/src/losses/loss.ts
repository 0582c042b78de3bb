import type { QuadraticObjective } from '../engine/chain.ts'
import type { Engine } from '../engine/engine.ts'
import type { Random } from '../engine/random.ts'
import type { Matrix, PlainMatrix, Shape } from '../linalg/matrix.ts'
import type { AnyEntry, Spec } from '../registry/entry.ts'

/** A number that is known of a loss, with the reason: a closed form, an eigenvalue, a construction. */
export interface Known {
  readonly value: number
  readonly because: string
}

/** The factor in front of a sum over samples, never implicit. */
export interface Normalisation {
  readonly name: string
  readonly factor: number
  /** As a formula in m, the number of samples: `1/(2m)`. */
  readonly formula: string
}

/**
 * A loss ℓ on the end-to-end matrix W (d_n×d_0). Every function reads W and writes only its `out`; none allocates.
 */
export interface Loss {
  readonly kind: string
  /** d_n×d_0. */
  readonly shape: Shape
  readonly normalisation: Normalisation
  /** ℓ(W). */
  value(W: Matrix): number
  /** out = ∇ℓ(W); returns ℓ(W), which comes for free. */
  gradientInto(out: Matrix, W: Matrix): number
  /** out = ∇²ℓ(W)[V]. */
  hessianVectorInto(out: Matrix, W: Matrix, V: Matrix): void
  /** Number of samples m: of terms in the sum, the unit that mini-batches draw. */
  readonly samples: number
  /** As `gradientInto` for the loss of the samples `batch` only, scaled so that its mean over uniform batches is ∇ℓ. */
  batchGradientInto(out: Matrix, W: Matrix, batch: Int32Array): number
  readonly known: {
    /** min ℓ over all matrices. */
    readonly minimum?: Known
    /** Largest α with ℓ α-strongly convex. */
    readonly strongConvexity?: Known
    /** Smallest β with ∇ℓ β-Lipschitz (globally). */
    readonly smoothness?: Known
  }
  /** The matrix that the data came from, where there is one: what reconstruction errors are measured against. */
  readonly truth?: Matrix
  /** The same function in the form for which engines have fused loops. */
  readonly quadratic?: QuadraticObjective
}

/** What a loss is made with. `random` is already split for this loss; `files` holds matrices read before the run, by `fileKey`. */
export interface LossContext {
  readonly engine: Engine
  readonly random: Random
  readonly files: ReadonlyMap<string, PlainMatrix>
}

/** What an entry of the family of losses carries: it makes the live loss of a spec that the schema of the entry has parsed. */
export interface LossMaker {
  create(spec: Spec, context: LossContext): Loss
}

/** An entry of the family of losses: see `entry`. */
export type LossEntry = AnyEntry<LossMaker>
