/** The first x at which the polygon through the samples reaches `level` from below; not a number when it never does. */
export function firstReached(xs: ArrayLike<number>, ys: ArrayLike<number>, level: number): number {
  for (let i = 0; i < xs.length; i++) {
    // Negated: what is not a number has not reached anything.
    if (!(ys[i]! >= level)) continue
    if (i === 0) return xs[0]!
    const from = ys[i - 1]!
    if (!Number.isFinite(from)) return xs[i]!
    return xs[i - 1]! + ((xs[i]! - xs[i - 1]!) * (level - from)) / (ys[i]! - from)
  }
  return Number.NaN
}

/** The value at `x` on the polygon through the samples; not a number outside. */
export function valueAt(xs: ArrayLike<number>, ys: ArrayLike<number>, x: number): number {
  for (let i = 0; i < xs.length; i++) {
    if (xs[i] === x) return ys[i]!
    const next = xs[i + 1]
    if (next !== undefined && xs[i]! < x && x < next)
      return ys[i]! + ((ys[i + 1]! - ys[i]!) * (x - xs[i]!)) / (next - xs[i]!)
  }
  return Number.NaN
}
