import { drawFigure, runsFigure } from '@linnet/studies'
import { stabilityOf, withStabilityLines } from '../stage/stability-lines.ts'
import { shownRun } from '../store/shown-run.ts'
import type { Store } from '../store/store.ts'
import { fileName } from './command.ts'

/** Everything on the stage as one figure to keep: the panels of the page, with heading, axes, legend and caption. */
export function drawnFigure({ state, staged }: Store, document: Document): string {
  const { experiment, view } = state.value
  const title = typeof experiment.config.title === 'string' ? experiment.config.title : 'Linear networks'
  const runs = staged.value.flatMap((run) => {
    const measured = run.live.measured.value
    return measured ? [shownRun(run, measured)] : []
  })
  const { x, y, clock } = view
  const figure = runsFigure(runs, {
    title,
    id: fileName(title),
    x,
    y,
    clock,
    reach: view.whole ? 'all' : 'lanes',
  })
  return drawFigure(withStabilityLines(figure, staged.value.map(stabilityOf)), document)
}
