import type { Range } from './control.ts'

/** The stops of a slider: round numbers, so that nothing that enters a config was computed with a logarithm. */
export interface Scale {
  /** Ascending. */
  readonly stops: readonly number[]
  /** Where a value lies among the stops, 0 … stops.length − 1, whole at the stops themselves: for drawing. */
  positionOf(value: number): number
}

/** Mantissas of a decade, evenly spread to the eye: the E24 series of resistors. */
const mantissas =
  '1 1.1 1.2 1.3 1.5 1.6 1.8 2 2.2 2.4 2.7 3 3.3 3.6 3.9 4.3 4.7 5.1 5.6 6.2 6.8 7.5 8.2 9.1'.split(' ')

/** value = m·10^exponent with 1 ≤ m < 10. */
export function exponentOf(value: number): number {
  return value === 0 ? 0 : Number(value.toExponential().split('e')[1])
}

/** Stops from `low` to `high` (both positive), both included. */
export function logarithmic(low: number, high: number, whole = false): Scale {
  const stops = new Set([low])
  for (let e = exponentOf(low); e <= exponentOf(high); e++)
    for (const mantissa of mantissas) {
      const exact = Number(`${mantissa}e${e}`)
      const stop = whole ? Math.round(exact) : exact
      if (stop > low && stop < high) stops.add(stop)
    }
  stops.add(high)
  const ascending = [...stops]
  return { stops: ascending, positionOf: (value) => among(ascending, value, Math.log) }
}

/** `count` steps from `low` to `high`. */
export function linear(low: number, high: number, count: number): Scale {
  const width = high - low
  const stops = Array.from({ length: count + 1 }, (_, i) =>
    Number((low + (width * i) / count).toPrecision(6)),
  )
  return { stops, positionOf: (value) => among(stops, value, (x) => x) }
}

function among(stops: readonly number[], value: number, measure: (x: number) => number): number {
  const next = stops.findIndex((stop) => stop >= value)
  if (next === 0) return 0
  if (next < 0) return stops.length - 1
  const [low, high] = [measure(stops[next - 1]!), measure(stops[next]!)]
  return next - 1 + (measure(value) - low) / (high - low)
}

/**
 * The scale of a slider for a parameter: from its hard limits and a typical value. The soft limits are lifted by what is typed
 * beyond them. `undefined` where a slider would not help.
 */
export function scaleFor(range: Range, whole: boolean, typical: number, value: number): Scale | undefined {
  const low = range.minimum ?? range.above
  const high = range.maximum ?? range.below
  if (range.multipleOf !== undefined || low === undefined || low < 0) return undefined
  if (whole) return wholeScale(low, high, typical, value)
  if (range.above === 0 || low > 0) return decades(low, high, typical, value)
  if (high !== undefined)
    return linear(low, range.maximum ?? high - (high - low) / 100, range.maximum ? 100 : 99)
  return linear(low, low + roundAbove(Math.max(typical, value, 1) - low), 100)
}

/** Small counts are stepped through, large ones slid. */
function wholeScale(
  low: number,
  high: number | undefined,
  typical: number,
  value: number,
): Scale | undefined {
  if (Math.max(typical, value) < 100) return undefined
  const from = Math.max(1, low)
  const most = Number(`1e${exponentOf(Math.max(typical, value)) + 2}`)
  return logarithmic(from, Math.min(most, high ?? most), true)
}

/** Three decades around what is typical. */
function decades(low: number, high: number | undefined, typical: number, value: number): Scale {
  const middle = exponentOf(typical)
  const least = Math.min(middle - 3, value > 0 ? exponentOf(value) : middle)
  const most = Math.max(middle + 3, value > 0 ? exponentOf(value) + 1 : middle)
  return logarithmic(Math.max(low, Number(`1e${least}`)), Math.min(high ?? Infinity, Number(`1e${most}`)))
}

/** The next round number from `value` upwards. */
export function roundAbove(value: number): number {
  const exponent = exponentOf(value)
  for (const mantissa of [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]) {
    const candidate = Number(`${mantissa}e${exponent}`)
    if (candidate >= value) return candidate
  }
  return value
}

/** Index of the stop nearest to a value. */
export function nearestStop({ stops, positionOf }: Scale, value: number): number {
  return Math.min(stops.length - 1, Math.max(0, Math.round(positionOf(value))))
}
