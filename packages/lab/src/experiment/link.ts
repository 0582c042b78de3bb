import { InputError, parseConfigText } from 'linnet'
import type { LabState } from './experiment.ts'
import type { JsonObject } from './json.ts'
import { compressed, decompressed } from './packing.ts'
import { onlyLane, readState, shortState } from './state-schema.ts'

/** Of the way a link is written; a later way gets another number, and this one stays readable. */
const version = '1='
/** Links that people write by hand: one config as percent-encoded JSON. */
const readable = 'config='
/** Longer fragments are not looked at: no browser carries them. */
const longest = 16_000_000

/** A link cannot be read; the message is for the person who opened it. */
export class LinkError extends InputError {
  override readonly name: string = 'LinkError'
  constructor(because: string) {
    super(`This link cannot be read: ${because}; the last good state is shown.`)
  }
}

/** The whole state as the fragment of a link, without the `#`: deflated JSON in base64url. */
export async function encodeState(state: LabState): Promise<string> {
  return version + (await compressed(JSON.stringify(shortState(state))))
}

/**
 * The state that a fragment (with or without `#`) holds: written by `encodeState`, or `config=` and percent-encoded JSON of a
 * config. Throws a `LinkError` for anything else.
 */
export async function decodeState(fragment: string): Promise<LabState> {
  const text = fragment.replace(/^#/, '')
  if (text.length > longest)
    throw new LinkError(`it is ${text.length} characters long, and no link needs more than ${longest}`)
  if (text.startsWith(readable)) return readableState(text.slice(readable.length))
  if (!text.startsWith(version))
    throw new LinkError(
      /^\d{1,9}=/.test(text)
        ? `it was written by another version of the lab (${text.split('=')[0]}, this one reads ${version.slice(0, -1)})`
        : `what follows # does not begin with ${version} or ${readable}`,
    )
  const json = await decompressed(text.slice(version.length))
  if ('fault' in json) throw new LinkError(json.fault)
  return stateOf(parsed(json.text))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new LinkError('it is damaged (what it holds is no JSON)')
  }
}

function stateOf(given: unknown): LabState {
  const state = readState(given)
  if (typeof state === 'string') throw new LinkError(state)
  return state
}

function readableState(encoded: string): LabState {
  let text: string
  try {
    text = decodeURIComponent(encoded)
    parseConfigText(text, 'config')
  } catch (error) {
    if (error instanceof URIError)
      throw new LinkError('the config in it is not percent-encoded (a % stands alone)')
    if (!(error instanceof InputError)) throw error
    throw new LinkError(error.message.replaceAll(/\.(\n|$)/g, '$1').replaceAll('\n', '; '))
  }
  const { $schema: _, ...config } = JSON.parse(text) as JsonObject
  return stateOf({ experiment: { config, lanes: [onlyLane] } })
}
