import {
  fileKey,
  filesNamedIn,
  InputError,
  layerKey,
  type PlainMatrix,
  parseConfig,
  readMatrixFile,
} from 'linnet'
import { isObject, type Json, type JsonObject } from './json.ts'
import type { OpenedFile } from './open-file.ts'

/** Numbers that a config on the page may hold: more would not fit into a link. */
const most = 100_000

/**
 * The config with the matrices of files written out in it, for a page reads no files; `beside` are the files that came with it, found
 * by their names without folders. Throws an `InputError` that says which file is missing, is no matrix or is too large.
 */
export function writtenOut(config: JsonObject, beside: readonly OpenedFile[]): JsonObject {
  const named = filesNamedIn(parseConfig(config))
  if (named.length === 0) return config
  const matrices = new Map<string, PlainMatrix>()
  for (const file of named) {
    const name = file.path.split(/[\\/]/).at(-1)!
    const found = beside.find((one) => one.name === name)
    if (!found)
      throw new InputError(
        `The config takes numbers from the file ${file.path}, and a page reads only what it is given; drop ${name} together with the config.`,
      )
    for (const [key, matrix] of readMatrixFile(file, found.bytes)) matrices.set(key, matrix)
  }
  const count = [...matrices.values()].reduce((sum, { data }) => sum + data.length, 0)
  if (count > most)
    throw new InputError(
      `The files that the config names hold ${count} numbers, and the page takes ${most}; run the config with \`linnet run\` instead.`,
    )
  return replaced(config, 'config', matrices) as JsonObject
}

function replaced(value: Json, name: string, matrices: ReadonlyMap<string, PlainMatrix>): Json {
  if (Array.isArray(value)) return value.map((item: Json) => replaced(item, name, matrices))
  if (!isObject(value)) return value
  if (value.kind === 'file' && typeof value.path === 'string')
    return name === 'init' ? weights(value.path, matrices) : matrix(value, value.path, matrices)
  return Object.fromEntries(
    Object.entries(value).map(([key, inside]) => [key, replaced(inside, key, matrices)]),
  )
}

function weights(path: string, matrices: ReadonlyMap<string, PlainMatrix>): Json {
  const layers: Json[] = []
  for (let j = 1; matrices.has(layerKey(path, j)); j++)
    layers.push(valuesOf(matrices.get(layerKey(path, j))!))
  return { kind: 'file', layers }
}

function matrix(spec: JsonObject, path: string, matrices: ReadonlyMap<string, PlainMatrix>): Json {
  const found = matrices.get(fileKey(path, typeof spec.tensor === 'string' ? spec.tensor : undefined))
  if (!found)
    throw new InputError(
      `The file ${path} has no such tensor; it holds ${[...matrices.keys()].map((key) => key.split('#').at(-1)).join(', ')}.`,
    )
  return valuesOf(found)
}

/** A matrix written out in a config. */
export function valuesOf({ rows, columns, data }: PlainMatrix): JsonObject {
  const row = (i: number) => Array.from({ length: columns }, (_, j) => data[i * columns + j]!)
  return { kind: 'values', data: Array.from({ length: rows }, (_, i) => row(i)) }
}
