import type { Config } from '../config/config.ts'
import { fileKey } from '../data/file.ts'
import { layerKey } from '../inits/file.ts'
import type { PlainMatrix } from '../linalg/matrix.ts'
import { readDelimited } from './delimited.ts'
import { FileError } from './file-error.ts'
import { readMatrixLines } from './matrix-table.ts'
import { readSafetensors } from './safetensors.ts'
import { layoutOf } from './table-layout.ts'
import { TABLE_BYTE_LIMIT } from './table-text.ts'
import { decodeText } from './text.ts'
import { weightsFromSafetensors } from './weights.ts'

/** A file that a config names, and what it holds: all layers of a network, or a matrix of data. */
export interface NamedFile {
  /** As the config has it, relative to the config. */
  readonly path: string
  readonly holds: 'weights' | 'matrix'
}

/**
 * The files that have to be read before a config can be run, each once.
 *
 *     const files = new Map()
 *     for (const file of filesNamedIn(config))
 *       for (const [key, matrix] of readMatrixFile(file, await readBytes(file.path))) files.set(key, matrix)
 *     await simulate(config, { files })
 */
export function filesNamedIn(config: Config): NamedFile[] {
  const found = new Map<string, NamedFile>()
  const visit = (value: unknown, holds: NamedFile['holds']): void => {
    if (typeof value !== 'object' || value === null) return
    if ('kind' in value && value.kind === 'file' && 'path' in value && typeof value.path === 'string')
      found.set(`${holds} ${value.path}`, { path: value.path, holds })
    for (const inside of Object.values(value)) visit(inside, 'matrix')
  }
  visit(config.init, 'weights')
  for (const part of [config.loss, config.network, config.dynamics, config.probes]) visit(part, 'matrix')
  return [...found.values()]
}

/**
 * The matrices in a file, by the names under which a run looks for them: the layers of a safetensors file of weights; the tensors
 * of one of data; the numbers of a table (CSV, tab-separated, …; a header is skipped, missing cells are refused).
 *
 * Throws `FileError`, in one sentence, for what is neither.
 */
export function readMatrixFile({ path, holds }: NamedFile, bytes: Uint8Array): Map<string, PlainMatrix> {
  try {
    if (holds === 'weights')
      return new Map(weightsFromSafetensors(bytes).map((layer, j) => [layerKey(path, j + 1), layer]))
    return looksLikeSafetensors(bytes) ? tensorMatrices(path, bytes) : new Map([[path, tableMatrix(bytes)]])
  } catch (error) {
    if (error instanceof FileError) throw new FileError(`${path}: ${error.message}`)
    throw error
  }
}

/** A header of less than 4 GB that begins with a brace: no text begins like that. */
function looksLikeSafetensors(bytes: Uint8Array): boolean {
  return bytes.length > 8 && bytes.subarray(4, 8).every((byte) => byte === 0) && bytes[8] === 0x7b
}

function tensorMatrices(path: string, bytes: Uint8Array): Map<string, PlainMatrix> {
  const matrices = [...readSafetensors(bytes)].flatMap(([name, { shape, data }]) =>
    shape.length === 2 ? [{ name, matrix: { rows: shape[0]!, columns: shape[1]!, data } }] : [],
  )
  if (matrices.length === 0) throw new FileError('the file holds no tensor of two dimensions: save one')
  const named = new Map<string, PlainMatrix>(
    matrices.map(({ name, matrix }) => [fileKey(path, name), matrix]),
  )
  return matrices.length === 1 ? named.set(path, matrices[0]!.matrix) : named
}

function tableMatrix(bytes: Uint8Array): PlainMatrix {
  const name = 'the table'
  const lines = readDelimited(decodeText(bytes, { name, limit: TABLE_BYTE_LIMIT }), name)
  if (lines.length === 0) throw new FileError('the file is empty: write the rows of a matrix, a line each')
  const layout = layoutOf(lines, { as: 'matrix', rowLabels: false }, name)
  if (layout.body.length === 0)
    throw new FileError('the table holds a header and nothing else: add the lines with the numbers')
  const { values, known } = readMatrixLines(layout, name)
  if (known < values.data.length)
    throw new FileError(
      `${values.data.length - known} cells of the table are missing, but this matrix is used as it is: fill them in`,
    )
  return values
}
