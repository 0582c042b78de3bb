import { firstReached, valueAt } from '../polygon.ts'
import type { StudyRun } from '../study.ts'
import { rank, stepSize } from './setting.ts'

/** The depth of the network of a run. */
export function depthOf({ config }: Pick<StudyRun, 'config'>): number {
  return (config.network as { readonly depth?: number }).depth ?? Number.NaN
}

/** Positions of the samples in steps of the published size: flow time is divided by it. */
export function stepsOf({ record }: StudyRun): Float64Array {
  const { clock, positions } = record.trajectory
  return clock === 'steps' ? positions : positions.map((time) => time / stepSize)
}

/** σ_r of the samples, r = 1, 2, … */
export function singularValue({ record }: StudyRun, r: number): Float64Array {
  return record.trajectory.column(`singularValue${r}`)
}

/** When σ_r first reaches half of its final value, in steps. */
export function halfHeight(run: StudyRun, r: number): number {
  const values = singularValue(run, r)
  return firstReached(stepsOf(run), values, (values.at(-1) ?? Number.NaN) / 2)
}

/**
 * How far modes are learnt together rather than one by one, for r = 1, …, rank − 1: σ_{r+1} at the time when σ_r is at half
 * height, relative to its final value. One half where all rise in proportion.
 */
export function overlaps(run: StudyRun): number[] {
  const steps = stepsOf(run)
  return Array.from({ length: rank - 1 }, (_, index) => {
    const next = singularValue(run, index + 2)
    return valueAt(steps, next, halfHeight(run, index + 1)) / (next.at(-1) ?? Number.NaN)
  })
}
