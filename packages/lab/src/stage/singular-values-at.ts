import type { Trajectory } from 'linnet'

/** σ_1, σ_2, … of the end-to-end matrix at the last sample at or before `position`, as far as they were recorded. */
export function singularValuesAt(trajectory: Trajectory | undefined, position: number): number[] {
  if (!trajectory || trajectory.positions.length === 0) return []
  const { positions } = trajectory
  let at = positions.length - 1
  while (at > 0 && positions[at]! > position) at--
  const found: number[] = []
  for (const { name } of trajectory.columns) {
    if (!/^singularValue\d+$/.test(name)) continue
    const value = trajectory.column(name)[at]!
    if (Number.isFinite(value)) found.push(Math.max(0, value))
  }
  return found
}
