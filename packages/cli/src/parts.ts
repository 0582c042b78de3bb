// Files under way carry another name until they are whole; these are the ones that exist now.
import { rmSync } from 'node:fs'

const parts = new Set<string>()

/** Remembers a file under way. */
export function beginPart(path: string): void {
  parts.add(path)
}

/** It is whole and renamed, or removed. */
export function endPart(path: string): void {
  parts.delete(path)
}

/** Removes what is under way: nobody will finish it. */
export function removeParts(): void {
  for (const path of parts) rmSync(path, { force: true })
}
