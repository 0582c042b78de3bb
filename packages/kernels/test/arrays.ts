// Plain arrays in and out of an instance's memory, and random ones with a seed.
import type { Kernels } from '../src/index.ts'

/** Half the distance from 1 to the next float64: the relative error of one rounding. */
export const UNIT_ROUNDOFF = 2 ** -53

/** Numbers in (−1, 1) from a small multiplicative generator: tests must not depend on the kernels' own. */
export function randomSource(seed: number): () => number {
  let state = (seed * 2654435761 + 1) >>> 0
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 31 - 1
  }
}

export function randomArray(length: number, next: () => number): Float64Array {
  return Float64Array.from({ length }, next)
}

/** Copies numbers to fresh memory, `shift` bytes past a cache line. */
export function place(kernels: Kernels, values: ArrayLike<number>, shift = 0): number {
  const pointer = kernels.exports.allocate(values.length * 8 + shift + 8) + shift
  new Float64Array(kernels.memory.buffer, pointer, values.length).set(values)
  return pointer
}

export function placeIndices(kernels: Kernels, values: ArrayLike<number>): number {
  const pointer = kernels.exports.allocate(values.length * 4 + 4)
  new Int32Array(kernels.memory.buffer, pointer, values.length).set(values)
  return pointer
}

export function read(kernels: Kernels, pointer: number, length: number): Float64Array {
  return new Float64Array(kernels.memory.buffer, pointer, length).slice()
}

/** Runs with all memory allocated inside given back at the end. */
export function scoped<T>(kernels: Kernels, run: () => T): T {
  const top = kernels.exports.mark()
  try {
    return run()
  } finally {
    kernels.exports.release(top)
  }
}
