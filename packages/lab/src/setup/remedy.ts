import type { ConfigProblem } from 'linnet'
import type { Field } from '../experiment/field.ts'
import { isObject, type Json } from '../experiment/json.ts'

/** What a button does about a problem. */
export interface Act {
  /** `Set to 1`, `Leave out`. */
  readonly label: string
  readonly field: Field
  /** `undefined` removes it. */
  readonly value: Json | undefined
}

/** The sentence beside the control of the field, which need not be named again. */
export function besideControl({ field, given, expected, remedy }: ConfigProblem): string {
  const plain = (remedy === `add ${field}` ? 'give one' : remedy)
    .replace(`set ${field} to`, 'set it to')
    .replace(`leave ${field} out`, 'leave it out')
  const start = given.charAt(0).toUpperCase() + given.slice(1)
  return `${start} was given, but ${expected} is expected; ${plain}.`
}

/**
 * What can be done without thinking about a problem: the library's remedy where it names a value or something to remove; where
 * nothing was given, `start`, a modest value of that control.
 */
export function actOf({ field, given, remedy }: ConfigProblem, start?: Json): Act | undefined {
  // The nearest key is a name, not a value.
  if (given === 'an unknown key') return { label: 'Remove it', field, value: undefined }
  const [, place = field, text] =
    /^set (\S+) to (.+?)(?:, say| or less, or leave it out)$/.exec(remedy) ??
    /^()(".*") is the nearest$/.exec(remedy) ??
    /^write ()(\S+) without quotes$/.exec(remedy) ??
    []
  const value = text === undefined ? undefined : readJson(text)
  if (value !== undefined) return { label: `Set to ${shownShort(value)}`, field: place || field, value }
  const [, removed] = /(?:^|or )(?:remove (\S+)$|leave \S+ out)/.exec(remedy) ?? ['', '']
  if (removed === '')
    // An empty text is nothing, too.
    return given === 'nothing' && start !== undefined && start !== ''
      ? { label: `Set to ${shownShort(start)}`, field, value: start }
      : undefined
  return { label: removed ? `Remove ${removed}` : 'Leave it out', field: removed ?? field, value: undefined }
}

/** The smallest of the values that sentences say to try; `undefined` where none does. */
export function smallestTried(sentences: readonly string[]): number | undefined {
  const values = sentences.flatMap((sentence) => {
    const [, text] = /; try (\d[\d.e+-]*?)\.?$/.exec(sentence) ?? []
    return text === undefined ? [] : [Number(text)]
  })
  return values.length > 0 ? Math.min(...values) : undefined
}

function shownShort(value: Json): string {
  return isObject(value) && typeof value.kind === 'string' ? value.kind : JSON.stringify(value)
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
