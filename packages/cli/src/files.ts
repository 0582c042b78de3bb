import { randomBytes } from 'node:crypto'
import { access, constants, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { InputError } from 'linnet'
import { beginPart, endPart } from './parts.ts'

/** Largest file read: beyond it V8's own limits are near, and no table or weight file of a linear network is that big. */
const MOST_BYTES = 1.5e9

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

/** Makes a folder and the ones above it. Node's own recursive mkdir never ends on file systems that refuse, such as /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(path)).isDirectory()) return
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolder(dirname(path))
    await mkdir(path)
  }
}

/** Throws, before any work is done, where a folder could not be written; makes nothing. */
export async function expectWritable(folder: string): Promise<void> {
  const path = resolve(folder)
  try {
    if (!(await stat(path)).isDirectory())
      throw new InputError(`${folder} is a file; give a folder with --out`)
    await access(path, constants.W_OK)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error
    await expectWritable(dirname(path))
  }
}

/** Writes a file whole: into a neighbour first, flushed, then renamed, so that no crash leaves half a file under its name. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await makeFolder(dirname(resolve(path)))
  const part = `${path}.${randomBytes(4).toString('hex')}.part`
  beginPart(part)
  try {
    const file = await open(part, 'w')
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  } finally {
    endPart(part)
  }
}

export async function readBytes(path: string): Promise<Uint8Array> {
  const place = await stat(path)
  if (place.isDirectory()) throw new InputError(`${path} is a folder; give the path of a file`)
  const { size } = place
  if (size > MOST_BYTES)
    throw new InputError(
      `${path} has ${size} bytes; files up to ${MOST_BYTES} are read: split it or thin it out`,
    )
  const buffer = await readFile(path)
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
