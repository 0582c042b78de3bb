import { drawFigure, runsFigure, type ShownRun } from '@linnet/studies'
import type { StagedRun, Store } from '../store/store.ts'
import { fileName } from './command.ts'

/** Everything on the stage as one figure to keep: the panels of the page, with heading, axes, legend and caption. */
export function drawnFigure({ state, staged }: Store, document: Document): string {
  const { experiment, view } = state.value
  const title = typeof experiment.config.title === 'string' ? experiment.config.title : 'Linear networks'
  const runs = staged.value.flatMap(shownRun)
  const { x, y, clock } = view
  return drawFigure(runsFigure(runs, { title, id: fileName(title), x, y, clock }), document)
}

function shownRun({ planned, live, pinned }: StagedRun): ShownRun[] {
  const trajectory = live.measured.value
  if (!trajectory) return []
  const predicted = live.predicted.value
  const truthSingularValues = live.beginning.value?.truthSingularValues
  const { label, lane, repetition, config } = planned
  return [
    {
      label,
      lane,
      repetition,
      config,
      trajectory,
      pinned,
      ...(predicted && { predicted }),
      ...(truthSingularValues && { truthSingularValues }),
    },
  ]
}
