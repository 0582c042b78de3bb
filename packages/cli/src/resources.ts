import { dirname, resolve } from 'node:path'
import { type Config, filesNamedIn, type PlainMatrix, readMatrixFile } from 'linnet'
import { readBytes } from './files.ts'

/** Reads every file that a config names; paths are relative to the config's own folder. */
export async function readResources(config: Config, configPath: string): Promise<Map<string, PlainMatrix>> {
  const found = new Map<string, PlainMatrix>()
  for (const file of filesNamedIn(config)) {
    const bytes = await readBytes(resolve(dirname(configPath), file.path))
    for (const [name, matrix] of readMatrixFile(file, bytes)) found.set(name, matrix)
  }
  return found
}
