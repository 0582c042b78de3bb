import {
  type AnyEntry,
  configSchema,
  dynamics,
  inits,
  losses,
  matrices,
  networks,
  probes,
  type Registry,
} from 'linnet'
import { type Field, stepsOf } from './field.ts'
import { isObject, type Json } from './json.ts'

/** The part of JSON Schema that says where a value may stand. */
interface Node {
  readonly type?: string
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node | false
  readonly prefixItems?: readonly Node[]
  readonly anyOf?: readonly Node[]
  readonly oneOf?: readonly Node[]
}

const families: readonly Registry<AnyEntry<object>>[] = [losses, networks, inits, dynamics, probes, matrices]

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
    const choices = node.oneOf ?? node.anyOf
    if (!choices) return [node]
    if (!kindsOf(node)) return alternatives(choices, value)
    const kind = isObject(value) ? value.kind : undefined
    return choices.filter(({ properties }) => properties!.kind!.const === kind)
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

function kindsOf(node: Node): readonly unknown[] | undefined {
  const kinds = (node.oneOf ?? node.anyOf)?.map(({ properties }) => properties?.kind?.const)
  return kinds?.every((kind) => kind !== undefined) ? kinds : undefined
}

/** The family that the spec at a field is chosen from. */
export function familyAt(config: Json, field: Field): Registry<AnyEntry<object>> | undefined {
  const node = nodeAt(config, field)
  const kinds = node && kindsOf(node)
  return kinds && families.find(({ entries }) => String(entries.map(({ kind }) => kind)) === String(kinds))
}

/** True where a value may stand at the field: the parts around it have such a parameter. */
export function isPlace(config: Json, field: Field): boolean {
  return nodeAt(config, field) !== undefined
}
