import {
  type Accounts,
  type Certificate,
  type Config,
  type EngineName,
  makeTrajectory,
  type PlainMatrix,
  type RunRecord,
  type Trajectory,
} from 'linnet'

/** One run to be done, with the matrices that its config names in files. */
export interface Job {
  readonly label: string
  readonly config: Config
  readonly engine: EngineName
  readonly files: ReadonlyMap<string, PlainMatrix>
  /** Whether statements are to be checked on the finished run. */
  readonly certify: boolean
}

/** What a job leaves. */
export interface Outcome {
  readonly record: RunRecord
  readonly certificates: readonly Certificate[]
  /** Wall time of the simulation alone, without certificates. */
  readonly seconds: number
}

/** Where a job is. */
export interface JobFrame {
  readonly fraction: number
  readonly accounts: Accounts
}

type PackedTrajectory = Omit<Trajectory, 'column'> & { readonly values: readonly Float64Array[] }
type PackedRecord = Omit<RunRecord, 'trajectory'> & { readonly trajectory: PackedTrajectory }

/** An outcome as it travels between threads: without functions. */
export type PackedOutcome = Omit<Outcome, 'record'> & { readonly record: PackedRecord }

export function pack({ record, ...rest }: Outcome): PackedOutcome {
  const { config, trajectory, snapshots, weights, stopped, accounts } = record
  const { clock, positions, columns } = trajectory
  const values = columns.map((column) => trajectory.column(column.name))
  return {
    ...rest,
    record: {
      config,
      trajectory: { clock, positions, columns, values },
      snapshots,
      weights,
      stopped,
      accounts,
    },
  }
}

export function unpack({ record, ...rest }: PackedOutcome): Outcome {
  const { clock, positions, columns, values } = record.trajectory
  return { ...rest, record: { ...record, trajectory: makeTrajectory(clock, positions, columns, values) } }
}
