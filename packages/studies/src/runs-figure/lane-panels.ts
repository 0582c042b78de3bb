import type { Axis, Guide, Panel, Series } from '../figure/figure.ts'
import { readable } from '../figure/lettering.ts'
import type { Lanes, Line } from './lanes.ts'
import type { Family } from './quantities.ts'
import { inWords } from './quantities.ts'
import { valueDomain } from './value-axis.ts'

export const predictedName = 'predicted by Theorem 1'

export const spectrum = 'singularValues'

/** True singular values below this share of the largest are round-off. */
const roundOff = 1e-10

/**
 * Panels for families of numbered quantities, one for each lane and family, lane by lane. Families of the same thing (singular
 * values of all layers) have the same axes; pinned runs stand behind the singular values of the end-to-end matrix.
 */
export function lanePanels(families: readonly Family[], lanes: Lanes, scale: 'linear' | 'log'): Panel[] {
  const own = lanes.lines.filter(({ pinned }) => !pinned)
  const domains = new Map<string, readonly [number, number]>()
  for (const { of } of families)
    if (!domains.has(of))
      domains.set(
        of,
        commonDomain(
          families.filter((one) => one.of === of),
          lanes,
          scale,
        ),
      )
  return own.flatMap((line) =>
    families
      .filter((family) => family.members.some(({ column }) => line.measured.read(column)))
      .map((family) =>
        panelOf(line, family, lanes, {
          label: family.of.replace(/s$/, ''),
          scale,
          domain: domains.get(family.of)!,
        }),
      ),
  )
}

function panelOf(
  line: Line,
  family: Family,
  lanes: Lanes,
  y: Axis & { domain: readonly [number, number] },
): Panel {
  const main = family.id === spectrum
  const axis = lanes.axes.get(line.clock)!
  const predictions = predictionsOf(line, family)
  const behind = main ? lanes.lines.filter(({ pinned, clock }) => pinned && clock === line.clock) : []
  return {
    id: `${family.id}:lane${line.lane}`,
    title: titleOf(line, family, lanes),
    ...subtitleOf(line, main),
    x: { label: axis.label, scale: lanes.scale, domain: axis.domain },
    y,
    series: [
      ...behind.flatMap((pin) =>
        seriesOf(pin, family).map((one) => ({ ...one, name: pin.name, mark: 'dashDots' as const })),
      ),
      ...seriesOf(line, family).map((one) => (predictions.length > 0 ? { ...one, broad: true } : one)),
      ...predictions,
    ],
    ...(main && { guides: guidesAt(truthOf(line), y.domain) }),
  }
}

function commonDomain(
  families: readonly Family[],
  { lines }: Lanes,
  scale: 'linear' | 'log',
): readonly [number, number] {
  const main = families.some(({ id }) => id === spectrum)
  const shown = lines.filter(({ pinned }) => main || !pinned)
  const expected = main ? Math.max(0, ...shown.flatMap(truthOf)) : 0
  const curves = families.flatMap((family) => shown.flatMap((line) => whole(line, family)))
  return valueDomain(curves, scale, expected > 0 ? expected : undefined)
}

function titleOf({ name }: Line, { id, title }: Family, { lines }: Lanes): string {
  if (lines.filter(({ pinned }) => !pinned).length === 1) return title
  const label = name.charAt(0).toUpperCase() + name.slice(1)
  return id === spectrum ? label : `${label}: ${title.toLowerCase()}`
}

function truthOf({ runs: [run] }: Line): number[] {
  const values = run?.truthSingularValues ?? []
  return values.filter((value) => value > roundOff * Math.max(...values))
}

function guidesAt(values: readonly number[], [low, high]: readonly [number, number]): Guide[] {
  return values.filter((at) => low <= at && at <= high).map((at) => ({ axis: 'y', at, label: '' }))
}

/** Everything that is known of a line, whatever part of it is shown: by this the axes are made. */
function whole({ known, predicted }: Line, { members }: Family): ArrayLike<number>[] {
  return [
    ...members.flatMap(({ column }) => known(column)),
    ...(predicted ? members.flatMap(({ column }) => predicted.read(column)?.y ?? []) : []),
  ]
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
