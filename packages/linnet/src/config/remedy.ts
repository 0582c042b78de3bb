import { kindsOf, type SchemaNode } from './expectation.ts'
import { shown } from './field.ts'
import { nearest } from './spelling.ts'

/** What to do about `given`, which is not what `node` asks for at `field`; `optional` when the field may be left out. */
export function remedyFor(field: string, given: unknown, node: SchemaNode, optional: boolean): string {
  const choices = choicesOf(node)
  if (typeof given === 'string') {
    if (choices) {
      const meant = nearest(given, choices)
      if (meant !== undefined) return `${shown(meant)} is the nearest`
    } else if (given.trim() !== '' && allows(node, Number(given)))
      return `write ${given.trim()} without quotes`
  }
  if (node.default !== undefined && !isObject(node.default))
    return `leave ${field} out for ${shown(node.default)}`
  const example = node.examples?.[0] ?? nearestNumber(given, node)
  if (example !== undefined) return `set ${field} to ${written(example)}, say`
  if (choices) return `set ${field} to ${shown(choices[0])}, say`
  const kinds = kindsOf(node)
  if (kinds) return `set ${field} to { "kind": ${shown(kinds[0])} }, say`
  if (optional) return `leave ${field} out`
  return given === undefined ? `add ${field}` : `correct ${field}`
}

/** An example is short enough to be copied as it stands. */
function written(example: unknown): string {
  return isObject(example) ? JSON.stringify(example) : shown(example)
}

function choicesOf(node: SchemaNode): readonly string[] | undefined {
  return node.enum?.every((choice) => typeof choice === 'string')
    ? (node.enum as readonly string[])
    : undefined
}

function nearestNumber(given: unknown, node: SchemaNode): number | undefined {
  if (node.type !== 'integer' && node.type !== 'number') return undefined
  const start = typeof given === 'number' && Number.isFinite(given) ? given : 1
  const rounded = node.type === 'integer' ? Math.round(start) : start
  const candidates = [rounded, node.minimum, node.maximum, 1, 2, 0.5, 0.9]
  return candidates.find((candidate) => candidate !== undefined && allows(node, candidate))
}

/** True when the number `value` is in the range of `node`. */
function allows(node: SchemaNode, value: number): boolean {
  if (node.type !== 'integer' && node.type !== 'number') return false
  if (!Number.isFinite(value) || (node.type === 'integer' && !Number.isSafeInteger(value))) return false
  const { minimum = -Infinity, maximum = Infinity, multipleOf = 0 } = node
  const { exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity } = node
  const inRange = value >= minimum && value <= maximum && value > exclusiveMinimum && value < exclusiveMaximum
  return inRange && (multipleOf === 0 || value % multipleOf === 0)
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
