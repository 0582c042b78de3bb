import type { Kernels } from '@linnet/kernels'
import type { BlasLibrary } from './blas-library.ts'

/** Addresses kept before all are forgotten: far more than there are matrices in a hot loop. */
const MOST_KEPT = 4096

/** Where the memory of a kernels instance lies in the process: what a foreign library needs to work on it in place. */
export class ProcessMemory {
  readonly #library: BlasLibrary
  readonly #memory: Kernels['memory']
  readonly #addresses = new Map<number, number>()
  #buffer: ArrayBufferLike
  #base: number

  constructor(library: BlasLibrary, kernels: Kernels) {
    this.#library = library
    this.#memory = kernels.memory
    this.#buffer = kernels.memory.buffer
    this.#base = library.address(new Uint8Array(this.#buffer))
  }

  /**
   * The address of a byte offset. Each is made once and kept: JavaScript allocates a number as large as an address whenever
   * it is computed, but not when it is handed on.
   */
  at(pointer: number): number {
    if (this.#memory.buffer !== this.#buffer) this.#moved()
    const kept = this.#addresses.get(pointer)
    return kept === undefined ? this.#keep(pointer) : kept
  }

  // Growing may move the memory.
  #moved(): void {
    this.#buffer = this.#memory.buffer
    this.#base = this.#library.address(new Uint8Array(this.#buffer))
    this.#addresses.clear()
  }

  #keep(pointer: number): number {
    if (this.#addresses.size >= MOST_KEPT) this.#addresses.clear()
    const address = this.#base + pointer
    this.#addresses.set(pointer, address)
    return address
  }
}
