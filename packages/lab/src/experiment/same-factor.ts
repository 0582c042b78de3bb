import type { AnyEntry } from 'linnet'
import type { JsonObject } from './json.ts'

/** Factors c in front of a sum over entries or measurements, and those that weigh one over m pairs of inputs and targets the same. */
const forPairs: Readonly<Record<string, string>> = { half: 'halfMean', sum: 'mean' }
const forEntries: Readonly<Record<string, string>> = { halfMean: 'half', mean: 'sum', meanPerPower: 'half' }

/** Whether a loss sums over pairs of inputs and targets. */
export const hasInputs = ({ schema }: AnyEntry<object>) => 'inputs' in schema.shape

/**
 * The spec of a loss, `from`, with the factor that keeps the curvature about the same when `to` takes its place: m pairs with inputs
 * of variance one curve, divided by m, like one entry. Where there is no such factor it stays the one it was.
 */
export function withFactorFor(
  to: AnyEntry<object>,
  from: AnyEntry<object> | undefined,
  spec: JsonObject,
): JsonObject {
  const factor = from && factorOf(from, spec)
  if (factor === undefined) return spec
  const translated = hasInputs(from!) === hasInputs(to) ? {} : hasInputs(to) ? forPairs : forEntries
  const normalisation = translated[factor] ?? factor
  const isToBeSaid = spec.normalisation !== undefined || normalisation !== factorOf(to, {})
  return isToBeSaid ? { ...spec, normalisation } : spec
}

/** The name of the factor that a spec gives, or its entry's default. */
function factorOf({ schema }: AnyEntry<object>, { normalisation }: JsonObject): string | undefined {
  const read = schema.shape.normalisation?.safeParse(normalisation)
  return typeof read?.data === 'string' ? read.data : undefined
}
