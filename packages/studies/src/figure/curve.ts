import type { Axis, Series } from './figure.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** The points of a series inside the domain of `axis`, with the curve's own value, interpolated, where it leaves the domain. */
export function visible(series: Series, axis: Axis): Point[] {
  const [low, high] = axis.domain ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const points: Point[] = []
  for (let i = 0; i < series.x.length; i++) {
    const x = series.x[i]!
    const y = series.y[i]!
    if (axis.scale === 'log' && x <= 0) continue
    if (x >= low && x <= high) points.push({ x, y })
    if (i + 1 >= series.x.length) continue
    const next = { x: series.x[i + 1]!, y: series.y[i + 1]! }
    for (const edge of [low, high]) if (x < edge && edge < next.x) points.push(between({ x, y }, next, edge))
  }
  return points
}

function between(a: Point, b: Point, x: number): Point {
  return { x, y: a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x) }
}

/** The smallest interval that holds every finite value (positive ones only, on a logarithmic axis). */
export function extent(values: Iterable<number>, positive: boolean): [number, number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (!Number.isFinite(value) || (positive && value <= 0)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return low <= high ? [low, high] : [positive ? 0.1 : 0, 1]
}

/**
 * Leaves out the points that nobody can see: of a run of points, in pixels, those within `tolerance` of the line through the
 * points kept (Douglas and Peucker 1973). Gaps (points that are not finite) stay gaps.
 */
export function thinned<P extends Point>(points: readonly P[], tolerance: number): P[] {
  const kept: P[] = []
  let start = 0
  for (let i = 0; i <= points.length; i++) {
    const point = points[i]
    if (point && Number.isFinite(point.x) && Number.isFinite(point.y)) continue
    kept.push(...simplified(points.slice(start, i), tolerance))
    if (point) kept.push(point)
    start = i + 1
  }
  return kept
}

function simplified<P extends Point>(points: readonly P[], tolerance: number): P[] {
  if (points.length < 3) return [...points]
  const keep = new Uint8Array(points.length)
  keep[0] = keep[points.length - 1] = 1
  const spans: [number, number][] = [[0, points.length - 1]]
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [first, last] = span
    const far = farthest(points, first, last)
    if (far.distance <= tolerance) continue
    keep[far.index] = 1
    spans.push([first, far.index], [far.index, last])
  }
  return points.filter((_, i) => keep[i] === 1)
}

function farthest(
  points: readonly Point[],
  first: number,
  last: number,
): { index: number; distance: number } {
  const a = points[first]!
  const b = points[last]!
  const length = Math.sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)) || 1
  let index = first
  let distance = 0
  for (let i = first + 1; i < last; i++) {
    const p = points[i]!
    const off = Math.abs((b.x - a.x) * (a.y - p.y) - (a.x - p.x) * (b.y - a.y)) / length
    if (off > distance) [index, distance] = [i, off]
  }
  return { index, distance }
}
