import { canonicalJson, dynamics } from 'linnet'
import type { Experiment, Lane } from './experiment.ts'
import { type Field, valueAt, withValue } from './field.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import { isPlace } from './place-in-schema.ts'
import { onlyLane } from './state-schema.ts'

/**
 * Configs side by side as one experiment: what they have in common is the config, and each lane changes the rest. Where they differ
 * inside an entry of the same kind the lanes change single parameters, else whole parts.
 */
export function lanesOfConfigs(
  configs: readonly { readonly label: string; readonly config: JsonObject }[],
): Pick<Experiment, 'config' | 'lanes'> {
  const fields: Field[] = []
  const shared = commonOf(
    configs.map(({ config }) => config),
    '',
    fields,
  ) as JsonObject
  const lanes = configs.map(({ label, config }) => {
    const given = fields.map((field) => [field, valueAt(config, field)] as const)
    return {
      label,
      changes: Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Lane['changes'],
    }
  })
  return { config: shared, lanes }
}

/** What all values have in common; the fields in which they differ are noted. */
function commonOf(values: readonly (Json | undefined)[], field: Field, differing: Field[]): Json | undefined {
  const [first] = values
  if (values.every((value) => value !== undefined && canonicalJson(value) === canonicalJson(first)))
    return first
  if (!values.every(isObject) || new Set(values.map(({ kind }) => kind)).size > 1) {
    differing.push(field)
    // The config is a config still where a lane leaves this as it is.
    return values.every((value) => value !== undefined) ? first : undefined
  }
  const names = new Set(values.flatMap((value) => Object.keys(value)))
  const common: Record<string, Json> = {}
  for (const name of names) {
    const inside = commonOf(
      values.map((value) => value[name]),
      field === '' ? name : `${field}.${name}`,
      differing,
    )
    if (inside !== undefined) common[name] = inside
  }
  return common
}

/** Without the changes that no longer have a place in the config, and without lanes that have become the same. */
export function fixLanes(experiment: Experiment): Experiment {
  const fixed = experiment.lanes.map(({ label, changes }) => ({
    label,
    changes: inPlace(experiment.config, changes),
  }))
  const seen = new Set<string>()
  const lanes = fixed.filter(({ changes }) => seen.size < seen.add(canonicalJson(changes)).size)
  const isOne = lanes.length === 1 && Object.keys(lanes[0]!.changes).length === 0
  return { ...experiment, lanes: isOne ? [onlyLane] : lanes }
}

function inPlace(config: JsonObject, changes: Lane['changes']): Lane['changes'] {
  let changed = config
  const kept: Record<Field, Json> = {}
  for (const [field, value] of Object.entries(changes)) {
    if (!isPlace(changed, field)) continue
    changed = withValue(changed, field, value)
    kept[field] = value
  }
  const clock = dynamics.entries.find(({ kind }) => kind === valueAt(changed, 'dynamics.kind'))?.clock
  // The horizon of the other clock has no place either.
  if (clock) delete kept[`until.${clock === 'time' ? 'steps' : 'time'}`]
  return kept
}
