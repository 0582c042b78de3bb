import type { Config } from '../config/config.ts'
import type { Clock } from '../dynamics/dynamics.ts'
import type { Objective } from '../dynamics/objective.ts'
import type { About } from '../registry/entry.ts'
import type { Run, Snapshot } from '../simulate/run.ts'
import type { Point } from './point.ts'

/** The conclusion came out, it did not, or an assumption failed and nothing is said. */
export type Verdict = 'holds' | 'violated' | 'does not apply'

/** One assumption of a statement, measured. */
export interface Assumption {
  readonly name: string
  readonly holds: boolean
  /** The number that decides, and what it is compared with. */
  readonly measured: number
  readonly threshold: number
  readonly explanation: string
}

/** A theorem held against a run. */
export interface Certificate {
  /** Kind of the statement: `theorem1`. */
  readonly statement: string
  readonly title: string
  readonly source: string
  readonly verdict: Verdict
  readonly assumptions: readonly Assumption[]
  /** Largest deviation between what the statement predicts and what was measured; what it is relative to stands in `residualOf`. */
  readonly residual: number
  readonly residualOf: string
  readonly tolerance: number
  /** Where the tolerance comes from. */
  readonly toleranceBecause: string
  /** Further measured numbers, named. */
  readonly numbers: Readonly<Record<string, number>>
  /** Position on the clock where the residual was largest. */
  readonly worstAt: number
  /** One line for a terminal: verdict, residual against tolerance, or why it does not apply. */
  readonly summary: string
}

/** How a run is held against a statement. */
export interface CertifyOptions {
  /**
   * Draw the conclusion even where assumptions fail, with the tolerance it would have if they held: a certificate that then
   * reads *violated* shows what the assumption is for. Default false.
   */
  readonly insist?: boolean
}

/** A run on which a statement must fail: what shows that its check can fail, and what an assumption is for. */
export interface NegativeControl {
  /** The assumption that this run breaks, in a sentence. */
  readonly breaks: string
  /** Run this, and the statement, insisted on, is violated. */
  readonly config: Config
}

/** What is known of a run before it moves: all that a statement needs beside the snapshots. */
export interface Setting {
  readonly config: Config
  readonly objective: Objective
  readonly clock: Clock
}

/**
 * Watches the snapshots of one run, in order. It may conclude after any of them, as often as is wished, from what it has seen so
 * far; it holds no memory of the engine between two calls.
 */
export interface Observer {
  /** Inside the `engine.scoped` in which the point lives. */
  see(point: Point, snapshot: Snapshot): void
  conclude(options?: CertifyOptions): Certificate
}

/** A theorem made executable. */
export interface Statement extends About {
  /** The theorem, typeset: LaTeX. */
  readonly theorem: string
  readonly scope: 'point' | 'path' | 'instance'
  readonly negativeControl: NegativeControl
  /** Begins to watch a run, which may not have begun yet. */
  observe(setting: Setting): Observer
  /** Holds a finished run against the statement. */
  certify(run: Run, options?: CertifyOptions): Certificate
}
