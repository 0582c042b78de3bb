import type { ShownTime } from '@linnet/studies'

/** Where the playhead stands on a time axis. */
export interface Reading {
  readonly clock: 'flow time' | 'step'
  readonly at: number
  readonly of: number
}

/** The reading of every axis that runs are shown on: one, unless no step size relates their clocks. */
export function readingsOf(times: readonly ShownTime[], share: number): Reading[] {
  const ends = new Map(times.map(({ clock, end }) => [clock, end]))
  return [...ends].map(([clock, end]) => ({
    clock: clock === 'time' ? 'flow time' : 'step',
    at: share * end,
    of: end,
  }))
}
