import type { Trajectory } from 'linnet'
import type { Guide, Panel, Series } from '../figure/figure.ts'
import { readable } from '../figure/lettering.ts'
import type { Lanes, Line } from './lanes.ts'
import type { Family } from './quantities.ts'
import { inWords } from './quantities.ts'
import { has } from './strand.ts'
import { valueDomain } from './value-axis.ts'

export const predictedName = 'predicted by Theorem 1 (end-to-end flow)'

export const spectrum = 'singularValues'

/** True singular values below this share of the largest are round-off. */
const roundOff = 1e-10

/** One panel a lane for the members of a family, all with the same axes; pinned runs behind each. */
export function lanePanels(family: Family, lanes: Lanes, scale: 'linear' | 'log'): Panel[] {
  const main = family.id === spectrum
  const shown = lanes.lines.filter((line) => family.members.some(({ column }) => line.measured.read(column)))
  const own = shown.filter(({ pinned }) => !pinned)
  const pinned = main ? shown.filter((line) => line.pinned) : []
  const truths = main ? own.map(truthOf) : []
  const domain = valueDomain(
    [...own, ...pinned].flatMap((line) => whole(line, family)),
    scale,
    truths.length > 0 ? Math.max(0, ...truths.flat()) || undefined : undefined,
  )
  const alone = own.length === 1
  return own.map((line, index) => {
    const axis = lanes.axes.get(line.clock)!
    const behind = pinned.filter(({ clock }) => clock === line.clock)
    return {
      id: `${family.id}:lane${line.lane}`,
      title: main
        ? alone
          ? family.title
          : line.name
        : alone
          ? family.title
          : `${line.name}: ${family.title.toLowerCase()}`,
      ...subtitleOf(line, main),
      x: { label: axis.label, scale: lanes.scale, domain: axis.domain },
      y: { label: family.of.replace(/s$/, ''), scale, domain },
      series: [
        ...behind.flatMap((pin) =>
          seriesOf(pin, family).map((one) => ({ ...one, name: pin.name, mark: 'dashes' as const })),
        ),
        ...seriesOf(line, family),
        ...predictionsOf(line, family),
      ],
      ...(main && { guides: guidesAt(truths[index]!, domain) }),
    }
  })
}

function truthOf({ runs: [run] }: Line): number[] {
  const values = run?.truthSingularValues ?? []
  return values.filter((value) => value > roundOff * Math.max(...values))
}

function guidesAt(values: readonly number[], [low, high]: readonly [number, number]): Guide[] {
  return values.filter((at) => low <= at && at <= high).map((at) => ({ axis: 'y', at, label: '' }))
}

/** Everything that is known of a line, whatever part of it is shown: by this the axes are made. */
function whole({ runs, predicted }: Line, { members }: Family): ArrayLike<number>[] {
  return [
    ...runs.flatMap(({ trajectory }) => members.flatMap(({ column }) => valuesOf(trajectory, column))),
    ...(predicted ? members.flatMap(({ column }) => predicted.read(column)?.y ?? []) : []),
  ]
}

export function valuesOf(trajectory: Trajectory, column: string): Float64Array[] {
  return has(trajectory, column) ? [trajectory.column(column)] : []
}

function seriesOf({ measured }: Line, { members }: Family): Series[] {
  return members.flatMap(({ name, column }) => {
    const values = measured.read(column)
    return values ? [{ name, x: measured.x, ...values }] : []
  })
}

function predictionsOf({ predicted }: Line, { members }: Family): Series[] {
  if (!predicted) return []
  return members.flatMap(({ column }): Series[] => {
    const values = predicted.read(column)
    return values ? [{ name: predictedName, x: predicted.x, y: values.y, mark: 'dashes' }] : []
  })
}

/** The number to look at: the error, where the curves end. */
function subtitleOf({ measured, runs }: Line, main: boolean): { subtitle?: string } {
  const columns = runs[0]!.trajectory.columns.map(({ name }) => name)
  const column =
    columns.find((name) => name.startsWith('reconstructionError')) ?? columns.find((name) => name === 'loss')
  const value = column === undefined ? undefined : measured.read(column)?.y.at(-1)
  if (!main || column === undefined || value === undefined) return {}
  return {
    subtitle: `${measured.runs > 1 ? 'median ' : ''}${inWords(column).toLowerCase()} ${readable(value, 3)}`,
  }
}
