import type { About } from '../registry/entry.ts'
import type { Assumption, Certificate, CertifyOptions, Verdict } from './certificate.ts'

/** One comparison of prediction and measurement. */
export interface Comparison {
  /** On the clock. */
  readonly position: number
  readonly residual: number
  /** In the units of the residual. */
  readonly tolerance: number
}

/** Comparisons of one kind. */
export interface Finding {
  readonly comparisons: readonly Comparison[]
  readonly residualOf: string
  readonly toleranceBecause: string
}

export interface Evidence {
  readonly assumptions: readonly Assumption[]
  readonly findings: readonly Finding[]
  readonly numbers?: Readonly<Record<string, number>>
  /** Follows the verdict `holds` in the summary: `at 3 of 12 snapshots`. */
  readonly where?: string
  /** Stands in brackets at the end of a summary that says `holds`. */
  readonly aside?: string
}

/**
 * A statement is drawn from its findings when all assumptions hold (or when insisted on): it holds if every residual stays within
 * its tolerance; the certificate shows the comparison that came closest to failing. A residual that is not a number counts as
 * a violation.
 */
export function conclude(about: About, evidence: Evidence, options: CertifyOptions = {}): Certificate {
  const { assumptions, findings, numbers = {} } = evidence
  const worst = worstOf(findings)
  const failed = assumptions.filter((assumption) => !assumption.holds)
  const applies = worst !== undefined && (failed.length === 0 || options.insist === true)
  const verdict: Verdict = !applies ? 'does not apply' : isWithin(worst) ? 'holds' : 'violated'
  const shown = worst ?? {
    ...nothing,
    residualOf: findings[0]?.residualOf ?? 'nothing',
    toleranceBecause: '',
  }
  return {
    statement: about.kind,
    title: about.title,
    source: about.source,
    verdict,
    assumptions,
    residual: shown.residual,
    residualOf: shown.residualOf,
    tolerance: shown.tolerance,
    toleranceBecause: shown.toleranceBecause,
    numbers,
    worstAt: shown.position,
    summary: `${about.title} ${because(verdict, shown, failed, evidence)}`,
  }
}

interface Worst extends Comparison {
  readonly residualOf: string
  readonly toleranceBecause: string
}

const nothing: Comparison = { position: 0, residual: Number.NaN, tolerance: Number.NaN }

function worstOf(findings: readonly Finding[]): Worst | undefined {
  let worst: Worst | undefined
  for (const { comparisons, residualOf, toleranceBecause } of findings)
    for (const comparison of comparisons)
      if (worst === undefined || ratio(comparison) > ratio(worst))
        worst = { ...comparison, residualOf, toleranceBecause }
  return worst
}

/** Residual over tolerance: 0/0 is 0 (an exact match needs no tolerance), and what is not a number is the worst of all. */
function ratio({ residual, tolerance }: Comparison): number {
  if (residual === 0 && tolerance === 0) return 0
  const quotient = residual / tolerance
  return Number.isNaN(quotient) ? Number.POSITIVE_INFINITY : quotient
}

function isWithin(comparison: Comparison): boolean {
  return ratio(comparison) <= 1
}

function because(
  verdict: Verdict,
  worst: Worst,
  failed: readonly Assumption[],
  { where, aside }: Evidence,
): string {
  if (verdict === 'does not apply') {
    const reason = failed[0]?.explanation ?? 'there is nothing to compare'
    return `does not apply: ${reason}`
  }
  const comparison = `${short(worst.residual)} of ${worst.residualOf}, ${short(worst.tolerance)} allowed`
  if (verdict === 'holds')
    return `holds${where ? ` ${where}` : ''}: ${comparison}${aside ? ` (${aside})` : ''}`
  const broken = failed.length > 0 ? `; ${failed[0]!.explanation}` : ''
  return `is violated: ${comparison}${broken}`
}

/** Two digits: for sentences. */
export function short(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return `${value}`
  const size = Math.abs(value)
  return size >= 0.01 && size < 1e4 ? `${Number(value.toPrecision(2))}` : value.toExponential(1)
}

/** As `10 %`. */
export function percent(fraction: number): string {
  return `${Number((100 * fraction).toPrecision(2))} %`
}
