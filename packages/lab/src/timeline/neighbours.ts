/** Places closer than this are the same place: the playhead has gone through decimal text. */
const same = 1e-9

/** The nearest of `places` below and above `here`. */
export function besides(
  places: readonly number[],
  here: number,
): { readonly before: number | undefined; readonly after: number | undefined } {
  let before: number | undefined
  let after: number | undefined
  for (const place of places) {
    if (place < here - same && (before === undefined || place > before)) before = place
    if (place > here + same && (after === undefined || place < after)) after = place
  }
  return { before, after }
}
