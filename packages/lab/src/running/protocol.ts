import type { Accounts, Certificate, Clock, Column, Config, EngineName, Halt, PlainMatrix } from 'linnet'

/** What the page asks of the worker. */
export type Request =
  | {
      readonly type: 'run'
      readonly id: string
      readonly config: Config
      readonly engine: EngineName
    }
  | { readonly type: 'cancel'; readonly id: string }
  /** The kernel of the preconditioner, σ_i × σ_j, at a depth. */
  | {
      readonly type: 'kernel'
      readonly id: string
      readonly depth: number
      readonly sigmas: readonly number[]
    }

/** What is known of a run before it moves. */
export interface Beginning {
  readonly clock: Clock
  readonly horizon: number
  readonly columns: readonly Column[]
  /** Shape of the end-to-end matrix, d_n×d_0. */
  readonly shape: readonly [number, number]
  readonly truth?: PlainMatrix
  /** Singular values of the truth, descending. */
  readonly truthSingularValues?: readonly number[]
}

/** New samples of a run: `rows` holds one row of all columns a position. */
export interface Samples {
  readonly positions: Float64Array
  readonly rows: Float64Array
}

/** The end-to-end matrix at some samples, row-major, single precision: for pictures. */
export interface Picture {
  readonly position: number
  readonly values: Float32Array
}

/** What the worker tells. Every message is about one request. */
export type Answer = { readonly id: string } & (
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
  | { readonly type: 'predicted'; readonly samples: Samples }
  /** Why nothing is predicted, in a sentence. */
  | { readonly type: 'unpredicted'; readonly reason: string }
  | {
      readonly type: 'ended'
      readonly stopped: Halt & { readonly position: number }
      readonly accounts: Accounts
      readonly weights: readonly PlainMatrix[]
      /** Of the simulation alone. */
      readonly seconds: number
    }
  /** Everything about the run has been said. */
  | { readonly type: 'finished' }
  | { readonly type: 'failed'; readonly sentence: string }
  | { readonly type: 'kernel'; readonly values: Float64Array }
)
