import { hasEnded } from '../store/playback.ts'
import type { StagedRun } from '../store/store.ts'

/** The place of a run on the stage: its lane and which of its seeds; of pinned runs, which run. */
function placeOf({ planned, pinned }: StagedRun): string {
  return pinned ? `pinned ${planned.id}` : `${planned.lane} ${planned.repetition}`
}

/**
 * What the stage shows while other runs take over: of every place the new run as soon as it has something to show, until then the
 * one that was shown there before. So nothing flickers while a value is dragged, and a run that fails leaves the last good one.
 */
export function heldRuns(
  before: readonly StagedRun[],
  staged: readonly StagedRun[],
  hasSomething: (run: StagedRun) => boolean,
): StagedRun[] {
  const shown = new Map(before.filter(hasSomething).map((run) => [placeOf(run), run]))
  return staged.map((run) => (hasSomething(run) ? run : (shown.get(placeOf(run)) ?? run)))
}

/**
 * Of several seeds of a lane those that have ended, as soon as there is one: a band reaches only as far as each of its runs, and one
 * that has just begun would take all the others back to the start.
 */
export function withoutLateSeeds(runs: readonly StagedRun[]): StagedRun[] {
  const ready = new Set(runs.filter(hasEnded).map(({ planned }) => planned.lane))
  return runs.filter((run) => run.pinned || !ready.has(run.planned.lane) || hasEnded(run))
}
