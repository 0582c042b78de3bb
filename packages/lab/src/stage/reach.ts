import { positionsAt, type ShownRun } from '@linnet/studies'

/** Whether a pinned run goes on after the lanes have ended, so that it matters where the time axis ends. */
export function goesFarther(runs: readonly ShownRun[], clock: 'own' | 'time' | 'steps'): boolean {
  if (!runs.some(({ pinned }) => pinned)) return false
  const [near, far] = (['lanes', 'all'] as const).map((reach) => positionsAt(runs, { clock, reach }))
  return near!.some((position, i) => position < far![i]!)
}
