import type {
  Accounts,
  Certificate,
  Clock,
  Column,
  Config,
  EngineName,
  Halt,
  LeastSharpness,
  PlainMatrix,
  Snapshot,
} from 'linnet'

/** A config to be worked on. It names no files: their numbers are written out in it. */
export interface Commission {
  readonly config: Config
  readonly engine: EngineName
}

/** What the page asks for; `Asked` adds the name under which it is answered. */
export type Work =
  | ({ readonly type: 'run' } & Commission)
  /** What the theory foresees of a run; waits as long as runs are under way in the same thread. */
  | ({ readonly type: 'predict' } & Commission)
  /** The kernel of the preconditioner over σ_i × σ_j, at a depth (a real number ≥ 1). */
  | { readonly type: 'kernel'; readonly depth: number; readonly sigmas: readonly number[] }

/** Every piece of work has an id of its own, never used twice: what is told late is told of what it was asked for. */
export type Asked<W extends Work = Work> = W & { readonly id: string }

/** What the page tells the worker. */
export type Request = Asked | { readonly type: 'cancel'; readonly id: string }

/** What is known of a run before it moves. */
export interface Beginning {
  readonly clock: Clock
  readonly horizon: number
  readonly columns: readonly Column[]
  /** Shape of the end-to-end matrix, d_n×d_0. */
  readonly shape: readonly [number, number]
  /** m: what the loss sums over and mini-batches draw. */
  readonly samples?: number
  readonly truth?: PlainMatrix
  /** Singular values of the truth, descending. */
  readonly truthSingularValues?: readonly number[]
  /** Which entries the loss observes, row-major, ascending; absent where it observes something else. */
  readonly observed?: Int32Array
  /** S_min, of runs that record the sharpness. */
  readonly leastSharpness?: LeastSharpness
}

/** New samples of a run: `rows` holds one row of all columns a position. */
export interface Samples {
  readonly positions: Float64Array<ArrayBuffer>
  readonly rows: Float64Array<ArrayBuffer>
}

/** The end-to-end matrix at some samples, row-major, single precision: for pictures. */
export interface Picture {
  readonly position: number
  readonly values: Float32Array<ArrayBuffer>
}

/** What a run tells while it goes on. */
export type RunAnswer =
  | { readonly type: 'begun'; readonly beginning: Beginning }
  | {
      readonly type: 'moved'
      readonly samples: Samples
      readonly pictures: readonly Picture[]
      /** Of the horizon, 0 … 1. */
      readonly fraction: number
      readonly accounts: Accounts
    }
  /** A statement's residual so far, or, at the end, its verdict. */
  | { readonly type: 'certified'; readonly certificate: Certificate; readonly final: boolean }
  /** λ_max(∇²φ) at W(0) and where the run ended, to three digits; not told where it is dear. */
  | { readonly type: 'sharpness'; readonly at: 'start' | 'end'; readonly value: number }
  | {
      readonly type: 'ended'
      readonly stopped: Halt & { readonly position: number }
      readonly accounts: Accounts
      readonly weights: readonly PlainMatrix[]
      /** What studies may measure; absent where it would be too much for a page. */
      readonly snapshots?: readonly Snapshot[]
      /** Of the simulation alone, without what other runs took in between. */
      readonly seconds: number
    }

/** What a prediction tells while it goes on. */
export type PredictionAnswer =
  | {
      readonly type: 'predicting'
      /** What is predicted, in a sentence. */
      readonly claim: string
      readonly clock: Clock
      readonly columns: readonly Column[]
    }
  | { readonly type: 'predicted'; readonly samples: Samples }

/** What ends a piece of work: nothing is told of it afterwards. */
export type LastAnswer =
  /** Everything about the run has been said. */
  | { readonly type: 'finished' }
  /** The prediction is complete. */
  | { readonly type: 'foreseen' }
  /** Nothing is predicted; why, in a sentence. */
  | { readonly type: 'unpredicted'; readonly reason: string }
  | { readonly type: 'failed'; readonly sentence: string }
  /** κ_n(σ_i, σ_j), row by row. */
  | { readonly type: 'kernel'; readonly values: Float64Array<ArrayBuffer> }

/** Told of a piece of work. */
export type Told = RunAnswer | PredictionAnswer | LastAnswer

/** What the worker tells. Every message is about one piece of work. */
export type Answer = { readonly id: string } & (
  | Told
  /** What was cancelled has been let go of. */
  | { readonly type: 'cancelled' }
)

/** Sends an answer; the buffers in `transfer` go with it and are gone here. */
export type Tell<A = Answer> = (answer: A, transfer?: Transferable[]) => void

const last: ReadonlySet<string> = new Set<LastAnswer['type']>([
  'finished',
  'foreseen',
  'unpredicted',
  'failed',
  'kernel',
])

export function isLast(told: { readonly type: string }): told is LastAnswer {
  return last.has(told.type)
}
