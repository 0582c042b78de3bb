import { LiveRun } from '../running/live-run.ts'
import type { SavedRuns } from '../running/saved-runs.ts'
import { pinnedLane, type Store } from './store.ts'

/** Stages runs from folders as pinned ones: the live runs are drawn beside them. */
export function stageSaved(store: Store, { runs, faults }: SavedRuns): void {
  store.savedFaults.value = faults
  store.saved.value = runs.map(({ label, run }) => {
    const { id, config, engine } = run
    const planned = { id, lane: pinnedLane, repetition: 0, label, config, engine }
    return { planned, live: LiveRun.saved(run), pinned: true }
  })
}
