import type { Series } from './figure.ts'

/**
 * Makes series with no more points than show: of those that fall between two neighbouring `edges` (ascending values of x, half a
 * pixel apart) the first and the last stay, the least and the greatest, and one that is not finite, if there is one. A series with few
 * points, or whose x go back and forth, is left as it is.
 *
 *     const fewer = condenser(edges)
 *     panel.series.map(fewer)
 */
export function condenser(edges: ArrayLike<number>): (series: Series) => Series {
  // Curves of one run have the same x: where its points fall is found once.
  const known = new Map<ArrayLike<number>, readonly number[] | undefined>()
  return (series) => {
    const { x, y, low, high } = series
    if (x.length <= 4 * edges.length) return series
    if (!known.has(x)) known.set(x, isAscending(x) ? startsOf(x, edges) : undefined)
    const starts = known.get(x)
    if (!starts) return series
    const kept: number[] = []
    for (let bin = 0; bin + 1 < starts.length; bin++)
      keepFrom(kept, starts[bin]!, starts[bin + 1]!, y, low ?? y, high ?? y)
    return {
      ...series,
      x: chosen(x, kept),
      y: chosen(y, kept),
      ...(low && { low: chosen(low, kept) }),
      ...(high && { high: chosen(high, kept) }),
    }
  }
}

function isAscending(x: ArrayLike<number>): boolean {
  for (let i = 1; i < x.length; i++) if (!(x[i]! >= x[i - 1]!)) return false
  return true
}

/** Indices at which the points between two neighbouring edges begin, where there are any, and at last their number. */
function startsOf(x: ArrayLike<number>, edges: ArrayLike<number>): number[] {
  const starts: number[] = []
  for (let from = 0, bin = 0; from < x.length; ) {
    starts.push(from)
    while (bin < edges.length && edges[bin]! <= x[from]!) bin++
    const end = edges[bin] ?? Number.POSITIVE_INFINITY
    from++
    while (from < x.length && x[from]! < end) from++
  }
  starts.push(x.length)
  return starts
}

function chosen(values: ArrayLike<number>, kept: readonly number[]): Float64Array {
  const few = new Float64Array(kept.length)
  for (let k = 0; k < kept.length; k++) few[k] = values[kept[k]!]!
  return few
}

function keepFrom(
  kept: number[],
  from: number,
  to: number,
  y: ArrayLike<number>,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
): void {
  if (to - from <= 2) {
    for (let i = from; i < to; i++) kept.push(i)
    return
  }
  let [least, greatest, lowest, highest, gap] = [from, from, from, from, from]
  for (let i = from; i < to; i++) {
    if (!Number.isFinite(y[i])) {
      gap = i
      continue
    }
    if (!(y[least]! <= y[i]!)) least = i
    if (!(y[greatest]! >= y[i]!)) greatest = i
    if (!(low[lowest]! <= low[i]!)) lowest = i
    if (!(high[highest]! >= high[i]!)) highest = i
  }
  const places = [from, least, greatest, lowest, highest, gap, to - 1].sort((a, b) => a - b)
  for (const place of places) if (kept.at(-1) !== place) kept.push(place)
}
