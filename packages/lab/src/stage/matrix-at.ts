import type { Picture } from '../running/protocol.ts'

/** The last picture at or before `position`; the first one where all are later. */
export function pictureAt(pictures: readonly Picture[], position: number): Picture | undefined {
  let low = 0
  let high = pictures.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (pictures[middle]!.position <= position) low = middle + 1
    else high = middle
  }
  return pictures[Math.max(0, low - 1)]
}
