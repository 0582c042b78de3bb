import type { Clock } from '../dynamics/dynamics.ts'
import type { Column } from '../probes/probe.ts'
import type { Trajectory } from './run.ts'

/** A trajectory from its columns; `values` holds one array a column, all as long as `positions`. */
export function makeTrajectory(
  clock: Clock,
  positions: Float64Array,
  columns: readonly Column[],
  values: readonly Float64Array[],
): Trajectory {
  const byName = new Map(columns.map(({ name }, i) => [name, values[i]!]))
  return {
    clock,
    positions,
    columns,
    column(name) {
      const found = byName.get(name)
      if (found) return found
      throw new Error(`the trajectory has no column ${name}; it has ${[...byName.keys()].join(', ')}`)
    },
  }
}
