import { FileError } from './file-error.ts'
import { TableError } from './table-error.ts'
import { decodeText } from './text.ts'

/** Longest file read. */
export const TABLE_BYTE_LIMIT = 256_000_000

/** The text of a file that holds a table; every fault is a `TableError`. */
export function readTableText(input: string | Uint8Array, name: string): string {
  // A zip archive: what spreadsheet programs save unless asked for CSV.
  if (typeof input !== 'string' && input[0] === 0x50 && input[1] === 0x4b && input[2] === 0x03)
    throw new TableError(`${name} is a spreadsheet or archive, not text: save it as CSV.`)
  try {
    return decodeText(input, { name, limit: TABLE_BYTE_LIMIT })
  } catch (error) {
    if (error instanceof FileError) throw new TableError(`${error.message}.`)
    throw error
  }
}
