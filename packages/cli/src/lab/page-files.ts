import { readdir } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InputError } from 'linnet'
import { readBytes } from '../files.ts'
import { type Served, served } from './served.ts'

/** Only its place is asked of the other package: no code of it is loaded here. */
function builtFolder(): string {
  return dirname(fileURLToPath(import.meta.resolve('@linnet/lab/folder/index.html')))
}

/** The files of the built lab by the path of their address, read once. Throws an `InputError` where it is not built. */
export async function pageFiles(folder: string = builtFolder()): Promise<Map<string, Served>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = new Map<string, Served>()
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const address = `/${path.slice(folder.length + 1).replaceAll(sep, '/')}`
    files.set(address, served(entry.name, await readBytes(path)))
  }
  const first = files.get('/index.html')
  if (!first)
    throw new InputError(
      'the lab is not built; run `npm run build` in the folder of the project, then `linnet lab` again',
    )
  return files.set('/', first)
}
