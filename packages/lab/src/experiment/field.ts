import { isObject, type Json, type JsonObject } from './json.ts'

/** Where a value of a config stands, written as in the sentences of `ConfigError`: `loss.truth.rank`, `probes[1].count`. */
export type Field = string

export function stepsOf(field: Field): (string | number)[] {
  return [...field.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, key, index]) =>
    key === undefined ? Number(index) : key,
  )
}

export function valueAt(config: Json | undefined, field: Field): Json | undefined {
  let value = config
  for (const step of stepsOf(field)) {
    if (typeof step === 'number' && Array.isArray(value)) value = value[step]
    else if (typeof step === 'string' && isObject(value) && Object.hasOwn(value, step)) value = value[step]
    else return undefined
  }
  return value
}

/** True where `field` is `outer` or stands inside it. */
export function isWithin(field: Field, outer: Field): boolean {
  const inner = stepsOf(field)
  return stepsOf(outer).every((step, i) => inner[i] === step)
}

/** A copy of `config` with another value at `field`; `undefined` removes it. What lies on the way is made. */
export function withValue(config: JsonObject, field: Field, value: Json | undefined): JsonObject {
  return changed(config, stepsOf(field), value) as JsonObject
}

function changed(
  at: Json | undefined,
  [step, ...rest]: readonly (string | number)[],
  value: Json | undefined,
): Json | undefined {
  if (step === undefined) return value
  if (typeof step === 'number') {
    const list = Array.isArray(at) ? [...at] : []
    // A list grows by one at most: it has no gaps.
    const place = Math.min(step, list.length)
    const inside = changed(list[place], rest, value)
    if (inside === undefined) list.splice(place, 1)
    else list[place] = inside
    return list
  }
  const object: Record<string, Json> = isObject(at) ? { ...at } : {}
  const inside = changed(object[step], rest, value)
  if (inside === undefined) delete object[step]
  else object[step] = inside
  return object
}
