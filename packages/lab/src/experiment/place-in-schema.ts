import { type AnyEntry, configSchema, type Registry } from 'linnet'
import { familyOfKinds, specFamilies } from './families.ts'
import { type Field, stepsOf } from './field.ts'
import { isObject, type Json } from './json.ts'
import { entriesOf, type Node } from './schema.ts'

let schema: Node | undefined

/** The schema of what may stand at a field of this config; `undefined` where nothing may. */
function nodeAt(config: Json, field: Field): Node | undefined {
  schema ??= configSchema() as Node
  let nodes: readonly Node[] = [schema]
  let inside: Json | undefined = config
  for (const step of stepsOf(field)) {
    nodes = alternatives(nodes, inside).flatMap((node) => insideOf(node, step))
    inside = insideValue(inside, step)
  }
  return nodes[0]
}

/** Of a choice between entries the one that is there, of any other choice all forms. */
function alternatives(nodes: readonly Node[], value: Json | undefined): readonly Node[] {
  return nodes.flatMap((node) => {
    const entries = entriesOf(node)
    const choices = node.oneOf ?? node.anyOf
    if (!entries) return choices ? alternatives(choices, value) : [node]
    const kind = isObject(value) ? value.kind : undefined
    const entry = typeof kind === 'string' ? entries.get(kind) : undefined
    return entry ? [entry] : []
  })
}

function insideOf({ properties, items, prefixItems }: Node, step: string | number): readonly Node[] {
  if (typeof step === 'number') return [prefixItems?.[step] ?? (items || undefined)].filter((node) => !!node)
  return properties && Object.hasOwn(properties, step) ? [properties[step]!] : []
}

function insideValue(value: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(value)) return value[Number(step)]
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
}

/** The family that the spec at a field is chosen from. */
export function familyAt(config: Json, field: Field): Registry<AnyEntry<object>> | undefined {
  const node = nodeAt(config, field)
  const entries = node && entriesOf(node)
  return entries && familyOfKinds(specFamilies, [...entries.keys()])
}

/** True where a value may stand at the field: the parts around it have such a parameter. */
export function isPlace(config: Json, field: Field): boolean {
  return nodeAt(config, field) !== undefined
}
