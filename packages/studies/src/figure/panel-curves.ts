import { type Point, thinned, visible } from './curve.ts'
import { nameColourOf } from './palette.ts'
import { type Curve, isLine, labelSize, type PanelPlan, pixelsOf } from './panel-plan.ts'
import { spread } from './spread.ts'

/** An element of a drawing as data. */
export interface Shape {
  readonly tag: 'path' | 'text'
  readonly attributes: Readonly<Record<string, string>>
  readonly text?: string
}

/** Half a tenth of a pixel: what rounding the coordinates moves anyway. */
const invisible = 0.05

const lineWidth = 1.6
const broadWidth = 3.2
const broadOpacity = 0.55
const dashWidth = 1
const dashes = '4 3'
const dashDots = '9 3 1.5 3'
const bandOpacity = 0.18
const dotRadius = 2.2
const dotWidth = 1.1
/** Between dots along a curve, in pixels: enough dots to follow it, few enough to see the line through them. */
const dotSpacing = 14
/** Between names at the ends of curves, in pixels. */
const labelSpacing = 11
/** How far a name may stand from the end of its curve, up or down. */
const mostMoved = 11

/** The two directions of a panel, from values to pixels. */
interface Place {
  readonly point: (point: Point) => Point
  /** Pixels of the upper and lower edge: what lies beyond is not drawn. */
  readonly top: number
  readonly bottom: number
}

/** Bands, curves, and the names at their ends, in the order in which they are drawn. */
export function shapesOf(plan: PanelPlan): Shape[] {
  const { curves, x, y, named } = plan
  const [toX, toY] = [pixelsOf(x), pixelsOf(y)]
  const place: Place = {
    point: (point) => ({ x: toX(point.x), y: toY(point.y) }),
    top: y.range[1],
    bottom: y.range[0],
  }
  return [
    ...curves.flatMap((curve) => bandOf(curve, plan, place)),
    ...curves.map((curve) => markOf(curve, place)),
    ...labelsOf(curves, named, place),
  ]
}

function markOf({ series, colour, stroke, points }: Curve, place: Place): Shape {
  const mark = series.mark ?? 'line'
  const pixels = points.map(place.point)
  const common = { 'data-mark': mark, 'data-series': series.name, fill: 'none', stroke: colour }
  if (mark === 'dots' || mark === 'points') {
    const shown = pixels.filter(({ x, y }) => Number.isFinite(x) && y >= place.top && y <= place.bottom)
    const d = (mark === 'points' ? shown : spaced(shown)).map(dotAt).join('')
    return { tag: 'path', attributes: { ...common, 'stroke-width': String(dotWidth), d } }
  }
  const style: Record<string, string> =
    mark === 'dashes'
      ? { 'stroke-width': String(dashWidth), 'stroke-dasharray': dashes }
      : mark === 'dashDots'
        ? { 'stroke-width': String(lineWidth), 'stroke-dasharray': dashDots }
        : {
            'stroke-width': String(series.broad ? broadWidth : lineWidth),
            ...(series.broad && { 'stroke-opacity': String(broadOpacity) }),
            ...(stroke && { 'stroke-dasharray': stroke }),
            'stroke-linejoin': 'round',
            'stroke-linecap': 'round',
          }
  return {
    tag: 'path',
    attributes: { ...common, ...style, d: lineThrough(thinned(pixels, invisible), place) },
  }
}

