import type { LabState } from '../experiment/experiment.ts'

/** A stop of the tour: an experiment, three sentences, the formula behind it, and one control to move. */
export interface TourStop {
  /** What a link says after `tour:`. */
  readonly name: string
  readonly title: string
  readonly sentences: readonly [string, string, string]
  /** LaTeX. */
  readonly formula: string
  /** The formula as one would say it. */
  readonly spoken: string
  readonly tryThis: string
  readonly citation: string
  readonly state: LabState
}
