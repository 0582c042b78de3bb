import type { AnyEntry } from 'linnet'
import type { JsonObject } from './json.ts'
import type { Known } from './new-spec.ts'
import { hasInputs } from './same-factor.ts'

/** Dynamics that may draw mini-batches, the loss that these are drawn of, and what a run tells of both: m as `samples`, d_0 as `columns`. */
export interface Drawing {
  readonly spec: JsonObject
  readonly loss: AnyEntry<object> | undefined
  readonly known: Known
}

/**
 * How much larger the curvature of a batch of B out of m samples may be than that of all of them: m/B where each is an entry of its
 * own; about (1 + √(d_0/B))² where each is an input with independent components of one variance (Marchenko, Pastur 1967). Nothing
 * where no batches are drawn, or of what is not known.
 */
function excessOf({ spec: { batchSize }, loss, known: { samples, columns } }: Drawing): number | undefined {
  if (typeof batchSize !== 'number' || typeof samples !== 'number' || typeof columns !== 'number' || !loss)
    return undefined
  const most = Math.max(1, samples / batchSize)
  return hasInputs(loss) ? Math.min(most, (1 + Math.sqrt(columns / batchSize)) ** 2) : most
}

/** What is known, with a step size that batches stand. */
export function knownForBatches(drawing: Drawing): Known {
  const excess = excessOf(drawing)
  const { stepSize } = drawing.known
  if (excess === undefined || typeof stepSize !== 'number') return drawing.known
  return { ...drawing.known, stepSize: roundedDown(stepSize / excess) }
}

/** In a sentence, that batches are drawn with a step size, `before`'s, that was meant for all samples at once. */
export function warningOfBatches(before: JsonObject, drawing: Drawing): string | undefined {
  const excess = excessOf(drawing)
  const isKept = before.stepSize !== undefined && before.stepSize === drawing.spec.stepSize
  if ('batchSize' in before || !isKept || excess === undefined || excess < 2) return undefined
  return `A batch may be ${Math.round(excess)} times as curved as all samples together: where it diverges, take smaller steps.`
}

/** To one digit, and not above. */
function roundedDown(value: number): number {
  const nearest = Number(value.toPrecision(1))
  if (nearest <= value) return nearest
  const [digit, exponent] = nearest.toExponential().split('e') as [string, string]
  return digit === '1' ? Number(`9e${Number(exponent) - 1}`) : Number(`${Number(digit) - 1}e${exponent}`)
}
