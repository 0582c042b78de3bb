import * as Plot from '@observablehq/plot'
import { condenser } from './condensed.ts'
import { extent, type Point, visible } from './curve.ts'
import type { Axis, Figure, Guide, Panel, Series } from './figure.ts'
import { widthOf } from './lettering.ts'
import { colourOf, strokeOf } from './palette.ts'
import { decadesAround, type Tick, ticksOf } from './ticks.ts'

/** How much room a panel has, in pixels. */
export interface Frame {
  readonly width: number
  readonly height: number
}

/** Room around the plotted rectangle: tick labels at the left, direct labels (as wide as they are) at the right. */
export const margin = { top: 22, right: 10, bottom: 40, left: 44 }
export const labelSize = 11

/** Largest share of a panel's width for the names at the ends of its curves. */
const mostForNames = 0.3
/** Half the width of the last number on the x axis, which stands below the end of the curves. */
const widestTick = 14
/** Pixels between numbers on the x axis, and from one to the next on the y axis. */
const tickGap = 22
const tickHeight = 22
const mostTicks = 7

/** Of a series: from here on it pays to ask which of them can be seen. */
const manyPoints = 2000

export interface Curve {
  readonly series: Series
  readonly colour: string
  /** `stroke-dasharray` of a line, where another one has its colour unbroken. */
  readonly stroke?: string | undefined
  /** Inside the domain of x. */
  readonly points: readonly Point[]
}

/** An axis in its place. */
export interface PlacedAxis {
  readonly axis: Axis
  readonly domain: readonly [number, number]
  /** Pixels of the ends of the domain. */
  readonly range: readonly [number, number]
  readonly ticks: readonly Tick[]
}

/** Where everything in a panel stands. */
export interface PanelPlan {
  readonly frame: Frame
  readonly x: PlacedAxis
  readonly y: PlacedAxis
  readonly guides: readonly Guide[]
  readonly curves: readonly Curve[]
  /** The names written at the ends of curves. */
  readonly named: readonly string[]
}

/** Throws when a series stands in no legend. */
export function planPanel(figure: Figure, panel: Panel, frame: Frame): PanelPlan {
  const guides = panel.guides ?? []
  const names = namesToShow(panel)
  const widest = Math.max(...names.map((name) => widthOf(name, labelSize)), 0)
  // Names that would take the room of the curves stand in the legend alone.
  const named = widest > mostForNames * frame.width ? [] : names
  const right = margin.right + Math.max(widestTick, named.length > 0 ? widest : 0)
  const xRange = [margin.left, frame.width - right] as const
  const fewer = panel.series.some(({ x }) => x.length > manyPoints) ? shownIn(panel.x, xRange) : undefined
  const curves = panel.series.map((series) => ({
    series,
    ...penOf(figure, series),
    points: visible(fewer?.(series) ?? series, panel.x),
  }))
  const place = (which: 'x' | 'y', range: readonly [number, number]): PlacedAxis => {
    const axis = panel[which]
    const domain = axis.domain ?? domainOf(axis, everything(which, curves, guides))
    return { axis, domain, range, ticks: ticksFor(which, axis, domain, range) }
  }
  return {
    frame,
    x: place('x', xRange),
    y: place('y', [frame.height - margin.bottom, margin.top]),
    guides,
    curves,
    named,
  }
}

/** Turns values on an axis into pixels. */
export function pixelsOf({ axis, domain, range }: PlacedAxis): (value: number) => number {
  const options = { type: axis.scale ?? 'linear', domain, range } as Plot.ScaleOptions
  return Plot.scale({ x: options }).apply as (value: number) => number
}

/** What a panel of this width can show of long series. */
function shownIn(axis: Axis, range: readonly [number, number]): ((series: Series) => Series) | undefined {
  if (!axis.domain) return undefined
  const options = { type: axis.scale ?? 'linear', domain: axis.domain, range } as Plot.ScaleOptions
  const { invert } = Plot.scale({ x: options })
  const halves = Math.floor(2 * (range[1] - range[0]))
  return condenser(Array.from({ length: halves }, (_, i) => invert!(range[0] + i / 2) as number))
}

/** As many ticks as have room for their numbers. */
function ticksFor(
  which: 'x' | 'y',
  axis: Axis,
  domain: readonly [number, number],
  [from, to]: readonly [number, number],
): Tick[] {
  const length = Math.abs(to - from)
  const room = (text: string) => (which === 'x' ? widthOf(text, labelSize) + tickGap : tickHeight)
  const { apply } = Plot.scale({ x: { type: axis.scale ?? 'linear', domain, range: [0, length] } })
  // Numbers are centred at their ticks: a short one leaves its neighbour no more than half of its own room.
  const isApart = ({ at, text }: Tick, i: number, ticks: readonly Tick[]) => {
    const before = ticks[i - 1]
    return !before || apply(at) - apply(before.at) >= (room(before.text) + room(text)) / 2
  }
  for (let count = mostTicks; count > 1; count--) {
    const ticks = ticksOf(axis, domain, count)
    const sum = ticks.reduce((sum, { text }) => sum + room(text), 0)
    if (sum <= length && ticks.every(isApart)) return ticks
  }
  return ticksOf(axis, domain, 1).slice(0, 1)
}

function* everything(which: 'x' | 'y', curves: readonly Curve[], guides: readonly Guide[]): Iterable<number> {
  for (const { points } of curves) for (const point of points) yield point[which]
  for (const { axis, at } of guides) if (axis === which) yield at
}

function domainOf(axis: Axis, values: Iterable<number>): readonly [number, number] {
  const [low, high] = extent(values, axis.scale === 'log')
  if (axis.scale === 'log') return decadesAround(low, high)
  if (low === high) return [low - 0.5, high + 0.5]
  return [low > 0 && low < high / 2 ? 0 : low, high]
}

/** Colour and stroke of a series: by its place in the legend that names it. */
function penOf(figure: Figure, series: Series): Pick<Curve, 'colour' | 'stroke'> {
  for (const { palette, names } of figure.legends) {
    const place = names.indexOf(series.name)
    if (place >= 0) return { colour: colourOf(palette, place).light, stroke: strokeOf(palette, place) }
  }
  throw new Error(`the series "${series.name}" of the figure "${figure.title}" stands in no legend`)
}

export function isLine({ mark }: Series): boolean {
  return mark === undefined || mark === 'line'
}

/** The curves named at their ends: lines, where there are several to tell apart. */
function namesToShow({ series }: Panel): string[] {
  const names = series.filter(isLine).map(({ name }) => name)
  return names.length > 1 ? names : []
}
