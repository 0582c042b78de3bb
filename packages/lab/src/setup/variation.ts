import type { Experiment, Lane } from '../experiment/experiment.ts'
import { type Field, isWithin, valueAt, withValue } from '../experiment/field.ts'
import { isObject, type Json } from '../experiment/json.ts'
import { laneConfig } from '../experiment/plan.ts'
import { onlyLane } from '../experiment/state-schema.ts'

/** The value of every lane, where the lanes differ in this field; `undefined` where they do not. */
export function valuesOver(experiment: Experiment, field: Field): readonly (Json | undefined)[] | undefined {
  if (!experiment.lanes.some(({ changes }) => Object.hasOwn(changes, field))) return undefined
  return experiment.lanes.map((_, lane) => valueAt(laneConfig(experiment, lane), field))
}

/** Lanes over several values of one field; the comparison there was before ends. */
export function comparedOver(
  experiment: Experiment,
  field: Field,
  label: string,
  values: readonly Json[],
): Experiment {
  const lanes = values.map((value) => ({ label: laneLabel(label, value), changes: { [field]: value } }))
  return { ...experiment, lanes }
}

/** One run again: the given lane becomes the config itself. */
export function comparedNoMore(experiment: Experiment, lane: number): Experiment {
  const config = laneConfig(experiment, Math.min(lane, experiment.lanes.length - 1))
  return { ...experiment, config, lanes: [onlyLane] }
}

/** A further lane, as the last but for one value. */
export function withLane(experiment: Experiment, field: Field, label: string, value: Json): Experiment {
  const last = experiment.lanes.at(-1)!
  const lane = { label: laneLabel(label, value), changes: { ...last.changes, [field]: value } }
  return { ...experiment, lanes: [...experiment.lanes, lane] }
}

/** Without one lane; with one left the comparison is over. */
export function withoutLane(experiment: Experiment, lane: number): Experiment {
  const lanes = experiment.lanes.filter((_, i) => i !== lane)
  const fewer = { ...experiment, lanes }
  return lanes.length < 2 ? comparedNoMore(fewer, 0) : fewer
}

/** Another value in one of the lanes that are compared. */
export function withValueInLane(
  experiment: Experiment,
  field: Field,
  label: string,
  lane: number,
  value: Json,
): Experiment {
  return withChangedLane(experiment, lane, ({ label: before, changes }) => ({
    // A lane that differs in more than this has a name of its own.
    label: Object.keys(changes).length === 1 ? laneLabel(label, value) : before,
    changes: { ...changes, [field]: value },
  }))
}

/**
 * Writes a value as seen from a lane: where that lane has a part of its own there, into that part; else into the config that all
 * lanes share. `undefined` removes.
 */
export function edited(
  experiment: Experiment,
  lane: number,
  field: Field,
  value: Json | undefined,
): Experiment {
  const own = Object.keys(experiment.lanes[lane]?.changes ?? {}).find((changed) => isWithin(field, changed))
  if (own === undefined) return { ...experiment, config: withValue(experiment.config, field, value) }
  return withChangedLane(experiment, lane, ({ label, changes }) => {
    const { [own]: before, ...others } = changes
    if (own === field) return { label, changes: value === undefined ? others : { ...others, [own]: value } }
    const inside = field.slice(own.length).replace(/^\./, '')
    return { label, changes: { ...others, [own]: withValue(isObject(before) ? before : {}, inside, value) } }
  })
}

/** The lanes without what they change in this field; those that then are the same become one. */
export function withoutChange(experiment: Experiment, field: Field): Experiment {
  const seen = new Set<string>()
  const lanes = experiment.lanes.flatMap(({ label, changes: { [field]: _, ...others } }) => {
    const text = JSON.stringify(Object.entries(others).sort())
    if (seen.has(text)) return []
    seen.add(text)
    return [{ label: text === '[]' ? 'run' : label, changes: others }]
  })
  return { ...experiment, lanes }
}

/** Of the fields that have a control, the innermost that the given one is or stands in. */
export function ownerOf(field: Field, fields: readonly Field[]): Field | undefined {
  const around = fields.filter((one) => isWithin(field, one))
  return around.sort((a, b) => b.length - a.length)[0]
}

function withChangedLane(experiment: Experiment, lane: number, change: (lane: Lane) => Lane): Experiment {
  return { ...experiment, lanes: experiment.lanes.map((one, i) => (i === lane ? change(one) : one)) }
}

export function laneLabel(label: string, value: Json): string {
  if (isObject(value)) return typeof value.kind === 'string' ? value.kind : label
  return `${label} ${Array.isArray(value) ? value.join(', ') : String(value)}`
}
