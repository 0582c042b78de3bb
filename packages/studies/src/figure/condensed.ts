import type { Series } from './figure.ts'

/**
 * A series with no more points than show: of those that fall between two neighbouring `edges` (ascending values of x, half a
 * pixel apart) the first and the last stay, the least and the greatest, and one that is not finite, if there is one. A series with few
 * points, or whose x go back and forth, is left as it is.
 */
export function condensed(series: Series, edges: ArrayLike<number>): Series {
  const { x, y, low, high } = series
  if (x.length <= 4 * edges.length || !isAscending(x)) return series
  const kept: number[] = []
  for (let from = 0, bin = 0; from < x.length; ) {
    while (bin < edges.length && edges[bin]! <= x[from]!) bin++
    const end = edges[bin] ?? Number.POSITIVE_INFINITY
    let to = from + 1
    while (to < x.length && x[to]! < end) to++
    keepFrom(kept, from, to, y, low ?? y, high ?? y)
    from = to
  }
  const chosen = (values: ArrayLike<number>) => Float64Array.from(kept, (i) => values[i]!)
  return {
    ...series,
    x: chosen(x),
    y: chosen(y),
    ...(low && { low: chosen(low) }),
    ...(high && { high: chosen(high) }),
  }
}

function isAscending(x: ArrayLike<number>): boolean {
  for (let i = 1; i < x.length; i++) if (!(x[i]! >= x[i - 1]!)) return false
  return true
}

function keepFrom(
  kept: number[],
  from: number,
  to: number,
  y: ArrayLike<number>,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
): void {
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
