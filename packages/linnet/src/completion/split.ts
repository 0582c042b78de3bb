import type { Random } from '../engine/random.ts'
import { type Observed, pick } from './observed.ts'

/** Observed entries in three parts: to learn from, to choose when to stop, and to report the error on. */
export interface Split {
  readonly training: Observed
  readonly validation: Observed
  readonly test: Observed
}

/**
 * Splits at random, the parts of `validation` and `test` being the given fractions of all entries (at least one each; none of a test part of 0).
 * The last training entry of a row or column is never held out: nothing could be said of an empty row.
 */
export function splitObserved(observed: Observed, validation: number, test: number, random: Random): Split {
  const count = observed.values.length
  const order = random.permutation(count).data.slice()
  const inRow = new Int32Array(observed.rows)
  const inColumn = new Int32Array(observed.columns)
  for (const i of observed.rowOf) inRow[i]!++
  for (const j of observed.columnOf) inColumn[j]!++
  const parts = { training: [] as number[], validation: [] as number[], test: [] as number[] }
  const wanted = {
    validation: Math.max(1, Math.round(validation * count)),
    test: test === 0 ? 0 : Math.max(1, Math.round(test * count)),
  }
  for (const e of order) {
    const [i, j] = [observed.rowOf[e]!, observed.columnOf[e]!]
    const part = inRow[i]! < 2 || inColumn[j]! < 2 ? 'training' : nextPart(parts, wanted)
    if (part !== 'training') {
      inRow[i]!--
      inColumn[j]!--
    }
    parts[part].push(e)
  }
  const sorted = (entries: number[]) => pick(observed, Int32Array.from(entries).sort())
  return { training: sorted(parts.training), validation: sorted(parts.validation), test: sorted(parts.test) }
}

function nextPart(
  parts: { readonly validation: readonly number[]; readonly test: readonly number[] },
  wanted: { readonly validation: number; readonly test: number },
): 'validation' | 'test' | 'training' {
  if (parts.test.length < wanted.test) return 'test'
  if (parts.validation.length < wanted.validation) return 'validation'
  return 'training'
}
