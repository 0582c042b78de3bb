import { shown } from './field.ts'

/** The part of JSON Schema that configs use. */
export interface SchemaNode {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: SchemaNode | false
  readonly prefixItems?: readonly SchemaNode[]
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly SchemaNode[]
  readonly oneOf?: readonly SchemaNode[]
  readonly allOf?: readonly SchemaNode[]
}

/** The schema of what stands at `path` in `value`, or `undefined` where the schema knows nothing of it. */
export function nodeAt(
  root: SchemaNode,
  path: readonly PropertyKey[],
  value: unknown,
): SchemaNode | undefined {
  let node: SchemaNode | undefined = root
  let inside = value
  for (const step of path) {
    if (!node) return undefined
    node = stepInto(alternative(node, inside), step)
    inside = (inside as Record<PropertyKey, unknown> | undefined)?.[step]
  }
  return node
}

/** Of a choice between kinds, the one that `value` names. */
export function alternative(node: SchemaNode, value: unknown): SchemaNode {
  const choices = node.oneOf ?? node.anyOf
  if (!choices) return node
  if (Array.isArray(value)) return choices.find(({ type }) => type === 'array') ?? node
  const kind = (value as { readonly kind?: unknown } | null | undefined)?.kind
  return choices.find(({ properties }) => properties?.kind?.const === kind && kind !== undefined) ?? node
}

function stepInto(node: SchemaNode, step: PropertyKey): SchemaNode | undefined {
  if (typeof step === 'number') return node.prefixItems?.[step] ?? (node.items || undefined)
  const properties = node.properties
  if (properties && Object.hasOwn(properties, step)) return properties[String(step)]
  return step === 'kind' && kindsOf(node) ? { enum: kindsOf(node)! } : undefined
}

/** The kinds to choose from, where the node is such a choice. */
export function kindsOf(node: SchemaNode): readonly string[] | undefined {
  const kinds = (node.oneOf ?? node.anyOf)?.map(({ properties }) => properties?.kind?.const)
  return kinds?.every((kind) => typeof kind === 'string') ? kinds : undefined
}

/** What the schema asks for, in words: `a whole number of at least 1`, `one of "mean", "half"`. */
export function phraseOf(node: SchemaNode): string {
  if (node.enum)
    return node.enum.length === 1 ? shown(node.enum[0]) : `one of ${node.enum.map(shown).join(', ')}`
  if ('const' in node) return shown(node.const)
  const kinds = kindsOf(node)
  if (kinds) return `an object such as { "kind": ${shown(kinds[0])} } (known kinds: ${kinds.join(', ')})`
  const choices = node.anyOf ?? node.oneOf
  if (choices) return choices.map(phraseOf).join(' or ')
  if (node.type === 'integer' || node.type === 'number') return numberPhrase(node)
  if (node.type === 'array') return listPhrase(node)
  if (node.type === 'object') return objectPhrase(node)
  return { string: 'a text', boolean: 'true or false', null: 'null' }[node.type ?? ''] ?? 'another value'
}

function objectPhrase({ properties = {} }: SchemaNode): string {
  return `an object with ${Object.keys(properties).join(', ')}`
}

function listPhrase({ items, prefixItems, minItems = 0, maxItems }: SchemaNode): string {
  if (prefixItems) return `a list of ${prefixItems.length} (${prefixItems.map(phraseOf).join(', ')})`
  const count =
    maxItems === undefined ? (minItems > 0 ? `at least ${minItems}` : '') : countPhrase(minItems, maxItems)
  const each = items ? `, each ${phraseOf(items)}` : ''
  return count === '' ? `a list${each}` : `a list of ${count}${each}`
}

function countPhrase(least: number, most: number): string {
  if (least === most) return String(most)
  return least > 0 ? `${least} to ${most}` : `at most ${most}`
}

function numberPhrase(node: SchemaNode): string {
  const bounds = [lowerPhrase(node), upperPhrase(node)].filter((bound) => bound !== '')
  const noun = node.type === 'integer' ? 'a whole number' : 'a number'
  const multiple =
    node.multipleOf === undefined || node.multipleOf === 1 ? '' : ` (a multiple of ${node.multipleOf})`
  return [noun, bounds.join(' and ')].filter((part) => part !== '').join(' ') + multiple
}

function lowerPhrase({ minimum, exclusiveMinimum }: SchemaNode): string {
  if (exclusiveMinimum !== undefined) return `above ${exclusiveMinimum}`
  return minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? '' : `of at least ${minimum}`
}

function upperPhrase({ maximum, exclusiveMaximum }: SchemaNode): string {
  if (exclusiveMaximum !== undefined) return `below ${exclusiveMaximum}`
  return maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? '' : `at most ${maximum}`
}
