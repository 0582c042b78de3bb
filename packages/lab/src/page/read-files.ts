import { InputError } from 'linnet'
import type { OpenedFile } from '../experiment/open-file.ts'

/** Bytes: no file that a page makes something of is larger, nor are all files of a run. */
const most = { file: 64_000_000, together: 256_000_000 }

/** The files of a drop, those inside dropped folders included. To be called while the drop is handled: later it is empty. Rejects with an `InputError`. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<File[]> {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry?.() ?? undefined)
  const plain = Array.from(files)
  if (!entries.some((entry) => entry?.isDirectory)) return plain
  try {
    const found = await Promise.all(entries.map((entry) => (entry ? filesIn(entry) : [])))
    return found.flat()
  } catch {
    throw new InputError('What was dropped cannot be read; choose its files with Open instead.')
  }
}

async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile)
    return [
      await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    ]
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const inside = await new Promise<FileSystemEntry[]>((resolve, reject) =>
    reader.readEntries(resolve, reject),
  )
  // The figures of a run lie deeper, and are drawn anew.
  return (await Promise.all(inside.filter(({ isFile }) => isFile).map(filesIn))).flat()
}

/** Names and bytes of files. Throws an `InputError` where they are too large or one cannot be read. */
export async function readFiles(files: Iterable<File>): Promise<OpenedFile[]> {
  const read: OpenedFile[] = []
  let bytes = 0
  for (const file of files) {
    if (file.size > most.file)
      throw new InputError(
        `${file.name} has ${Math.round(file.size / 1e6)} MB, and the page opens at most ${most.file / 1e6}; use the command line for it.`,
      )
    bytes += file.size
    if (bytes > most.together)
      throw new InputError(
        `These files have more than ${most.together / 1e6} MB together, which would fill the memory of the page; open fewer at once.`,
      )
    const buffer = await file.arrayBuffer().catch(() => {
      throw new InputError(`${file.name} cannot be read; is it a folder, or has it been moved? Try again.`)
    })
    read.push({ name: file.name, bytes: new Uint8Array(buffer) })
  }
  return read
}
