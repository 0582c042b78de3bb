import { LiveRun } from '../running/live-run.ts'
import type { NamedRun, SavedRuns } from '../running/saved-runs.ts'
import { pinnedLane, type StagedRun, type Store } from './store.ts'

/** A run from its folder as a pinned one: the live runs are drawn beside it. */
export function stagedSaved({ label, run }: NamedRun): StagedRun {
  const { id, config, engine } = run
  const planned = { id, lane: pinnedLane, repetition: 0, label, config, engine }
  return { planned, live: LiveRun.saved(run), pinned: true }
}

/** Stages runs from folders. */
export function stageSaved(store: Store, { runs, faults }: SavedRuns): void {
  store.savedFaults.value = faults
  store.saved.value = runs.map(stagedSaved)
}
