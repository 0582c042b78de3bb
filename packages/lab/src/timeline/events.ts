import { learnedModes } from '@linnet/studies'
import type { StagedRun } from '../store/store.ts'

/** Something that happened at one moment of a run. */
export interface TimelineEvent {
  /** Index of the lane. */
  readonly lane: number
  /** Share of the horizon. */
  readonly share: number
  /** In words: `depth 2: σ₁ learned at t = 8.14`. */
  readonly label: string
  /** On the mark: `1` for the first singular value. */
  readonly mark: string
}

const subscripts = '₀₁₂₃₄₅₆₇₈₉'

/** When the modes of a run were learned: when each σ_r first passed half of what it became. */
export function eventsOf({ planned, live, pinned }: StagedRun, horizon: number): TimelineEvent[] {
  const trajectory = live.measured.value
  if (pinned || planned.repetition > 0 || live.status.value.kind !== 'ended' || !trajectory) return []
  const clock = trajectory.clock === 'time' ? 't' : 'step'
  return learnedModes(trajectory).map(({ mode, position }) => ({
    lane: planned.lane,
    share: position / horizon,
    label: `${planned.label}: σ${subscript(mode)} learned at ${clock} = ${readable(position)}`,
    mark: String(mode),
  }))
}

function subscript(number: number): string {
  return [...String(number)].map((digit) => subscripts[Number(digit)]).join('')
}

export function readable(value: number): string {
  return Number(value.toPrecision(3)).toString()
}
