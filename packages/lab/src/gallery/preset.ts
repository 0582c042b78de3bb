import type { Study } from '@linnet/studies'
import type { LabState } from '../experiment/experiment.ts'

/** An experiment with a name and a source, ready to be opened. */
export interface Preset {
  /** Unique, and what a link says: `study:figure-3`, `control:theorem1`. */
  readonly id: string
  readonly title: string
  /** What it shows, in a sentence or two. */
  readonly claim: string
  /** Ready to be cited; arXiv identifiers in it become links. */
  readonly citation: string
  /** The study it comes from: its published numbers stand beside those of the runs. */
  readonly study?: Study
  /** Everything that is set when it is opened, `preset` included. */
  state(): LabState
}

/** Presets that belong together. */
export interface PresetGroup {
  readonly title: string
  readonly about: string
  readonly presets: readonly Preset[]
}
