/** Several curves over the same positions as one: the median of their values, and the least and greatest. */
export interface Band {
  readonly y: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
}

/** How many positions, from the first on, all the lists have in common. */
export function commonLength(lists: readonly ArrayLike<number>[]): number {
  const [first, ...others] = lists
  if (!first) return 0
  let count = 0
  while (count < first.length && others.every((other) => other[count] === first[count])) count++
  return count
}

/** Median and range of the first `count` values; not a number where one of the values is not. The median of an even number of values is the mean of the middle two. */
export function bandOf(curves: readonly ArrayLike<number>[], count: number): Band {
  const y = new Float64Array(count)
  const low = new Float64Array(count)
  const high = new Float64Array(count)
  const values = new Float64Array(curves.length)
  const middle = (curves.length - 1) / 2
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < curves.length; c++) values[c] = curves[c]![i]!
    // Not-a-number comes last.
    sort(values)
    const last = values[values.length - 1]!
    const whole = !Number.isNaN(last)
    y[i] = whole ? (values[Math.floor(middle)]! + values[Math.ceil(middle)]!) / 2 : Number.NaN
    low[i] = whole ? values[0]! : Number.NaN
    high[i] = last
  }
  return { y, low, high }
}

/** In place, for the few seeds of a lane faster than the general sort. */
function sort(values: Float64Array): void {
  if (values.length > 16) {
    values.sort()
    return
  }
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!
    let at = i
    for (; at > 0 && !(values[at - 1]! <= value); at--) {
      if (Number.isNaN(value)) break
      values[at] = values[at - 1]!
    }
    values[at] = value
  }
}
