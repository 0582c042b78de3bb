import type { z } from 'zod'
import type { Problem } from './config-error.ts'
import { alternative, nodeAt, phraseOf, type SchemaNode } from './expectation.ts'
import { fieldOf, shown } from './field.ts'
import { remedyFor } from './remedy.ts'
import { nearest } from './spelling.ts'

type Issue = z.core.$ZodIssue

/** What zod found wrong with `input`, in sentences; `schema` is the JSON Schema of the same. */
export function problemsOf(issues: readonly Issue[], input: unknown, schema: SchemaNode): Problem[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey(issue.path, key, input, schema))
      : [wrongValue(issue, input, schema)],
  )
}

function wrongValue(issue: Issue, input: unknown, schema: SchemaNode): Problem {
  const given = valueAt(input, issue.path)
  // zod reports a missing spec as a missing kind of it; people left out the whole.
  const path =
    issue.path.at(-1) === 'kind' && !isObject(valueAt(input, issue.path.slice(0, -1)))
      ? issue.path.slice(0, -1)
      : issue.path
  const field = fieldOf(path)
  const value = valueAt(input, path)
  const node = nodeAt(schema, path, input)
  // A rule of one entry beyond what a schema says comes with its own words.
  if (issue.code === 'custom' || !node)
    return { field, given: shown(given), expected: issue.message, remedy: `change ${field}` }
  return {
    field,
    given: shown(value),
    expected: wordsOf(issue) ?? phraseOf(node),
    remedy: remedyFor(field, value, node, isOptional(path, input, schema)),
  }
}

/** What the author of an entry wrote of a parameter with several forms: `{ error: 'expected one width, or a list of them' }`. */
function wordsOf(issue: Issue): string | undefined {
  const written = issue.code === 'invalid_union' && !issue.discriminator
  return written && issue.message.startsWith('expected ')
    ? issue.message.slice('expected '.length)
    : undefined
}

function isOptional(path: readonly PropertyKey[], input: unknown, schema: SchemaNode): boolean {
  const key = path.at(-1)
  const outside = path.slice(0, -1)
  const node = nodeAt(schema, outside, input)
  if (typeof key !== 'string' || !node) return false
  return !alternative(node, valueAt(input, outside)).required?.includes(key)
}

function unknownKey(path: readonly PropertyKey[], key: string, input: unknown, schema: SchemaNode): Problem {
  const inside = valueAt(input, path)
  const node = nodeAt(schema, path, input)
  const known = Object.keys((node && alternative(node, inside).properties) ?? {})
  const free = known.filter((name) => !(isObject(inside) && Object.hasOwn(inside, name)))
  const meant = nearest(key, free)
  const field = fieldOf([...path, key])
  return {
    field,
    given: 'an unknown key',
    expected: known.length === 0 ? 'no key' : `one of the keys ${known.join(', ')}`,
    remedy: meant === undefined ? `remove ${field}` : `"${meant}" is the nearest`,
  }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const step of path) {
    if (!isObject(value) || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<PropertyKey, unknown>)[step]
  }
  return value
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
