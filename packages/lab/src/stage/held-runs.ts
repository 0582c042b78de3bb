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
