import * as Plot from '@observablehq/plot'
import { extent, type Point, thinned, visible } from './curve.ts'
import type { Axis, Figure, Guide, Panel, Series } from './figure.ts'
import { widthOf } from './lettering.ts'
import { colourOf, muted, rule } from './palette.ts'
import { decadesAround, type Tick, ticksOf } from './ticks.ts'

/** Where a panel stands and how much room it has, in pixels. */
export interface Frame {
  readonly width: number
  readonly height: number
}

/** Room around the plotted rectangle: tick labels at the left, direct labels (as wide as they are) at the right. */
const margin = { top: 22, right: 10, bottom: 40, left: 44 }
const labelSize = 11
const guideSize = 10.5

/** Half a tenth of a pixel: what rounding the coordinates moves anyway. */
const invisible = 0.05

const lineWidth = 1.6
const dotRadius = 2.2
/** Between dots along a curve, in pixels: enough dots to follow it, few enough to see the line through them. */
const dotSpacing = 14
/** Largest share of a panel's width for the names at the ends of its curves. */
const mostForNames = 0.3
/** Half the width of the last number on the x axis, which stands below the end of the curves. */
const widestTick = 14
/** Pixels that a number on the x axis needs. */
const tickSpacing = 64

interface Curve {
  readonly series: Series
  readonly colour: string
  readonly points: readonly Point[]
}

/** Draws the plotted rectangle of `panel`, axes included, as an SVG element made by Observable Plot. */
export function drawPanel(document: Document, figure: Figure, panel: Panel, frame: Frame): Element {
  const curves = panel.series.map((series) => ({
    series,
    colour: colourOfSeries(figure, series),
    points: visible(series, panel.x),
  }))
  const points = curves.flatMap((curve) => curve.points)
  const guides = panel.guides ?? []
  const xDomain = domainOf(panel.x, [...points.map(({ x }) => x), ...placesOf(guides, 'x')])
  const yDomain = domainOf(panel.y, [...points.map(({ y }) => y), ...placesOf(guides, 'y')])
  const named = namesToShow(panel)
  const widest = Math.max(...named.map((name) => widthOf(name, labelSize)), 0)
  // Names that would take the room of the curves stand in the legend alone.
  const shown = widest > mostForNames * frame.width ? [] : named
  const right = margin.right + Math.max(widestTick, shown.length > 0 ? widest : 0)
  const room = frame.width - margin.left - right
  const x = { type: panel.x.scale ?? 'linear', domain: xDomain, range: [margin.left, frame.width - right] }
  const y = {
    type: panel.y.scale ?? 'linear',
    domain: yDomain,
    range: [frame.height - margin.bottom, margin.top],
  }
  const inPixels = {
    x: Plot.scale({ x: x as Plot.ScaleOptions }),
    y: Plot.scale({ y: y as Plot.ScaleOptions }),
  }
  const marks = [
    ...axisMarks(
      'x',
      panel.x,
      ticksOf(
        panel.x,
        xDomain,
        panel.x.scale === 'log' ? 7 : Math.max(2, Math.min(7, Math.floor(room / tickSpacing))),
      ),
    ),
    ...axisMarks('y', panel.y, ticksOf(panel.y, yDomain, 7)),
    ...guides.flatMap((guide) => guideMarks(guide, inPixels)),
    ...curves.flatMap((curve) => curveMarks(curve, inPixels)),
    directLabels(
      curves.filter(({ series }) => shown.includes(series.name)),
      inPixels,
    ),
  ]
  const size = { width: frame.width, height: frame.height }
  const margins = {
    marginTop: margin.top,
    marginRight: right,
    marginBottom: margin.bottom,
    marginLeft: margin.left,
  }
  return Plot.plot({ document, ...size, ...margins, x, y, marks } as Plot.PlotOptions)
}

type Scales = Readonly<Record<'x' | 'y', Plot.Scale>>

function placesOf(guides: Panel['guides'] & object, axis: 'x' | 'y'): number[] {
  return guides.filter((guide) => guide.axis === axis).map(({ at }) => at)
}

function domainOf(axis: Axis, values: Iterable<number>): readonly [number, number] {
  if (axis.domain) return axis.domain
  const [low, high] = extent(values, axis.scale === 'log')
  if (axis.scale === 'log') return decadesAround(low, high)
  if (low === high) return [low - 0.5, high + 0.5]
  return [low > 0 && low < high / 2 ? 0 : low, high]
}

/** The colour of a series: its place in the legend that names it. */
function colourOfSeries(figure: Figure, series: Series): string {
  for (const legend of figure.legends) {
    const place = legend.names.indexOf(series.name)
    if (place >= 0) return colourOf(legend.palette, place).light
  }
  throw new Error(`the series "${series.name}" of the figure "${figure.title}" stands in no legend`)
}

