import type { Assumption, CertifyOptions } from './certificate.ts'
import { type Comparison, type Finding, percent } from './verdict.ts'

/** A claim about balanced layers held against layers that are balanced nearly; everything in the units of the residual. */
export interface NearBalance {
  readonly position: number
  readonly residual: number
  /** Of what is predicted. */
  readonly size: number
  /** How far the imbalance may have moved it. */
  readonly imbalance: number
  readonly roundOff: number
}

/**
 * Share of the predicted quantity that imbalance and round-off may make up, for the claim to say something: with a tolerance of a
 * tenth, a wrong sign, factor or exponent still stands out.
 */
export const ALLOWED_SHARE = 0.1

function isResolved({ roundOff, size }: NearBalance): boolean {
  return roundOff <= ALLOWED_SHARE * size && size > 0
}

function share({ imbalance, roundOff, size }: NearBalance): number {
  return (imbalance + roundOff) / size
}

function isBalanced(point: NearBalance): boolean {
  return share(point) <= ALLOWED_SHARE
}

/** The two assumptions of such a claim: there is something to see, and the layers are balanced. `what` is what is predicted. */
export function nearBalanceAssumptions(points: readonly NearBalance[], what: string): Assumption[] {
  const resolved = points.filter(isResolved)
  const balanced = resolved.filter(isBalanced)
  const quietest = Math.min(...points.map(({ roundOff, size }) => roundOff / size))
  const best = Math.min(...resolved.map(share))
  return [
    {
      name: 'above round-off',
      holds: resolved.length > 0,
      measured: quietest,
      threshold: ALLOWED_SHARE,
      explanation:
        resolved.length > 0
          ? `${what} stands above its round-off at ${resolved.length} of ${points.length} snapshots`
          : `${what} is lost in round-off, or not finite, at every snapshot`,
    },
    {
      name: 'balanced layers',
      holds: balanced.length > 0,
      measured: best,
      threshold: ALLOWED_SHARE,
      explanation:
        balanced.length > 0
          ? `imbalance and round-off move ${what} by at most ${percent(ALLOWED_SHARE)} at ${balanced.length} of ${resolved.length} snapshots`
          : `the layers are not balanced: the imbalance may move ${what} by ${percent(best)}, more than the ${percent(ALLOWED_SHARE)} allowed, at every snapshot`,
    },
  ]
}

/**
 * The comparisons, relative to the predicted size: where the layers are balanced, with imbalance and round-off as tolerance; when
 * insisted on (or nowhere balanced) also elsewhere, with the tolerance of balanced layers, round-off alone.
 */
export function nearBalanceFinding(
  points: readonly NearBalance[],
  residualOf: string,
  { insist = false }: CertifyOptions = {},
): Finding {
  const resolved = points.filter(isResolved)
  const balanced = resolved.filter(isBalanced)
  const compared = insist || balanced.length === 0 ? resolved : balanced
  return { comparisons: compared.map(comparison), residualOf, toleranceBecause }
}

const toleranceBecause =
  'what moves when the layers are replaced, one after the other, by those of the balanced factorisation next to them, plus round-off of the products; round-off alone where the layers are not balanced'

function comparison(point: NearBalance): Comparison {
  const tolerance = isBalanced(point) ? point.imbalance + point.roundOff : point.roundOff
  return {
    position: point.position,
    residual: point.residual / point.size,
    tolerance: tolerance / point.size,
  }
}

/** For the summary: at how many snapshots the claim was checked. */
export function nearBalanceWhere(points: readonly NearBalance[]): string {
  const balanced = points.filter((point) => isResolved(point) && isBalanced(point)).length
  return `at ${balanced} of ${points.length} ${points.length === 1 ? 'snapshot' : 'snapshots'}`
}

/** Numbers every such certificate reports. */
export function nearBalanceNumbers(points: readonly NearBalance[]): Record<string, number> {
  const resolved = points.filter(isResolved)
  return {
    snapshots: points.length,
    snapshotsAboveRoundOff: resolved.length,
    snapshotsBalanced: resolved.filter(isBalanced).length,
    largestImbalanceShare: Math.max(0, ...resolved.map(({ imbalance, size }) => imbalance / size)),
  }
}
