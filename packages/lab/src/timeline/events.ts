import { learnedModes, leftSaddles, type ShownTime, stabilityCrossings } from '@linnet/studies'
import type { Accounts, Config, Trajectory } from 'linnet'
import type { StagedRun } from '../store/store.ts'

/** What can happen: a mode was learned, a saddle left, the step became too long to be stable, or short enough again. */
export type Happening = 'mode' | 'saddle' | 'above' | 'below'

/** Something that happened at one moment of a run. */
export interface TimelineEvent {
  readonly kind: Happening
  /** Index of the lane. */
  readonly lane: number
  /** Share of the time axis. */
  readonly share: number
  /** In words: `depth 2: σ₁ learned at t = 8.14`. */
  readonly label: string
  /** Of a mode: 1 for the first singular value. */
  readonly mode?: number
}

interface Happened {
  readonly kind: Happening
  /** On the clock of the run. */
  readonly position: number
  /** What happened, before `at t = 8.14`. */
  readonly what: string
  /** What is to be said after it. */
  readonly more?: string
  readonly mode?: number
}

const subscripts = '₀₁₂₃₄₅₆₇₈₉'

/** What happened in a run that has ended, in order of time. */
export function eventsOf({ planned, live, pinned }: StagedRun, time: ShownTime): TimelineEvent[] {
  const trajectory = live.measured.value
  if (pinned || planned.repetition > 0 || live.status.value.kind !== 'ended' || !trajectory) return []
  return happenedIn(planned.config, trajectory, live.accounts.value)
    .map(({ kind, position, what, more = '', mode }) => ({
      kind,
      lane: planned.lane,
      share: (position * time.factor) / time.end,
      label: `${planned.label}: ${what} at ${moment(position, trajectory.clock, time)}${more}`,
      ...(mode !== undefined && { mode }),
    }))
    .sort((a, b) => a.share - b.share)
}

function happenedIn(config: Config, trajectory: Trajectory, accounts: Accounts | undefined): Happened[] {
  const saddles = accounts ? leftSaddles({ config, trajectory, accounts }) : []
  return [
    ...learnedModes(trajectory).map(
      ({ mode, position }): Happened => ({
        kind: 'mode',
        position,
        what: `σ${subscript(mode)} learned`,
        mode,
      }),
    ),
    ...saddles.map(
      ({ position, loss }): Happened => ({
        kind: 'saddle',
        position,
        what: 'saddle left',
        more: `, after a plateau at loss ${readable(loss)}`,
      }),
    ),
    ...stabilityCrossings(config, trajectory).map(
      ({ to, position }): Happened => ({
        kind: to,
        position,
        what: to === 'above' ? 'sharpness λ rose above 2/η' : 'sharpness λ fell below 2/η for good',
      }),
    ),
  ]
}

/** `t = 8.14`, or `step 120`, with the flow time that stands on the axis: `step 120 (t = 6)`. */
function moment(position: number, clock: Trajectory['clock'], shown: ShownTime): string {
  const converted = readable(position * shown.factor)
  const own = readable(position)
  if (clock === 'time') return shown.clock === 'time' ? `t = ${own}` : `t = ${own} (step ${converted})`
  return shown.clock === 'steps' ? `step ${own}` : `step ${own} (t = ${converted})`
}

function subscript(number: number): string {
  return [...String(number)].map((digit) => subscripts[Number(digit)]).join('')
}

export function readable(value: number): string {
  return Number(value.toPrecision(3)).toString()
}
