import type { Config, Trajectory } from 'linnet'

/** A run to be drawn, finished or under way. */
export interface ShownRun {
  /** Of its lane: `depth 2`. */
  readonly label: string
  /** Runs of a lane share a panel: the same config, with other seeds. */
  readonly lane: number
  /** Place among the runs of its lane; default 0. */
  readonly repetition?: number
  readonly config: Config
  readonly trajectory: Trajectory
  /** What theory says the singular values will be: columns named as those of `trajectory`, on the same clock. */
  readonly predicted?: Trajectory
  /** σ_r(W*), descending. */
  readonly truthSingularValues?: readonly number[]
  /** Drawn behind all lanes, belonging to none. */
  readonly pinned?: boolean
}