/** Area between the edges of a band, as far as the panel shows it; not drawn where one of them is unknown. */
function bandOf({ series, colour }: Curve, { x, y }: PanelPlan, place: Place): Shape[] {
  const { low, high } = series
  if (!low || !high) return []
  const [least, most] = y.domain
  const edge = (values: ArrayLike<number>) =>
    visible({ ...series, y: values }, x.axis).map((point) =>
      place.point({ x: point.x, y: Math.min(most, Math.max(least, point.y)) }),
    )
  const [upper, lower] = [edge(high), edge(low)]
  const isKnown = (i: number) => Number.isFinite(upper[i]!.y) && Number.isFinite(lower[i]!.y)
  let d = ''
  for (let from = 0; from < upper.length; from++) {
    let to = from
    while (to < upper.length && isKnown(to)) to++
    if (to - from > 1) {
      const there = thinned(upper.slice(from, to), invisible)
      const back = thinned(lower.slice(from, to), invisible).reverse()
      d += `M${[...there, ...back].map(written).join('L')}Z`
    }
    from = to
  }
  const attributes = {
    'data-mark': 'band',
    'data-series': series.name,
    fill: colour,
    'fill-opacity': String(bandOpacity),
    d,
  }
  return [{ tag: 'path', attributes }]
}

/** The path through points, cut where it leaves the panel above or below; points that are not finite are gaps. */
function lineThrough(points: readonly Point[], { top, bottom }: Place): string {
  let d = ''
  let last: Point | undefined
  for (let i = 0; i < points.length; i++) {
    const here = points[i]!
    const before = points[i - 1]
    if (!Number.isFinite(here.y) || !Number.isFinite(here.x)) continue
    const alone = !before || !Number.isFinite(before.y)
    if (alone && !Number.isFinite(points[i + 1]?.y ?? Number.NaN) && here.y >= top && here.y <= bottom) {
      // A single point shows as a dot, by its round ends.
      d += `M${written(here)}h0`
      continue
    }
    if (alone) continue
    const part = inside(before, here, top, bottom)
    if (!part) continue
    const [from, to] = part
    d += last === before && from === before ? `L${written(to)}` : `M${written(from)}L${written(to)}`
    last = to === here ? here : undefined
  }
  return d
}

/** The part of a segment between two heights. */
function inside(a: Point, b: Point, top: number, bottom: number): readonly [Point, Point] | undefined {
  if (Math.max(a.y, b.y) < top || Math.min(a.y, b.y) > bottom) return undefined
  const at = (y: number): Point => ({ x: a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y), y })
  const cut = (point: Point) => (point.y < top ? at(top) : point.y > bottom ? at(bottom) : point)
  return [cut(a), cut(b)]
}

function written({ x, y }: Point): string {
  return `${tenth(x)},${tenth(y)}`
}

function tenth(pixels: number): number {
  return Math.round(pixels * 10) / 10
}

function dotAt({ x, y }: Point): string {
  const r = dotRadius
  return `M${tenth(x - r)},${tenth(y)}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`
}

/** Some of the points, as far apart along the axis as dots that follow a curve should be. */
function spaced(points: readonly Point[]): Point[] {
  let last = Number.NEGATIVE_INFINITY
  return points.filter(({ x }) => {
    if (x - last < dotSpacing) return false
    last = x
    return true
  })
}

/** The name of each curve at its end, or beside it where others need the room; left out where there is none near by. */
function labelsOf(
  curves: readonly Curve[],
  named: readonly string[],
  { point, top, bottom }: Place,
): Shape[] {
  const ends = curves.flatMap(({ series, colour, points }) => {
    if (!isLine(series) || !named.includes(series.name)) return []
    const last = points.findLast(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
    const end = last && point(last)
    return end && end.y >= top && end.y <= bottom ? [{ ...end, name: series.name, colour }] : []
  })
  const heights = spread(
    ends.map(({ y }) => y),
    { top, bottom, spacing: labelSpacing, most: mostMoved },
  )
  return ends.flatMap(({ x, name, colour }, i): Shape[] => {
    const height = heights[i]
    if (height === undefined) return []
    const attributes = {
      'data-series': name,
      fill: nameColourOf(colour),
      'text-anchor': 'start',
      'font-size': String(labelSize),
      'font-weight': '600',
      x: String(tenth(x + 4)),
      y: String(tenth(height)),
      dy: '0.32em',
    }
    return [{ tag: 'text', attributes, text: name }]
  })
}
