import type { AnyEntry } from 'linnet'
import type { JsonObject } from './json.ts'
import type { Known } from './new-spec.ts'

/** The same factors in front of a sum over entries of a matrix and, as means, of one over m pairs of inputs and targets. */
const factors: readonly (readonly [entries: string, pairs: string])[] = [
  ['half', 'halfMean'],
  ['sum', 'mean'],
  ['perPower', 'meanPerPower'],
]

const hasInputs = ({ schema }: AnyEntry<object>) => 'inputs' in schema.shape

/**
 * The spec of a loss with the normalisation that keeps the curvature about the same when `to` takes its place: a sum over m pairs grows
 * with m, one over entries does not.
 */
export function withFactorFor(
  to: AnyEntry<object>,
  from: AnyEntry<object> | undefined,
  spec: JsonObject,
): JsonObject {
  if (!from || hasInputs(from) === hasInputs(to)) return spec
  const [now, then] = hasInputs(to) ? [0, 1] : [1, 0]
  const factor = factors.find((pair) => pair[now] === spec.normalisation)
  return factor ? { ...spec, normalisation: factor[then]! } : spec
}

/**
 * What is known, with a step size for mini-batches: of B samples out of m, some meet up to m/B times the curvature of them all. As it
 * is where the spec draws no batches or nothing is known of m.
 */
export function knownForBatches(known: Known, { batchSize }: JsonObject): Known {
  const { samples, stepSize } = known
  if (typeof batchSize !== 'number' || typeof samples !== 'number' || typeof stepSize !== 'number')
    return known
  const share = Math.min(1, batchSize / samples)
  return { ...known, stepSize: Number((stepSize * share).toPrecision(1)) }
}
