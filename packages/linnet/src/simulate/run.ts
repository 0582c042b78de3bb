import type { Config } from '../config/config.ts'
import type { Accounts, Clock, Halt } from '../dynamics/dynamics.ts'
import type { Objective } from '../dynamics/objective.ts'
import type { PlainMatrix } from '../linalg/matrix.ts'
import type { Column } from '../probes/probe.ts'

/** What was recorded: one row a sample. */
export interface Trajectory {
  readonly clock: Clock
  /** Flow time or steps of each sample, ascending, the first 0. */
  readonly positions: Float64Array
  readonly columns: readonly Column[]
  /** The values of a column, one a sample. */
  column(name: string): Float64Array
}

/** The weights at one sample, kept so that statements can be checked there afterwards. */
export interface Snapshot {
  readonly position: number
  readonly layers: readonly PlainMatrix[]
  readonly accounts: Accounts
}

/** What a finished (or interrupted) run leaves behind: plain data, enough to draw, store, send and repeat it. */
export interface RunRecord {
  /** The config with every default filled in: simulating it again gives the same bits with the same engine. */
  readonly config: Config
  readonly trajectory: Trajectory
  /** First, last, and up to `record.snapshots` in all, ascending. */
  readonly snapshots: readonly Snapshot[]
  /** Final weights, W_1 first. */
  readonly weights: readonly PlainMatrix[]
  readonly stopped: Halt & { readonly position: number }
  readonly accounts: Accounts
}

/** A run with its live objective, so that statements can be checked at its snapshots. */
export interface Run extends RunRecord {
  readonly objective: Objective
}

/** What the streaming form yields: at every sample and snapshot, and in between when a budget of work is spent. */
export interface Frame {
  readonly position: number
  /** Of the horizon, 0 … 1. */
  readonly fraction: number
  readonly accounts: Accounts
  /** The columns of a new sample, in order; absent between samples. */
  readonly row?: Float64Array
  /** Where one was kept here: the weights, as in `Run.snapshots`. */
  readonly snapshot?: Snapshot
  /** The columns of the run (the same array in every frame). */
  readonly columns: readonly Column[]
}
