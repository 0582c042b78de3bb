import { roundAbove, roundBelow } from '../figure/ticks.ts'

/** Beyond this many times the largest true singular value a run has blown up: it leaves the axis, the others stay readable. */
const mostOverTruth = 4
/** What a logarithmic axis shows at most, relative to its top: below that is round-off, also of something squared. */
const least = 1e-32
/** Air over the highest curve. */
const headroom = 1.02

/**
 * The domain of an axis of values: round numbers, so that it moves seldom while values come in. `expected`, a value that is
 * known beforehand, is on it from the start, and so is where the curves begin.
 */
export function valueDomain(
  curves: readonly ArrayLike<number>[],
  scale: 'linear' | 'log',
  expected?: number,
): readonly [number, number] {
  const [low, high] = range(curves, scale === 'log', expected)
  const most = expected
    ? Math.max(mostOverTruth * expected, headroom * firstOf(curves))
    : Number.POSITIVE_INFINITY
  const top = Math.min(headroom * high, most)
  if (scale === 'log') {
    if (!(high > 0)) return [0.1, 1]
    const bottom = Math.max(Math.min(low, top), top * least)
    return [roundBelow(bottom), roundAbove(top)]
  }
  const bottom = low < 0 ? -roundAbove(-low) : 0
  return [bottom, top > 0 ? roundAbove(top) : bottom < 0 ? 0 : 1]
}

/** Where the highest of the curves begins; 0 where none has. */
function firstOf(curves: readonly ArrayLike<number>[]): number {
  return curves.reduce(
    (most, { 0: first = 0 }) => (first > most && first < Number.POSITIVE_INFINITY ? first : most),
    0,
  )
}

/** Least and greatest of all finite values (positive ones only, where asked). */
function range(
  curves: readonly ArrayLike<number>[],
  positive: boolean,
  expected: number | undefined,
): [number, number] {
  let low = expected ?? Number.POSITIVE_INFINITY
  let high = expected ?? Number.NEGATIVE_INFINITY
  for (const curve of curves)
    for (let i = 0; i < curve.length; i++) {
      const value = curve[i]!
      if (!Number.isFinite(value) || (positive && value <= 0)) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  return [low, high]
}
