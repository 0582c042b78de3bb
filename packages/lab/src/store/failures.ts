import { failurePlace } from '../experiment/failure-place.ts'
import type { Field } from '../experiment/field.ts'
import type { JsonObject } from '../experiment/json.ts'
import type { StagedRun } from './store.ts'

/** A run that could not be done, in the library's words, and where in the config they belong. */
export interface Failure {
  readonly sentence: string
  readonly lane: number
  readonly label: string
  /** `loss.observed`; absent where the sentence is about the whole. */
  readonly place?: Field
}

/** What failed of the runs that are not pinned: one sentence once, for the first lane that has it. */
export function failuresOf(staged: readonly StagedRun[]): readonly Failure[] {
  const failures = new Map<string, Failure>()
  for (const { planned, live, pinned } of staged) {
    const status = live.status.value
    if (pinned || status.kind !== 'failed' || failures.has(status.sentence)) continue
    const { sentence } = status
    const place = failurePlace(sentence, planned.config as unknown as JsonObject)
    const { lane, label } = planned
    failures.set(sentence, { sentence, lane, label, ...(place !== undefined && { place }) })
  }
  return [...failures.values()]
}
