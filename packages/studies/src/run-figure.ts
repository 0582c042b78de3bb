import type { RunRecord } from 'linnet'
import type { Figure } from './figure/figure.ts'
import { runsFigure } from './runs-figure.ts'

/** The figure of any run: its singular values, where they were recorded, and everything else beside them; see `runsFigure`. `title` defaults to the title of the config. */
export function runFigure(record: RunRecord, title = record.config.title ?? 'A run'): Figure {
  const { config, trajectory, stopped } = record
  const end = trajectory.positions.at(-1)
  const figure = runsFigure([{ label: 'this run', lane: 0, config, trajectory }], {
    title,
    id: 'run',
    ...(end && { horizon: end }),
  })
  return { ...figure, caption: `${figure.caption} ${stopped.message}` }
}
