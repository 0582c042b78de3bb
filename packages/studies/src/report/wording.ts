import type { Verdict } from 'linnet'
import type { Comparison, Spread } from '../comparison.ts'
import { readable } from '../figure/lettering.ts'
import type { Form, Published } from '../study.ts'

/** Words and signs that pages and terminals share. */
export const formNames: Readonly<Record<Form, string>> = {
  flow: 'Gradient flow',
  descent: 'Gradient descent',
}

/** Signs beside the words, so that neither colour nor sign is needed to tell verdicts apart. */
export const verdictSigns: Readonly<Record<Verdict, string>> = {
  holds: '✓',
  violated: '✗',
  'does not apply': '–',
}

/** The forms that ran, in their order. */
export function formsOf(comparison: Comparison): Form[] {
  const ran = new Set(comparison.rows.flatMap((row) => row.reproduced.map(({ form }) => form)))
  return (['flow', 'descent'] as const).filter((form) => ran.has(form))
}

/** `read off the plot, ±5 %`, or `reported`. */
export function evidenceOf({ evidence, precision }: Published): string {
  return evidence === 'reported' ? evidence : `${evidence}, ±${readable(100 * precision, 2)} %`
}

/** `45.1 … 48.2`; nothing where the digits shown are the same. */
export function rangeOf({ reached, least, greatest }: Spread, digits = 4): string[] {
  const [from, to] = [readable(least, digits), readable(greatest, digits)]
  return reached > 1 && from !== to ? [`${from} … ${to}`] : []
}

/** `46.8`, or `46.8 (45.1 … 48.2)` when there is more than one. */
export function medianAndRange(spread: Spread, digits = 4): string {
  return [readable(spread.median), ...rangeOf(spread, digits).map((range) => `(${range})`)].join(' ')
}

/** Says so when some seeds did not get there. */
export function outOf({ reached, seeds }: Spread): string[] {
  if (reached === seeds) return []
  return [reached === 0 ? 'not reached' : `reached by ${reached} of ${seeds} seeds`]
}

/** `12 hold, 1 violated, 3 do not apply`. */
export function tally(verdicts: readonly Verdict[]): string {
  const count = (verdict: Verdict) => verdicts.filter((one) => one === verdict).length
  const holding = count('holds')
  const apart = count('does not apply')
  return [
    `${holding} ${holding === 1 ? 'holds' : 'hold'}`,
    `${count('violated')} violated`,
    `${apart} ${apart === 1 ? 'does' : 'do'} not apply`,
  ].join(', ')
}
