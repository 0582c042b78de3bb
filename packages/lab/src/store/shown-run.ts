import type { ShownRun } from '@linnet/studies'
import type { StagedRun } from './store.ts'

/** A run of the stage as figures take it, with the curves of `trajectory`: those measured so far, or their axes alone. Reads signals. */
export function shownRun({ planned, live, pinned }: StagedRun, trajectory: ShownRun['trajectory']): ShownRun {
  const { label, lane, repetition, config } = planned
  const predicted = live.predicted.value
  const truthSingularValues = live.beginning.value?.truthSingularValues
  return {
    label,
    lane,
    repetition,
    config,
    pinned,
    trajectory,
    ...(predicted && { predicted }),
    ...(truthSingularValues && { truthSingularValues }),
  }
}
