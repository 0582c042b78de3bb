import type { Kernels } from '@linnet/kernels'
import type { BlasLibrary } from './blas-library.ts'

/** Where the memory of a kernels instance lies in the process: what a foreign library needs to work on it in place. */
export class ProcessMemory {
  readonly #library: BlasLibrary
  readonly #memory: Kernels['memory']
  #buffer: ArrayBufferLike
  #base: number

  constructor(library: BlasLibrary, kernels: Kernels) {
    this.#library = library
    this.#memory = kernels.memory
    this.#buffer = kernels.memory.buffer
    this.#base = library.address(new Uint8Array(this.#buffer))
  }

  /** The address of byte 0. Growing may move the memory, so ask again after anything that may have allocated. */
  get base(): number {
    const { buffer } = this.#memory
    if (buffer !== this.#buffer) {
      this.#buffer = buffer
      this.#base = this.#library.address(new Uint8Array(buffer))
    }
    return this.#base
  }
}
