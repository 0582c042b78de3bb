import { JSON_DEPTH_LIMIT } from '../files/json.ts'
import { ConfigError } from './config-error.ts'
import { fieldOf } from './field.ts'

/**
 * The plain tree of numbers, texts, lists and objects that `input` stands for: registry entries become their specs, typed arrays
 * lists, entries that are `undefined` fall away. Everything is copied. Throws `ConfigError` for what cannot be JSON: functions
 * that are no entries, class instances, cycles.
 */
export function plainOf(input: unknown): unknown {
  return copy(input, { path: [], ancestors: new Set(), count: 0 })
}

/** Values in all: more than any data that belongs into a config. It stops what refers to itself so often that it never ends. */
const VALUE_LIMIT = 5_000_000

interface Walk {
  readonly path: PropertyKey[]
  readonly ancestors: Set<object>
  count: number
}

function copy(input: unknown, walk: Walk): unknown {
  if (++walk.count > VALUE_LIMIT) throw refusal(walk, 'an object without end', 'a config of a few megabytes')
  if (typeof input === 'function') return specOfEntry(input, walk)
  if (typeof input === 'bigint' || typeof input === 'symbol')
    throw refusal(walk, `a ${typeof input}`, 'plain JSON')
  if (typeof input !== 'object' || input === null) return input
  if (ArrayBuffer.isView(input)) return copyNumbers(input, walk)
  if (walk.ancestors.has(input) || walk.path.length >= JSON_DEPTH_LIMIT)
    throw refusal(walk, 'nesting without end', `at most ${JSON_DEPTH_LIMIT} levels of nesting`)
  walk.ancestors.add(input)
  const copied = Array.isArray(input) ? copyList(input, walk) : copyObject(input, walk)
  walk.ancestors.delete(input)
  return copied
}

function copyInside(key: PropertyKey, value: unknown, walk: Walk): unknown {
  walk.path.push(key)
  const copied = copy(value, walk)
  walk.path.pop()
  return copied
}

function copyList(list: readonly unknown[], walk: Walk): unknown[] {
  return Array.from(list, (item, i) => copyInside(i, item, walk))
}

function copyObject(object: object, walk: Walk): object {
  const prototype: unknown = Object.getPrototypeOf(object)
  // Every realm (page, worker, test) has its own Object.prototype, and only that has no prototype itself.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw refusal(walk, 'an instance of a class', 'plain JSON')
  const copied = {}
  for (const [key, given] of Object.entries(object)) {
    if (given === undefined) continue
    const value = copyInside(key, given, walk)
    // Defined, not assigned: a key __proto__ must not set the prototype.
    Object.defineProperty(copied, key, { value, enumerable: true, writable: true, configurable: true })
  }
  return copied
}

function copyNumbers(view: ArrayBufferView, walk: Walk): number[] {
  if (view instanceof DataView) throw refusal(walk, 'a DataView', 'plain JSON')
  return Array.from(view as unknown as ArrayLike<number>, Number)
}

function specOfEntry(input: object, walk: Walk): unknown {
  if ('kind' in input && typeof input.kind === 'string') return { kind: input.kind }
  throw refusal(walk, 'a function', 'plain JSON or an entry of a registry')
}

function refusal({ path }: Walk, given: string, expected: string): ConfigError {
  return new ConfigError([{ field: fieldOf(path), given, expected, remedy: 'give it as plain JSON' }])
}
