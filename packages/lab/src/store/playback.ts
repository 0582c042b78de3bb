import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { StagedRun } from './store.ts'

/** What the timeline moves: how much of what was computed is shown. */
export interface Playback {
  /** Share of the longest horizon that is shown, 0 … 1. */
  readonly playhead: Signal<number>
  readonly playing: Signal<boolean>
  /** Horizons a second. */
  readonly speed: Signal<number>
  /** Share of the longest horizon that every run has computed, 0 … 1. */
  readonly computed: ReadonlySignal<number>
}

export function makePlayback(_staged: ReadonlySignal<readonly StagedRun[]>): Playback {
  return { playhead: signal(1), playing: signal(false), speed: signal(0.25), computed: signal(1) }
}
