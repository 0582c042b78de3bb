import type { EngineName } from 'linnet'
import type { Field } from './field.ts'
import type { Json, JsonObject } from './json.ts'

/** One of the runs that stand side by side: the config of the experiment with some values changed. */
export interface Lane {
  /** For people: `depth 2`. */
  readonly label: string
  readonly changes: Readonly<Record<Field, Json>>
}

/** What is to be run: a config, varied over lanes, each repeated over seeds. Plain JSON: it travels in links. */
export interface Experiment {
  /** A config as `parseConfig` takes it, perhaps with values that it will refuse: what a person typed is kept. */
  readonly config: JsonObject
  /** At least one; a lane without changes is the config itself. */
  readonly lanes: readonly Lane[]
  /** Runs a lane, with the seeds config.seed, config.seed + 1, …; 1 … 50. */
  readonly seeds: number
  /** `strict` gives the same bits everywhere. */
  readonly engine: Extract<EngineName, 'strict' | 'fma'>
}

/** A run that was pinned: the next ones are drawn over it. */
export interface Pin {
  readonly label: string
  readonly config: JsonObject
  readonly engine: Experiment['engine']
}

/** How the stage is looked at. */
export interface View {
  /** Scale of the time axis. */
  readonly x: 'linear' | 'log'
  /** Scale of the axis of singular values. */
  readonly y: 'linear' | 'log'
  /** Which clock the axes show: each run's own, or all in steps or flow time where a step size relates them. */
  readonly clock: 'own' | 'time' | 'steps'
  /** The time axis goes as far as the longest pinned or saved run; without, as far as the lanes. */
  readonly whole?: boolean
  /** The panel that fills the stage. */
  readonly enlarged?: string
  /** The statement whose page is open. */
  readonly statement?: string
  /** The lane whose matrices and layers are shown. */
  readonly lane: number
}

/** Everything that a link holds. */
export interface LabState {
  readonly experiment: Experiment
  readonly pins: readonly Pin[]
  readonly view: View
  /** Texts in controls that are no values yet, by field: they survive a reload. */
  readonly drafts: Readonly<Record<Field, string>>
  /** Where the experiment came from: `study:figure-3`, `tour:conservation`; its citation stands beside it. */
  readonly preset?: string
}
