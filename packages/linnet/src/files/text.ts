import { FileError } from './file-error.ts'

// Web and Node both have it; the library compiles without the types of either.
declare class TextDecoder {
  constructor(label: string, options: { readonly fatal: boolean; readonly ignoreBOM: boolean })
  decode(bytes: Uint8Array): string
}
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}

/** What a reader of text is told about its input. */
export interface TextSource {
  /** For sentences: `config.json`, `the config`. */
  readonly name: string
  /** Longest text accepted, in bytes (of a string: in UTF-16 code units). */
  readonly limit: number
}

/**
 * The text of a UTF-8 file, without byte order mark. Throws `FileError` for anything that is not UTF-8 text, naming the line, and
 * for more than `limit` bytes. A string is taken as it is.
 */
export function decodeText(input: string | Uint8Array, { name, limit }: TextSource): string {
  if (input.length > limit)
    throw new FileError(
      `${name} is ${megabytes(input.length)} long, more than the ${megabytes(limit)} that are read: split it or take a part of it`,
    )
  if (typeof input === 'string') return withoutMark(input)
  refuseUtf16(input, name)
  const text = decodeUtf8(input)
  if (text === undefined)
    throw new FileError(
      `${name} is not UTF-8 text: line ${firstBadLine(input)} holds bytes that are no characters; save it as UTF-8`,
    )
  return withoutMark(text)
}

/** The UTF-8 bytes of `text`. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

/** The text of UTF-8 bytes, or `undefined` where they are none. A byte order mark stays. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

function refuseUtf16(bytes: Uint8Array, name: string): void {
  const littleEndian = bytes[0] === 0xff && bytes[1] === 0xfe
  const bigEndian = bytes[0] === 0xfe && bytes[1] === 0xff
  if (littleEndian || bigEndian)
    throw new FileError(`${name} is UTF-16 text (its first bytes are a UTF-16 mark): save it as UTF-8`)
}

function firstBadLine(bytes: Uint8Array): number {
  const newline = 10
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const next = bytes.indexOf(newline, start)
    const end = next < 0 ? bytes.length : next
    if (decodeUtf8(bytes.subarray(start, end)) === undefined) return line
    start = end + 1
  }
  return line
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${bytes} bytes` : `${(bytes / 1e6).toFixed(1)} MB`
}
