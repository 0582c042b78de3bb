import { canonicalJson, dynamics } from 'linnet'
import type { Experiment, Lane } from './experiment.ts'
import { type Field, valueAt, withValue } from './field.ts'
import type { Json, JsonObject } from './json.ts'
import { isPlace } from './place-in-schema.ts'
import { onlyLane } from './state-schema.ts'

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
