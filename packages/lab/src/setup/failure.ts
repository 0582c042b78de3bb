import { isObject, type Json, type JsonObject } from '../experiment/json.ts'

/**
 * The section that the sentence of a run that could not begin speaks of: sentences start with the kind of the entry that was made
 * (`completion: give truth or entries`). `undefined` where none does.
 */
export function sectionOfFailure(sentence: string, config: JsonObject): string | undefined {
  const kind = /^([A-Za-z]\w*):/.exec(sentence)?.[1]
  if (kind === undefined) return undefined
  return Object.keys(config).find((section) => kind === section || holdsKind(config[section], kind))
}

function holdsKind(value: Json | undefined, kind: string): boolean {
  if (Array.isArray(value)) return value.some((item: Json) => holdsKind(item, kind))
  if (!isObject(value)) return false
  return value.kind === kind || Object.values(value).some((inside) => holdsKind(inside, kind))
}
