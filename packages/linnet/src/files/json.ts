/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Where and why a text is not JSON; readers put it into their own error. */
export interface JsonFault {
  /** From 1. */
  readonly line: number
  /** In characters, from 1. */
  readonly column: number
  readonly given: string
  readonly expected: string
  readonly remedy: string
}

export type JsonResult = { readonly value: Json } | { readonly fault: JsonFault }

/** Arrays and objects within one another, at most; no config or tensor header comes near it. */
export const JSON_DEPTH_LIMIT = 64

/**
 * Reads JSON (RFC 8259) and nothing else. Unlike `JSON.parse` it says at which line and column a fault is and what to do about it,
 * refuses an object that names a key twice, numbers beyond ±1.8e308 (they would become infinite), and nesting deeper than
 * `JSON_DEPTH_LIMIT`. A key `__proto__` becomes an ordinary property.
 */
export function readJson(text: string): JsonResult {
  const reader: Reader = { text, at: 0, depth: 0 }
  try {
    const value = readValue(reader)
    skipSpace(reader)
    if (reader.at < text.length) fail(reader, 'the end of the text', 'remove what follows the first value')
    return { value }
  } catch (error) {
    if (error instanceof Stop) return { fault: error.fault }
    throw error
  }
}

interface Reader {
  readonly text: string
  at: number
  depth: number
}

class Stop extends Error {
  readonly fault: JsonFault
  constructor(fault: JsonFault) {
    super(fault.expected)
    this.fault = fault
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const SPACE = /[ \t\n\r]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 forbids them inside strings
const PLAIN_PART = /[^"\\\u0000-\u001f]*/y
const WORD = /[-+]?[A-Za-z_$][\w$]*|[-+]?[\d.][\w.+-]*/y

const NUMBER_REMEDY = 'write numbers as in 5, -0.25 or 1e-3'

function match(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at
  return pattern.exec(reader.text)?.[0]
}

function skipSpace(reader: Reader): void {
  reader.at += match(reader, SPACE)?.length ?? 0
}

function readValue(reader: Reader): Json {
  skipSpace(reader)
  const first = reader.text[reader.at]
  if (first === '{') return nested(reader, readObject)
  if (first === '[') return nested(reader, readArray)
  if (first === '"') return readString(reader)
  if (/^-?\d/.test(reader.text.slice(reader.at, reader.at + 2))) return readNumber(reader)
  const word = match(reader, WORD)
  if (word === 'true' || word === 'false' || word === 'null') {
    reader.at += word.length
    return word === 'null' ? null : word === 'true'
  }
  return fail(reader, 'a value', remedyForValue(word ?? first))
}

function nested(reader: Reader, read: (reader: Reader) => Json): Json {
  if (++reader.depth > JSON_DEPTH_LIMIT)
    fail(reader, `at most ${JSON_DEPTH_LIMIT} levels of nesting`, 'flatten it')
  const value = read(reader)
  reader.depth--
  return value
}

function readArray(reader: Reader): Json {
  const items: Json[] = []
  reader.at++
  skipSpace(reader)
  if (take(reader, ']')) return items
  for (;;) {
    items.push(readValue(reader))
    skipSpace(reader)
    if (take(reader, ']')) return items
    if (!take(reader, ',')) fail(reader, 'a comma or "]"', 'put a comma between the items of a list')
    skipSpace(reader)
    if (reader.text[reader.at] === ']') fail(reader, 'a value', 'remove the comma before the "]"')
  }
}

function readObject(reader: Reader): Json {
  const object: Record<string, Json> = {}
  const keyAt = new Map<string, number>()
  reader.at++
  skipSpace(reader)
  if (take(reader, '}')) return object
  for (;;) {
    const start = reader.at
    const key = readKey(reader)
    const before = keyAt.get(key)
    if (before !== undefined) failTwice(reader, key, before, start)
    keyAt.set(key, start)
    skipSpace(reader)
    if (!take(reader, ':')) fail(reader, 'a colon', 'write "key": value')
    // Not `object[key] = …`: that would set the prototype for a key named __proto__.
    const value = readValue(reader)
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
    skipSpace(reader)
    if (take(reader, '}')) return object
    if (!take(reader, ',')) fail(reader, 'a comma or "}"', 'put a comma between the entries')
    skipSpace(reader)
  }
}

function readKey(reader: Reader): string {
  const first = reader.text[reader.at]
  if (first === '"') return readString(reader)
  if (first === '}') fail(reader, 'a key', 'remove the comma before the "}"')
  return fail(reader, 'a key in double quotes', remedyForKey(first))
}

function readString(reader: Reader): string {
  const start = reader.at++
  do reader.at += match(reader, PLAIN_PART)!.length
  while (skipEscape(reader))
  if (!take(reader, '"')) {
    const expected =
      'a closing quote on the same line, with \\n, \\" and \\\\ for line break, quote and backslash'
    fail(reader, expected, 'close the quote or put a backslash before what is special')
  }
  return JSON.parse(reader.text.slice(start, reader.at)) as string
}

function skipEscape(reader: Reader): boolean {
  const length = match(reader, ESCAPE)?.length ?? 0
  reader.at += length
  return length > 0
}

function readNumber(reader: Reader): number {
  const digits = match(reader, NUMBER)
  const whole = match(reader, WORD)
  if (digits === undefined || (whole !== undefined && whole.length > digits.length))
    return fail(reader, 'a number', NUMBER_REMEDY)
  const value = Number(digits)
  if (!Number.isFinite(value)) fail(reader, 'a number below 1.8e308', 'write a smaller number')
  reader.at += digits.length
  return value
}

function take(reader: Reader, character: string): boolean {
  if (reader.text[reader.at] !== character) return false
  reader.at++
  return true
}

function remedyForValue(found = ''): string {
  if (found === "'") return 'use double quotes'
  if (found === '/') return 'remove the comment: JSON has none'
  if (found === ',') return 'remove the comma or write a value before it'
  if (/^[-+]?(NaN|Infinity|nan|inf|undefined)$/.test(found))
    return 'write a finite number, or leave the entry out'
  if (/^[TFN]/.test(found)) return 'write true, false or null in small letters'
  return /^[-+.]/.test(found) ? NUMBER_REMEDY : 'put text in double quotes'
}

function remedyForKey(found: string | undefined): string {
  if (found === '/') return 'remove the comment: JSON has none'
  return 'put the key in double quotes'
}

function failTwice(reader: Reader, key: string, before: number, start: number): never {
  reader.at = start
  const { line } = placeOf(reader.text, before)
  throw new Stop({
    ...placeOf(reader.text, start),
    given: `the key ${JSON.stringify(key)} again, first given on line ${line}`,
    expected: 'each key once',
    remedy: 'keep one of the two',
  })
}

function fail(reader: Reader, expected: string, remedy: string): never {
  const { text, at } = reader
  const brokenOff = at >= text.length ? 'complete the text: it breaks off here' : undefined
  throw new Stop({ ...placeOf(text, at), given: foundAt(reader), expected, remedy: brokenOff ?? remedy })
}

const SHOWN = 20

function foundAt(reader: Reader): string {
  if (reader.at >= reader.text.length) return 'the end of the text'
  const found = match(reader, WORD) ?? String.fromCodePoint(reader.text.codePointAt(reader.at)!)
  return found.length > SHOWN ? `${found.slice(0, SHOWN)}…` : JSON.stringify(found)
}

function placeOf(text: string, at: number): { line: number; column: number } {
  const lines = text.slice(0, at).split(/\r\n|\r|\n/)
  return { line: lines.length, column: [...lines.at(-1)!].length + 1 }
}
