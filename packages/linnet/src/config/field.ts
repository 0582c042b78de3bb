/** `loss.truth.rank`, `probes[2].count`; the empty path is the config itself. Keys that are no names stand in brackets. */
export function fieldOf(path: readonly PropertyKey[]): string {
  let field = ''
  for (const step of path) {
    if (typeof step === 'number') field += `[${step}]`
    else if (/^[A-Za-z_$][\w$]*$/.test(String(step))) field += field ? `.${String(step)}` : String(step)
    else field += `[${shown(String(step))}]`
  }
  return field === '' ? 'config' : field
}

/** What was given, for a sentence: short values as they are, long ones by what they are. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : listShown(value)
  if (typeof value === 'object' && value !== null)
    return 'kind' in value && typeof value.kind === 'string'
      ? `an object of kind ${shown(value.kind)}`
      : 'an object'
  return typeof value === 'string' ? JSON.stringify(shortened(value)) : String(value)
}

/** Longer than any name or number; a whole document does not belong in a sentence. */
const LONGEST = 40

function listShown(list: readonly unknown[]): string {
  const text = list.every((item) => typeof item === 'number') ? `[${list.join(', ')}]` : ''
  return text !== '' && text.length <= LONGEST ? text : `a list of ${list.length}`
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
