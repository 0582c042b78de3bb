import type { Spec } from '../registry/entry.ts'

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

/** The one plain JSON object that the library, the command line, the lab, the store and links speak. Validated in one place. */
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
