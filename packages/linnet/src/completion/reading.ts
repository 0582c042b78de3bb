import type { Centre } from './centring.ts'

/** How to complete; every field has a default that suits most tables. */
export interface CompletionOptions {
  /** Number of layers. Default 3: deep enough to prefer low rank at a moderate initial scale. */
  readonly depth?: number
  /** Width of the hidden layers, an upper bound on the rank. Default min(rows, columns, 100). */
  readonly width?: number
  /** Singular value of the initial product; 1 is the largest singular value of the (centred, zero-filled) data. Default 1e-3. */
  readonly scale?: number
  /** Fractions of the observed entries held out. Defaults 0.1 and 0.1; without a test part (0) no error is reported. */
  readonly validation?: number
  readonly test?: number
  /** What is subtracted before learning. Default the column means. */
  readonly centre?: Centre
  /** Relative tolerance of the gradient flow. Default 1e-3: the stopping time is chosen from data, not from digits. */
  readonly tolerance?: number
  /** Most flow time, in units of 1/(largest singular value of the data). Default 1e6. */
  readonly horizon?: number
  /**
   * Stops when the validation error has not improved while the flow time grew by this factor and the training error fell to
   * half; or, since plateaus between two singular values look like the end, grew by ten times this factor. Default 3.
   */
  readonly patience?: number
  /** Default 0. */
  readonly seed?: number
  /** An AbortSignal, or anything that tells whether to stop. */
  readonly signal?: { readonly aborted: boolean }
}

/** One reading of the run, errors in the units of the data (root mean square). */
export interface Reading {
  readonly time: number
  readonly training: number
  readonly validation: number
  readonly test: number
  /** Effective rank (Roy and Vetterli 2007) of the centred model. */
  readonly effectiveRank: number
}

/** What `complete` yields while it works: the last reading, and the work done. */
export interface CompletionFrame extends Reading {
  readonly gradientEvaluations: number
}
