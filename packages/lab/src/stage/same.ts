/** Whether two values hold the same numbers and texts all the way down: then nothing has to be drawn again. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (isList(a) || isList(b)) return isList(a) && isList(b) && sameList(a, b)
  const [first, second] = [a as Record<string, unknown>, b as Record<string, unknown>]
  const keys = Object.keys(first)
  return keys.length === Object.keys(second).length && keys.every((key) => same(first[key], second[key]))
}

type List = readonly unknown[] | Float64Array

function isList(value: object): value is List {
  return Array.isArray(value) || ArrayBuffer.isView(value)
}

function sameList(a: List, b: List): boolean {
  if (a.length !== b.length) return false
  if (a instanceof Float64Array && b instanceof Float64Array) return sameNumbers(a, b)
  for (let i = 0; i < a.length; i++) if (!same(a[i], b[i])) return false
  return true
}

/** Curves are views into what has arrived: the same place holds the same numbers, however many there are. */
function sameNumbers(a: Float64Array, b: Float64Array): boolean {
  if (a.buffer === b.buffer && a.byteOffset === b.byteOffset) return true
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false
  return true
}
