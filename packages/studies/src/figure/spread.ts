export interface Room {
  readonly top: number
  readonly bottom: number
  /** Between two heights at least. */
  readonly spacing: number
  /** How far each may be moved at most. */
  readonly most: number
}

/**
 * Heights near those wanted, in the order given, no two closer than `spacing`, all between `top` and `bottom`, moved as little as
 * possible in the mean square. Where that would move some too far, the last of those in the way gives up its place: `undefined`.
 */
export function spread(wanted: readonly number[], room: Room): (number | undefined)[] {
  const placed: (number | undefined)[] = wanted.map(() => undefined)
  let kept = wanted.map((_, i) => i)
  for (;;) {
    kept.sort((a, b) => wanted[a]! - wanted[b]! || a - b)
    const blocks = blocksOf(
      kept.map((i) => wanted[i]!),
      room,
    )
    const heights = blocks.flatMap(({ at, count }) =>
      Array.from({ length: count }, (_, k) => at + k * room.spacing),
    )
    const crowded = crowdedBlock(blocks, kept, wanted, heights, room.most)
    if (!crowded) {
      for (const [place, i] of kept.entries()) placed[i] = heights[place]
      return placed
    }
    const last = Math.max(...crowded)
    kept = kept.filter((i) => i !== last)
  }
}

/** Heights that touch each other: `count` of them from `at` on. */
interface Block {
  readonly at: number
  readonly count: number
  /** What each wants the block to begin at, in the mean. */
  readonly mean: number
}

/** Neighbours that would overlap become one block, in the middle of what they want (pool adjacent violators). */
function blocksOf(sorted: readonly number[], { top, bottom, spacing }: Room): Block[] {
  const blocks: Block[] = []
  const within = (mean: number, count: number) =>
    Math.max(top, Math.min(bottom - (count - 1) * spacing, mean))
  for (const height of sorted) {
    let [mean, count] = [height, 1]
    for (let above = blocks.at(-1); above; above = blocks.at(-1)) {
      if (above.at + above.count * spacing <= within(mean, count)) break
      blocks.pop()
      const total = above.count + count
      mean = (above.mean * above.count + (mean - above.count * spacing) * count) / total
      count = total
    }
    blocks.push({ at: within(mean, count), count, mean })
  }
  return blocks
}

/** Those that stand together with one that was moved too far. */
function crowdedBlock(
  blocks: readonly Block[],
  kept: readonly number[],
  wanted: readonly number[],
  heights: readonly number[],
  most: number,
): number[] | undefined {
  let from = 0
  for (const { count } of blocks) {
    const members = kept.slice(from, from + count)
    if (members.some((i, k) => Math.abs(heights[from + k]! - wanted[i]!) > most)) return members
    from += count
  }
  return undefined
}
