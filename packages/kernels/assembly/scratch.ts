// Hands out the scratch memory that a caller gives to a decomposition, piece by piece, each aligned to a cache line.

let next: usize = 0

/** Bytes that `take(bytes)` may use up. */
// @ts-ignore: decorator
@inline
export function taken(bytes: usize): usize {
  return bytes + 64
}

/** Begins with the scratch at `start`. */
export function openScratch(start: usize): void {
  next = start
}

export function take(bytes: usize): usize {
  const start = (next + 63) & ~(<usize>63)
  next = start + bytes
  return start
}

export function takeZeroed(bytes: usize): usize {
  const start = take(bytes)
  memory.fill(start, 0, bytes)
  return start
}
