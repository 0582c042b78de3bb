import type { About, Certificate, Config, Engine, RunRecord } from 'linnet'
import type { Figure } from './figure/figure.ts'

/** Where a study comes from, ready to be cited. */
export interface Citation {
  /** Authors, title, venue, year. */
  readonly text: string
  /** arXiv identifier: `1905.13655`. */
  readonly arxiv: string
  readonly bibtex: string
}

/** How the runs of a study move: by the gradient flow, or by the paper's own discrete steps. */
export type Form = 'flow' | 'descent'

/** A published number and how sure it is. */
export interface Published {
  readonly value: number
  /** A number printed by the authors, or one measured on their plot. */
  readonly evidence: 'reported' | 'read off the plot'
  /** Where: a figure, a table, an output of the authors' code. */
  readonly source: string
  /** Relative precision of the published number itself: digits printed, or what a ruler on the plot allows. */
  readonly precision: number
  /** What keeps a reproduction from giving the same digits: another random instance, for example. */
  readonly note?: string
}

/** One row of a study's table, before anything has run. */
export interface Quantity {
  /** Unique in the study: `reconstructionError3`. */
  readonly id: string
  /** Rows that belong together stand together: `Depth 3`. */
  readonly group: string
  readonly quantity: string
  /** What exactly is measured, with its normalisation. */
  readonly definition: string
  /** `steps`, `singular value`, or empty for a pure number. */
  readonly unit: string
  readonly published?: Published
  /** The formula that predicts it, with its source; the numbers come with the measurements. */
  readonly prediction?: string
}

/** The number of one quantity in the runs of one seed. Not a number where it was not reached. */
export interface Measurement {
  readonly quantity: string
  readonly form: Form
  readonly seed: number
  readonly value: number
  /** What the formula of the quantity says for this very instance. */
  readonly predicted?: number
}

/** A run that a study asks for. */
export interface PlannedRun {
  /** Unique in the study, fit for a file name: `depth3-flow-seed1`. */
  readonly id: string
  /** For people: `depth 3, gradient flow, seed 1`. */
  readonly label: string
  readonly form: Form
  readonly seed: number
  readonly config: Config
}

/** A planned run that has ended, as plain data: it may come from this process, from a worker or from the store. */
export interface StudyRun extends PlannedRun {
  readonly record: RunRecord
  readonly certificates: readonly Certificate[]
}

export interface StudyOptions {
  /** The shortest form that still shows the phenomenon: by gradient flow only, one seed. Default false. */
  readonly quick?: boolean
  /** Default: the study's own. Each seed is another random instance. */
  readonly seeds?: readonly number[]
}

/** The scalar functions that predictions need, the same bits everywhere; every engine has them. */
export type Arithmetic = Pick<Engine, 'log' | 'pow'>

/** A figure or table of a paper made executable: its configs, its published numbers, what is measured, and its figure. */
export interface Study extends About {
  readonly citation: Citation
  /** What the paper says that this figure shows, in two sentences. */
  readonly claim: string
  /** What the paper leaves open and how it was settled; what to keep in mind when comparing. A sentence or two each. */
  readonly notes: readonly string[]
  readonly quantities: readonly Quantity[]
  /** The configs to run, in the order in which one machine should run them. */
  plan(options?: StudyOptions): readonly PlannedRun[]
  /** Reads the quantities off the runs. Takes any part of the planned runs: what is missing is not measured. */
  measure(runs: readonly StudyRun[], arithmetic: Arithmetic): readonly Measurement[]
  /** With the measurements, what the theory predicts is drawn too. */
  figure(runs: readonly StudyRun[], measured?: readonly Measurement[]): Figure
}
