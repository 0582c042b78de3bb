import type { Objective } from '../dynamics/objective.ts'
import type { AnyEntry, Spec } from '../registry/entry.ts'
import type { Moment } from './moment.ts'

/** One named column of a trajectory. */
export interface Column {
  /** Unique in a run, fit for a file header: `singularValue3`. */
  readonly name: string
  /** For axes and tooltips, in LaTeX: `\sigma_3`. */
  readonly symbol: string
  /** One line: definition with normalisation. */
  readonly help: string
}

/** A quantity that is read off a run, one number a column. */
export interface Probe {
  readonly columns: readonly Column[]
  /** One number a column, in order. Not a number where the quantity is undefined (effective rank of 0). */
  read(moment: Moment): ArrayLike<number>
}

/** What an entry of the family of probes carries: it makes the live probe of a spec that its schema has parsed. */
export interface ProbeMaker {
  create(spec: Spec, objective: Objective): Probe
}

/** An entry of the family of probes: see `entry`. */
export type ProbeEntry = AnyEntry<ProbeMaker>
