import { extname } from 'node:path'

/** Something that the server hands out: bytes in memory, or the path of a file that is read when asked for. */
export interface Served {
  readonly type: string
  readonly content: Uint8Array | { readonly file: string }
}

/** By the path of the address, written exactly so: nothing is decoded, joined or looked up on the disk. */
export type ServedFiles = ReadonlyMap<string, Served>

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
}

export function served(name: string, content: Served['content']): Served {
  return { type: types[extname(name)] ?? 'application/octet-stream', content }
}
