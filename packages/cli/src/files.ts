import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { InputError } from 'linnet'

/** Largest file read: beyond it V8's own limits are near, and no table or weight file of a linear network is that big. */
const MOST_BYTES = 1.5e9

/** Writes a file whole: into a neighbour first, flushed, then renamed, so that no crash leaves half a file under its name. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const part = `${path}.${randomBytes(4).toString('hex')}.part`
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
  }
}

export async function readBytes(path: string): Promise<Uint8Array> {
  const { size } = await stat(path)
  if (size > MOST_BYTES)
    throw new InputError(
      `${path} has ${size} bytes; files up to ${MOST_BYTES} are read: split it or thin it out`,
    )
  const buffer = await readFile(path)
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
