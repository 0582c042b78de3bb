import type { Certificate, RunRecord } from 'linnet'
import { exitCode } from './exit.ts'

/** How the process ends after these runs. An interruption outweighs a violation: the rest was never checked. */
export function exitCodeOf(
  outcomes: readonly (
    | { readonly record: RunRecord; readonly certificates: readonly Certificate[] }
    | undefined
  )[],
): number {
  if (outcomes.some((outcome) => !outcome || outcome.record.stopped.reason === 'interrupted'))
    return exitCode.interrupted
  const bad = outcomes.some(
    (outcome) =>
      ['diverged', 'stalled'].includes(outcome!.record.stopped.reason) ||
      outcome!.certificates.some(({ verdict }) => verdict === 'violated'),
  )
  return bad ? exitCode.violated : exitCode.done
}
