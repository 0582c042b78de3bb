import type { Assumption, CertifyOptions } from './certificate.ts'
import { type Comparison, type Finding, percent, short } from './verdict.ts'

/**
 * A claim about balanced layers held against their balanced neighbour, and against the layers themselves, which are balanced only
 * nearly; everything in the units of the residual.
 */
export interface NearBalance {
  readonly position: number
  /** What the neighbour does, less what is predicted: round-off, if the claim is true. */
  readonly residual: number
  /** What the layers themselves do, less what is predicted: imbalance as well. */
  readonly ownResidual: number
  /** Of what is measured. */
  readonly size: number
  /** How far the imbalance may have moved it. */
  readonly imbalance: number
  readonly roundOff: number
}

/**
 * Share of the measured quantity that imbalance and round-off may make up, for the claim to say something about these layers: the
 * neighbour then moves as they do, up to a tenth.
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
 * The comparisons, relative to the measured size, with round-off as the only tolerance: of the neighbour where the layers are
 * balanced; when insisted on (or where the assumptions fail, `applies` = false) also of the layers themselves where they are not.
 */
export function nearBalanceFinding(
  points: readonly NearBalance[],
  residualOf: string,
  { insist = false }: CertifyOptions = {},
  applies = isSomewhereBalanced(points),
): Finding {
  const resolved = points.filter(isResolved)
  const compared = insist || !applies ? resolved : resolved.filter(isBalanced)
  return { comparisons: compared.map(comparison), residualOf, toleranceBecause }
}

const toleranceBecause =
  'round-off of the products, of the powers of singular values and of the balanced factorisation next to the layers, which stands for them where it is near enough'

function comparison(point: NearBalance): Comparison {
  return {
    position: point.position,
    residual: (isBalanced(point) ? point.residual : point.ownResidual) / point.size,
    tolerance: point.roundOff / point.size,
  }
}

/** Whether the claim can be compared at one of the points at least. */
export function isSomewhereBalanced(points: readonly NearBalance[]): boolean {
  return points.some((point) => isResolved(point) && isBalanced(point))
}

/** Those whose size stands above their round-off. */
export function resolvedOnly<T extends NearBalance>(points: readonly T[]): T[] {
  return points.filter(isResolved)
}

/** Those at which the claim is compared with the neighbour. */
export function balancedOnly<T extends NearBalance>(points: readonly T[]): T[] {
  return points.filter((point) => isResolved(point) && isBalanced(point))
}

/** For the summary, in the place of `nearBalanceAside`, of what is true of one layer by definition. */
export const oneLayer = 'trivially: one layer is W itself'

/** For the summary: how far the layers are from those compared. */
export function nearBalanceAside(points: readonly NearBalance[]): string {
  const balanced = balancedOnly(points)
  return `imbalance moves it by ${short(largestOf(balanced, ({ imbalance, size }) => imbalance / size))}`
}

function largestOf(points: readonly NearBalance[], measure: (point: NearBalance) => number): number {
  return Math.max(0, ...points.map(measure))
}

/** For the summary: at how many snapshots the claim was checked. */
export function nearBalanceWhere(points: readonly NearBalance[]): string {
  const balanced = points.filter((point) => isResolved(point) && isBalanced(point)).length
  return `at ${balanced} of ${points.length} ${points.length === 1 ? 'snapshot' : 'snapshots'}`
}

/** Numbers every such certificate reports; `largestDeviationOfRun` is how far balanced layers themselves are from the claim. */
export function nearBalanceNumbers(points: readonly NearBalance[]): Record<string, number> {
  const resolved = points.filter(isResolved)
  const balanced = resolved.filter(isBalanced)
  return {
    snapshots: points.length,
    snapshotsAboveRoundOff: resolved.length,
    snapshotsBalanced: balanced.length,
    largestImbalanceShare: largestOf(resolved, ({ imbalance, size }) => imbalance / size),
    largestDeviationOfRun: largestOf(balanced, ({ ownResidual, size }) => ownResidual / size),
  }
}
