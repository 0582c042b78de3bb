/** The part of JSON Schema (2020-12) that the config's schema uses. */
export interface Node {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly title?: string
  readonly description?: string
  /** Of a text: `path`. */
  readonly format?: string
  /** The papers' notation, in LaTeX. */
  readonly symbol?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minItems?: number
  readonly items?: Node | false
  readonly prefixItems?: readonly Node[]
  readonly properties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Node[]
  readonly oneOf?: readonly Node[]
}

/** The schemas of the entries, by kind, where the node is a choice between entries of a family. */
export function entriesOf(node: Node): ReadonlyMap<string, Node> | undefined {
  const entries = new Map<string, Node>()
  for (const choice of node.oneOf ?? node.anyOf ?? []) {
    const kind = choice.properties?.kind?.const
    if (typeof kind !== 'string') return undefined
    entries.set(kind, choice)
  }
  return entries.size > 0 ? entries : undefined
}

/** A number is expected, whole or not. */
export function isNumeric({ type }: Node): boolean {
  return type === 'number' || type === 'integer'
}

/** True when `value` is roughly what the node asks for: enough to choose between forms, not to validate. */
export function suits(node: Node, value: unknown): boolean {
  if (node.const !== undefined) return value === node.const
  if (node.enum) return node.enum.includes(value)
  const choices = node.oneOf ?? node.anyOf
  if (choices) return choices.some((choice) => suits(choice, value))
  switch (node.type) {
    case 'number':
      return typeof value === 'number'
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'string':
      return typeof value === 'string'
    case 'array':
      return Array.isArray(value) && suitsItems(node, value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value) && suitsKind(node, value)
    default:
      return true
  }
}

function suitsItems({ items }: Node, [first]: readonly unknown[]): boolean {
  return first === undefined || !items || suits(items, first)
}

function suitsKind({ properties }: Node, value: object): boolean {
  const kind = properties?.kind
  return !kind || ('kind' in value && suits(kind, value.kind))
}
