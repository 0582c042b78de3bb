import type { Config, Trajectory } from 'linnet'
import { firstReached } from './polygon.ts'

/** Where the sharpness λ of a descent crossed 2/η: its step size crossed 2/λ. */
export interface StabilityCrossing {
  /** `above`: from here on the step is too long to be stable, λ > 2/η; `below`: it is not any more. */
  readonly to: 'above' | 'below'
  /** On the clock of the trajectory: steps. */
  readonly position: number
}

/**
 * Where the recorded sharpness λ of a gradient descent with step η first rose above 2/η, and where it came back below for good; at most
 * these two, however often it swung in between, as it does at the edge of stability. None where no sharpness was recorded, for a flow,
 * and for descents that are stable up to another line (momentum: 2(1 + β)/η).
 *
 * On the quadratic approximation of φ a step multiplies the sharpest direction by 1 − ηλ: it grows where λ > 2/η.
 *
 * Source: Cohen, Kaur, Li, Kolter, Talwalkar 2021 (arXiv 2103.00065), section 2.
 *
 *     stabilityCrossings(run.config, run.trajectory) // [{ to: 'above', position: 31.5 }]
 */
export function stabilityCrossings(
  { dynamics }: Pick<Config, 'dynamics'>,
  trajectory: Trajectory,
): StabilityCrossing[] {
  const { kind, stepSize } = dynamics as { readonly kind: string; readonly stepSize?: unknown }
  const isRecorded = trajectory.columns.some(({ name }) => name === 'sharpness')
  if (kind !== 'gradientDescent' || typeof stepSize !== 'number' || !isRecorded) return []
  const { positions } = trajectory
  const excess = trajectory.column('sharpness').map((sharpness) => sharpness - 2 / stepSize)
  const above = excess.findIndex((one) => one > 0)
  const back = excess.findLastIndex((one) => one > 0)
  const crossings: StabilityCrossing[] = []
  if (above > 0)
    crossings.push({
      to: 'above',
      position: firstReached(positions.subarray(above - 1), excess.subarray(above - 1), 0),
    })
  const after = excess[back + 1]
  if (back >= 0 && after !== undefined && after <= 0)
    crossings.push({
      to: 'below',
      position: firstReached(
        positions.subarray(back),
        excess.subarray(back).map((one) => -one),
        0,
      ),
    })
  return crossings
}
