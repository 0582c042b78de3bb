import type { Lane } from './experiment.ts'
import { isObject, type Json, type JsonObject } from './json.ts'

/** Lanes over the first config: what each of the others changes in it, field by field. Titles are the lab's own. */
export function lanesOfConfigs(
  configs: readonly { readonly label: string; readonly config: JsonObject }[],
): Lane[] {
  const [first] = configs
  return configs.map(({ label, config }) => ({
    label,
    changes: Object.fromEntries(changesTo(first!.config, config).filter(([field]) => field !== 'title')),
  }))
}

/** Fields whose values differ; an object that lacks a key of the other is changed as a whole. */
function changesTo(from: JsonObject, to: JsonObject, at = ''): [string, Json][] {
  return Object.entries(to).flatMap(([key, value]): [string, Json][] => {
    const field = at === '' ? key : `${at}.${key}`
    const before = from[key]
    if (isObject(before) && isObject(value) && isWithin(before, value)) return changesTo(before, value, field)
    return JSON.stringify(before) === JSON.stringify(value) ? [] : [[field, value]]
  })
}

/** Whether every key is there, and the objects are of the same kind. */
function isWithin(before: JsonObject, after: JsonObject): boolean {
  return Object.keys(before).every((key) => key in after) && before.kind === after.kind
}
