// A bump allocator over the one linear memory of an instance. Nothing is freed singly: a caller takes a mark, allocates,
// and releases everything above the mark, so that hot loops can reuse the same scratch for ever.

const ALIGNMENT: usize = 64 // a cache line; also what BLAS libraries like best

let top: usize = (__heap_base + ALIGNMENT - 1) & ~(ALIGNMENT - 1)

/** Allocates `bytes` zeroed bytes, aligned to a cache line. Returns 0 when the memory cannot grow that far. */
export function allocate(bytes: usize): usize {
  const start = top
  const end = (start + bytes + ALIGNMENT - 1) & ~(ALIGNMENT - 1)
  if (end < start) return 0
  const have = (<usize>memory.size()) << 16
  if (end > have) {
    const pages = <i32>((end - have + 0xffff) >> 16)
    if (memory.grow(pages) < 0) return 0
  }
  memory.fill(start, 0, end - start)
  top = end
  return start
}

/** The present top of the heap, to be given back to `release`. */
export function mark(): usize {
  return top
}

/** Frees everything allocated since `to` was marked. */
export function release(to: usize): void {
  top = to
}
