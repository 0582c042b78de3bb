import type { RunRecord } from 'linnet'
import type { Figure, Panel, Series } from './figure/figure.ts'
import { subscript } from './figure/lettering.ts'

const axisLabels = { time: 'flow time', steps: 'steps' } as const

/** Columns that have a panel of their own: errors, on a logarithmic axis. */
const errors: Readonly<Record<string, string>> = {
  loss: 'loss',
  reconstructionError: 'reconstruction error (mean square)',
  reconstructionErrorFrobenius: 'reconstruction error (Frobenius)',
  reconstructionErrorRelative: 'reconstruction error (relative)',
  gradientNorm: 'gradient norm',
}

/**
 * The figure of any run: its singular values, where they were recorded, and beside them its loss and other errors on a
 * logarithmic axis. `title` defaults to the title of the config.
 */
export function runFigure(record: RunRecord, title = record.config.title ?? 'A run'): Figure {
  const { trajectory, stopped } = record
  const x = trajectory.positions
  const axis = { label: axisLabels[trajectory.clock] }
  const values = trajectory.columns
    .filter(({ name }) => /^singularValue\d+$/.test(name))
    .map(({ name }) => ({ name: subscript('σ', Number(name.slice('singularValue'.length))), column: name }))
  const descending = trajectory.columns
    .filter(({ name }) => name in errors)
    .map(({ name }) => ({ name: errors[name]!, column: name }))
  const series = (of: readonly { name: string; column: string }[]): Series[] =>
    of.map(({ name, column }) => ({ name, x, y: trajectory.column(column) }))
  const panels: Panel[] = []
  if (values.length > 0)
    panels.push({ title: 'Singular values', x: axis, y: { label: 'singular value' }, series: series(values) })
  if (descending.length > 0)
    panels.push({
      title: 'Errors',
      x: axis,
      y: { label: descending.length === 1 ? descending[0]!.name : 'value', scale: 'log' },
      series: series(descending),
    })
  const legends = [
    { title: 'singular values', palette: 'ordered' as const, names: values.map(({ name }) => name) },
    { title: 'errors', palette: 'distinct' as const, names: descending.map(({ name }) => name) },
  ]
  return {
    id: 'run',
    title,
    panels,
    legends: legends.filter(({ names }) => names.length > 0),
    caption: `${values.length > 0 ? `The ${values.length} largest singular values of the end-to-end matrix` : 'What was recorded'} over ${axis.label}. ${stopped.message}`,
    description: descriptionOf(record),
  }
}

function descriptionOf({ trajectory, stopped }: RunRecord): string {
  const ends = trajectory.columns.map(({ name }) => {
    const values = trajectory.column(name)
    return `${name} from ${values[0]?.toPrecision(3)} to ${values.at(-1)?.toPrecision(3)}`
  })
  return `Line charts over ${axisLabels[trajectory.clock]} up to ${stopped.position}: ${ends.join('; ')}.`
}