function axisMarks(which: 'x' | 'y', axis: Axis, ticks: readonly Tick[]): Plot.Markish[] {
  const places = ticks.map(({ at }) => at)
  const texts = new Map(ticks.map(({ at, text }) => [at, text]))
  const options = {
    ticks: places,
    tickFormat: (at: number) => texts.get(at) ?? '',
    tickSize: 0,
    tickPadding: 6,
    fontSize: labelSize,
    color: muted.light,
    label: null,
  }
  const grid = { stroke: rule.light, strokeOpacity: 1 }
  return which === 'x'
    ? [
        Plot.axisX(places, options),
        Plot.text([axis.label], {
          ...corner('bottom-right'),
          dy: 34,
          text: String,
          fill: muted.light,
          fontSize: labelSize,
        }),
      ]
    : [
        Plot.gridY(places, grid),
        Plot.axisY(places, options),
        Plot.text([axis.label], {
          ...corner('top-left'),
          dx: -margin.left + 6,
          dy: -17,
          text: String,
          fill: muted.light,
          fontSize: labelSize,
        }),
      ]
}

function corner(frameAnchor: 'bottom-right' | 'top-left'): Plot.TextOptions {
  return { frameAnchor, textAnchor: frameAnchor === 'top-left' ? 'start' : 'end' }
}

function guideMarks(guide: Guide, scales: Scales): Plot.Markish[] {
  const stroke = { stroke: muted.light, strokeDasharray: '2 3' }
  const text = { text: () => guide.label, fill: muted.light, fontSize: guideSize }
  if (guide.axis === 'y')
    return [
      Plot.ruleY([guide.at], stroke),
      Plot.text([guide.at], { ...text, y: Number, frameAnchor: 'right', textAnchor: 'end', dy: -7, dx: -2 }),
    ]
  // Curves rise after what is predicted: the words stand before it where there is room.
  const room = (scales.x.apply(guide.at) as number) - margin.left
  const side =
    room > widthOf(guide.label, guideSize) + 8
      ? ({ textAnchor: 'end', dx: -4 } as const)
      : ({ textAnchor: 'start', dx: 4 } as const)
  return [
    Plot.ruleX([guide.at], stroke),
    Plot.text([guide.at], { ...text, ...side, x: Number, frameAnchor: 'top', dy: 6 }),
  ]
}

function curveMarks({ series, colour, points }: Curve, scales: Scales): Plot.Markish[] {
  const channels = { x: (p: Point) => p.x, y: (p: Point) => p.y }
  if (series.mark === 'dots' || series.mark === 'points') {
    const shown = series.mark === 'points' ? points : spaced(points, scales)
    return [Plot.dot(shown, { ...channels, r: dotRadius, stroke: colour, strokeWidth: 1.1 })]
  }
  const seen = thinned(
    points.map((datum) => ({ x: scales.x.apply(datum.x), y: scales.y.apply(datum.y), datum })),
    invisible,
  ).map(({ datum }) => datum)
  const stroke = isLine(series) ? { strokeWidth: lineWidth } : { strokeWidth: 1.1, strokeDasharray: '4 3' }
  return [Plot.line(seen, { ...channels, stroke: colour, ...stroke })]
}

/** Some of the points, as far apart along the axis as dots that follow a curve should be. */
function spaced(points: readonly Point[], { x }: Scales): Point[] {
  let last = Number.NEGATIVE_INFINITY
  return points.filter((point) => {
    const here = x.apply(point.x) as number
    if (here - last < dotSpacing) return false
    last = here
    return true
  })
}

function isLine({ mark }: Series): boolean {
  return mark === undefined || mark === 'line'
}

/** The curves named at their ends: lines, where there are several to tell apart. */
function namesToShow({ series }: Panel): string[] {
  const names = series.filter(isLine).map(({ name }) => name)
  return names.length > 1 ? names : []
}

/** The name of each curve at its right end, where the one before it leaves room. */
function directLabels(curves: readonly Curve[], scales: Scales): Plot.Markish {
  const ends = curves
    .filter(({ series }) => isLine(series))
    .flatMap(({ series, colour, points }) => {
      const end = points.findLast(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
      return end ? [{ ...end, name: series.name, colour, height: scales.y.apply(end.y) as number }] : []
    })
  const room = 11
  const placed: typeof ends = []
  for (const end of ends)
    if (placed.every((other) => Math.abs(other.height - end.height) >= room)) placed.push(end)
  return Plot.text(placed, {
    x: (end) => end.x,
    y: (end) => end.y,
    text: (end) => end.name,
    fill: (end) => end.colour,
    textAnchor: 'start',
    dx: 4,
    fontSize: labelSize,
    fontWeight: 600,
  })
}
