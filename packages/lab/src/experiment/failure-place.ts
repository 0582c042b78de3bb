import { type Field, valueAt } from './field.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import { isPlace } from './place-in-schema.ts'

/**
 * Where in a config the sentence of a run that failed belongs: sentences begin with the kind of the entry that was made (`completion:
 * observed is 2000; …`), with a field, or with the file that was named, and name the parameter that is wrong. `undefined` where the
 * sentence is about the whole.
 */
export function failurePlace(sentence: string, config: JsonObject): Field | undefined {
  const file = placeWhere(config, (spec) => sentence.startsWith(`The file ${String(spec.path)} `))
  if (file !== undefined) return `${file}.path`
  const [, start] = /^([A-Za-z][\w.[\]]*): /.exec(sentence) ?? []
  if (start === undefined) return undefined
  const part =
    placeWhere(config, ({ kind }) => kind === start) ?? (isPlace(config, start) ? start : undefined)
  if (part === undefined) return undefined
  for (const [, name] of sentence.matchAll(/\b([a-zA-Z]+) (?:is|are|has|have|lists|holds|contains) /g))
    if (isPlace(config, `${part}.${name}`)) return `${part}.${name}`
  return part
}

/** Parts of the config before what stands inside them: a kind of init goes before the same kind of matrix. */
function placeWhere(config: JsonObject, is: (spec: JsonObject) => boolean): Field | undefined {
  let places = Object.keys(config)
  while (places.length > 0) {
    const found = places.find((place) => {
      const value = valueAt(config, place)
      return isObject(value) && is(value)
    })
    if (found !== undefined) return found
    places = places.flatMap((place) => insideOf(place, valueAt(config, place)))
  }
  return undefined
}

function insideOf(place: Field, value: Json | undefined): Field[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => (isObject(item) ? [`${place}[${i}]`] : []))
  if (!isObject(value)) return []
  return Object.keys(value)
    .filter((name) => typeof value[name] === 'object')
    .map((name) => `${place}.${name}`)
}
