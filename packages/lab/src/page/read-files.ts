import { InputError } from 'linnet'
import type { OpenedFile } from '../experiment/open-file.ts'

/** No file that a page makes something of is larger. */
const mostBytes = 64_000_000

/** The files of a drop, those inside dropped folders included. To be called while the drop is handled: later it is empty. */
export async function droppedFiles({ items, files }: DataTransfer): Promise<File[]> {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry?.() ?? undefined)
  const plain = Array.from(files)
  if (!entries.some((entry) => entry?.isDirectory)) return plain
  const found = await Promise.all(entries.map((entry) => (entry ? filesIn(entry) : [])))
  return found.flat()
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

/** Names and bytes of files. Throws an `InputError` where one is too large or cannot be read. */
export async function readFiles(files: Iterable<File>): Promise<OpenedFile[]> {
  const read: OpenedFile[] = []
  for (const file of files) {
    if (file.size > mostBytes)
      throw new InputError(
        `${file.name} has ${Math.round(file.size / 1e6)} MB, and the page opens at most ${mostBytes / 1e6}; use the command line for it.`,
      )
    const buffer = await file.arrayBuffer().catch(() => {
      throw new InputError(`${file.name} cannot be read; is it a folder, or has it been moved? Try again.`)
    })
    read.push({ name: file.name, bytes: new Uint8Array(buffer) })
  }
  return read
}
