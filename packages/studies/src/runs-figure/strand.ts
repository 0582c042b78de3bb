import type { Trajectory } from 'linnet'
import { bandOf, commonLength } from './band.ts'
import type { ShownClock } from './clock.ts'

/** Values at the positions of a strand, with the edges of the band where it is made of several runs. */
export interface Values {
  readonly y: Float64Array
  readonly low?: Float64Array
  readonly high?: Float64Array
}

/** One line's worth of runs: a run, or all repetitions of a lane, on the clock shown and as far as it is shown. */
export interface Strand {
  readonly x: Float64Array
  /** How many runs it is made of. */
  readonly runs: number
  /** The values of a column; nothing where it was not recorded. */
  read(column: string): Values | undefined
}

/** Cuts at `end`, on the clock shown, with the value there interpolated: a moving end moves evenly, not from sample to sample. */
export function strandOf(trajectories: readonly Trajectory[], { factor }: ShownClock, end: number): Strand {
  const positions = trajectories.map((trajectory) => trajectory.positions)
  const first = positions[0] ?? new Float64Array()
  const count = positions.length > 1 ? commonLength(positions) : first.length
  const common = first.subarray(0, count)
  const x = factor === 1 ? common : common.map((position) => position * factor)
  const cut = cutAt(x, end)
  const known = new Map<string, Values | undefined>()
  const valuesOf = (column: string): Values | undefined => {
    if (!trajectories.every((trajectory) => has(trajectory, column))) return undefined
    const values = trajectories.map((trajectory) => trajectory.column(column))
    if (values.length === 1) return { y: cut(values[0]!.subarray(0, count)) }
    const { y, low, high } = bandOf(values, count)
    return { y: cut(y), low: cut(low), high: cut(high) }
  }
  return {
    x: cut(x),
    runs: trajectories.length,
    read(column) {
      if (!known.has(column)) known.set(column, valuesOf(column))
      return known.get(column)
    },
  }
}

export function has({ columns }: Trajectory, column: string): boolean {
  return columns.some(({ name }) => name === column)
}

/** Leaves of the values at the ascending positions `x` those up to `end`, and adds the value at `end` itself. */
function cutAt(x: Float64Array, end: number): (values: Float64Array) => Float64Array {
  let kept = x.length
  while (kept > 0 && x[kept - 1]! > end) kept--
  if (kept === x.length || kept === 0) return (values) => values.subarray(0, kept)
  const share = (end - x[kept - 1]!) / (x[kept]! - x[kept - 1]!)
  if (share === 0) return (values) => values.subarray(0, kept)
  return (values) => {
    const shown = values.slice(0, kept + 1)
    shown[kept] = values[kept - 1]! + (values[kept]! - values[kept - 1]!) * share
    return shown
  }
}
