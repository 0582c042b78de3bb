import type { Experiment } from '../experiment/experiment.ts'
import { type Field, valueAt } from '../experiment/field.ts'
import type { Json } from '../experiment/json.ts'
import type { Known } from '../experiment/new-spec.ts'
import { laneConfig } from '../experiment/plan.ts'
import { withKind } from '../experiment/with-kind.ts'
import { comparedNoMore, withLane } from './variation.ts'

/** Another kind of entry and what it is called on the stage. */
export interface NamedKind {
  readonly value: string
  readonly title: string
}

/** Lanes over kinds of entries in a part of the config, with what each needs beside: flow and steps have horizons of their own. */
export function comparedOverKinds(
  experiment: Experiment,
  lane: number,
  field: Field,
  kinds: readonly NamedKind[],
  known: Known = {},
): Experiment {
  const one = comparedNoMore(experiment, lane)
  const spec: Json = valueAt(one.config, field) ?? {}
  const lanes = kinds.map(({ title }) => ({ label: title, changes: { [field]: spec } }))
  const begun: Experiment = { ...one, lanes }
  return kinds.reduce((made, { value }, i) => withKind(made, i, field, value, known).experiment, begun)
}

/** Another kind in one of the lanes that are compared. */
export function withKindInLane(
  experiment: Experiment,
  lane: number,
  field: Field,
  { value, title }: NamedKind,
  known: Known = {},
): Experiment {
  const changed = withKind(experiment, lane, field, value, known).experiment
  return {
    ...changed,
    lanes: changed.lanes.map((one, i) => (i === lane ? { ...one, label: title } : one)),
  }
}

/** A further lane with another kind. */
export function withLaneOfKind(
  experiment: Experiment,
  field: Field,
  kind: NamedKind,
  known: Known = {},
): Experiment {
  const last = experiment.lanes.length - 1
  const spec = valueAt(laneConfig(experiment, last), field) ?? {}
  return withKindInLane(withLane(experiment, field, kind.title, spec), last + 1, field, kind, known)
}
