import type { Trajectory } from 'linnet'
import { firstReached, valueAt } from './polygon.ts'

/** A singular value that was learned: σ_mode, and the position at which it passed half of what it became. */
export interface LearnedMode {
  /** From 1. */
  readonly mode: number
  /** On the clock of the trajectory. */
  readonly position: number
}

/** Singular values that end below this share of the largest were not learned: completion leaves some behind that fit what is seen. */
const least = 0.05

/** How far from its end a mode may be, relative to it, half way between where it passed half of it and the end of the run. */
const near = 0.1

/**
 * The position, interpolated between samples, at which σ_r first reaches `fraction` (default ½) of its final value; 0 where it
 * starts there, not a number where it has no finite final value. Throws when σ_r was not recorded.
 */
export function learnedAt(trajectory: Trajectory, r: number, fraction = 0.5): number {
  const values = trajectory.column(`singularValue${r}`)
  return firstReached(trajectory.positions, values, fraction * (values.at(-1) ?? Number.NaN))
}

/**
 * The modes that a run learned, r = 1, 2, …, with the times at which they did: those whose σ_r ends above one twentieth of σ_1,
 * starts below half of its own end, and has slowed down since it passed that half: half way from there to the end of the run it is
 * within a tenth of its end. What grows along a line, exponentially or away from a saddle is not, and has no end to be measured by.
 * None where singular values were not recorded. The thresholds are ours.
 *
 *     learnedModes(run.trajectory) // [{ mode: 1, position: 8.1 }, { mode: 2, position: 11.7 }]
 */
export function learnedModes(trajectory: Trajectory): LearnedMode[] {
  const recorded = new Set(trajectory.columns.map(({ name }) => name))
  const largest = recorded.has('singularValue1') ? trajectory.column('singularValue1').at(-1) : undefined
  const modes: LearnedMode[] = []
  for (let mode = 1; recorded.has(`singularValue${mode}`); mode++) {
    const values = trajectory.column(`singularValue${mode}`)
    const end = values.at(-1)
    if (end === undefined || largest === undefined) break
    if (!(end > least * largest && values[0]! < end / 2)) continue
    const position = learnedAt(trajectory, mode)
    if (hasSettled(trajectory.positions, values, position)) modes.push({ mode, position })
  }
  return modes
}

function hasSettled(positions: Float64Array, values: Float64Array, half: number): boolean {
  const end = values.at(-1)!
  const between = valueAt(positions, values, (half + positions.at(-1)!) / 2)
  return Math.abs(between - end) <= near * end
}
