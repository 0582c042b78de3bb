import type { StabilityEdge } from '../experiment/stability-edge.ts'
import type { RunStatus, Sharpnesses } from '../running/live-run.ts'
import { rounded, writeNumber } from './number-text.ts'

/** Where a descent stops being stable. */
export interface Stability {
  /** λ: largest eigenvalue of the Hessian. */
  readonly sharpness: number
  /** 2/λ, or 2(1 + β)/λ with momentum. */
  readonly limit: number
  /** The limit times λ, in symbols. */
  readonly over: StabilityEdge['symbol']
  /** Where λ was measured. */
  readonly at: 'now' | 'end' | 'start'
}

/** What a run tells of its sharpness. */
export interface Measured {
  readonly status: RunStatus
  readonly edge: StabilityEdge
  /** As computed once at its two ends. */
  readonly ends: Sharpnesses
  /** The recorded column, where there is one. */
  readonly column?: Float64Array
}

/** The stability line as far as a run tells it. Of one that diverged only the beginning counts: its end is nowhere to go. */
export function stabilityOf({ status, edge, ends, column }: Measured): Stability | undefined {
  const lineAt = (sharpness: number | undefined, at: Stability['at']): Stability | undefined =>
    isPositive(sharpness) ? { sharpness, limit: edge.most / sharpness, over: edge.symbol, at } : undefined
  if (isDiverged(status)) return lineAt(column?.find(isPositive) ?? ends.start, 'start')
  const ended = status.kind === 'ended'
  return (
    lineAt(column?.findLast(isPositive), ended ? 'end' : 'now') ??
    lineAt(ends.end, 'end') ??
    lineAt(ends.start, 'start')
  )
}

export function isDiverged(status: RunStatus): boolean {
  return status.kind === 'ended' && status.stopped.reason === 'diverged'
}

/** Half of the largest stable step; one digit is enough. */
export function stableStep({ limit }: Pick<Stability, 'limit'>): number {
  return rounded(limit / 2, 1)
}

/** What the line means for a step, in plain words. */
export function stepInWords(step: number, { sharpness, limit, over, at }: Stability): string {
  const line = `${over}/λ = ${short(limit)}`
  const where = { now: 'where the run is now', end: 'where the run ended', start: 'at the start' }[at]
  return step > limit
    ? `Above ${line}: steps overshoot along the sharpest direction (λ = ${short(sharpness)} ${where}).`
    : `Below ${line} (${where}): stable there.`
}

function short(value: number): string {
  return writeNumber(rounded(value, 3))
}

function isPositive(value: number | undefined): value is number {
  return value !== undefined && value > 0 && Number.isFinite(value)
}
