import { isObject, type Json } from '../experiment/json.ts'
import { entriesOf, type Node } from '../experiment/schema.ts'

/** Values by name of parameter, as they stand somewhere in the config: a new matrix gets the shape of the one that is there. */
export type Hints = Readonly<Record<string, Json>>

/** The first value of every parameter of the config, by name. */
export function hintsOf(config: Json | undefined, hints: Record<string, Json> = {}): Hints {
  if (Array.isArray(config)) for (const item of config) hintsOf(item, hints)
  else if (isObject(config))
    for (const [name, value] of Object.entries(config)) {
      if (name !== 'kind' && !Object.hasOwn(hints, name)) hints[name] = value
      hintsOf(value, hints)
    }
  return hints
}

/** A modest value that the node accepts, to begin with. */
export function startingValue(node: Node, hints: Hints, name = ''): Json {
  if (node.const !== undefined) return node.const as Json
  if (node.default !== undefined) return node.default as Json
  const hint = Object.hasOwn(hints, name) ? hints[name] : undefined
  if (accepts(node, hint)) return hint
  if (node.examples?.length) return node.examples[0] as Json
  if (node.enum) return node.enum[0] as Json
  const entries = entriesOf(node)
  if (entries) return startingSpec([...entries.values()][0]!, hints)
  const choice = (node.anyOf ?? node.oneOf)?.[0]
  if (choice) return startingValue(choice, hints, name)
  switch (node.type) {
    case 'integer':
      return wholeNumber(node)
    case 'number':
      return realNumber(node)
    case 'boolean':
      return false
    case 'array':
      return startingList(node, hints)
    case 'object':
      return startingSpec(node, hints)
    default:
      return ''
  }
}

/** An object with what must be given. */
export function startingSpec({ properties = {}, required = [] }: Node, hints: Hints): Json {
  return Object.fromEntries(
    required.map((name) => [name, startingValue(properties[name] ?? {}, hints, name)]),
  )
}

function startingList({ items, prefixItems, minItems = 1 }: Node, hints: Hints): Json {
  if (prefixItems) return prefixItems.map((item) => startingValue(item, hints))
  if (!items) return []
  // Rows of numbers: the smallest matrix that looks like one.
  if (items.type === 'array' && items.items && items.items.type === 'number')
    return [
      [1, 0],
      [0, 1],
    ]
  return Array.from({ length: Math.max(1, minItems) }, () => startingValue(items, hints))
}

/** A count that is neither trivial nor long to compute. */
function wholeNumber(node: Node): number {
  return [10, node.minimum, node.maximum, 0].find((value): value is number => accepts(node, value)) ?? 0
}

function realNumber(node: Node): number {
  return [1, 0.5, node.minimum, node.maximum, 0].find((value): value is number => accepts(node, value)) ?? 0
}

function accepts(node: Node, value: Json | undefined): value is number {
  const { minimum = -Infinity, maximum = Infinity, multipleOf = 0 } = node
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = node
  return (
    typeof value === 'number' &&
    (node.type === 'number' || node.type === 'integer') &&
    (node.type !== 'integer' || Number.isInteger(value)) &&
    value >= minimum &&
    value <= maximum &&
    value > exclusiveMinimum &&
    value < exclusiveMaximum &&
    (multipleOf === 0 || value % multipleOf === 0)
  )
}
