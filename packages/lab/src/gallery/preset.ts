import type { Published, Quantity, Study } from '@linnet/studies'
import type { Trajectory } from 'linnet'
import type { LabState } from '../experiment/experiment.ts'

/** A published number, and how a run on the stage gives it. */
export interface PublishedNumber extends Omit<Quantity, 'group' | 'published'> {
  /** Label of the lane whose run gives it. */
  readonly lane: string
  readonly published: Published
  read(trajectory: Trajectory): number
}

/** Numbers of a paper that a preset gives again, without being a study. */
export interface PublishedNumbersOf {
  readonly numbers: readonly PublishedNumber[]
  /** What to keep in mind when comparing, a sentence each. */
  readonly notes: readonly string[]
}

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
  readonly published?: PublishedNumbersOf
  /** Everything that is set when it is opened, `preset` included. */
  state(): LabState
}

/** Presets that belong together. */
export interface PresetGroup {
  readonly title: string
  readonly about: string
  readonly presets: readonly Preset[]
}
