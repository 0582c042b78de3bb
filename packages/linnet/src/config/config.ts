import type { Spec } from '../registry/entry.ts'
import type { SpecInput } from '../registry/spec.ts'

/** How far to go; the horizon is `time` (flow) or `steps` (descent), the rest stops earlier. */
export interface Until {
  readonly time?: number
  readonly steps?: number
  readonly loss?: number
  readonly gradientNorm?: number
  readonly divergence?: number
}

/** What to keep. */
export interface Recording {
  /** Number of samples after the first, spread over the horizon. */
  readonly samples: number
  readonly spacing: 'linear' | 'logarithmic'
  /** Weights kept for certificates, the first and the last included. */
  readonly snapshots: number
}

/** The one plain JSON object that the library, the command line, the run folders and the studies speak. Validated in one place. */
export interface Config {
  readonly title?: string
  /** Whole number in [0, 2^53); every random choice follows from it. */
  readonly seed: number
  readonly loss: Spec
  readonly network: Spec
  readonly init: Spec
  readonly dynamics: Spec
  readonly probes: readonly Spec[]
  readonly until: Until
  readonly record: Recording
}

/** A config as people write it: parts as specs or entries, everything that has a default left out if they like. */
export interface ConfigInput {
  /** Address of the JSON Schema, for editors; not kept. */
  readonly $schema?: string | undefined
  readonly title?: string | undefined
  /** Default 0. */
  readonly seed?: number | undefined
  readonly loss: SpecInput
  readonly network: SpecInput
  readonly init: SpecInput
  readonly dynamics: SpecInput
  /** Default the loss. */
  readonly probes?: readonly SpecInput[] | undefined
  readonly until: Until
  /** Default 200 samples (one a step where there are fewer steps), spread evenly, with 11 snapshots. */
  readonly record?: Partial<Recording> | undefined
}
