import type { Kernels } from '@linnet/kernels'
import { InputError } from '../input-error.ts'
import type { Indices, Matrix, PlainMatrix } from '../linalg/matrix.ts'

/** Bytes of a float64. */
export const FLOAT_BYTES = 8
const INDEX_BYTES = 4

/** A window of float64 numbers on an engine's memory. */
class MemoryMatrix implements Matrix {
  readonly rows: number
  readonly columns: number
  readonly pointer: number
  readonly memory: EngineMemory
  #window: Float64Array

  constructor(memory: EngineMemory, pointer: number, rows: number, columns: number) {
    this.memory = memory
    this.pointer = pointer
    this.rows = rows
    this.columns = columns
    this.#window = memory.floats(pointer, rows * columns)
  }

  // Growing the memory detaches every older window, and a detached window has length 0: one comparison tells.
  get data(): Float64Array {
    const size = this.rows * this.columns
    if (this.#window.length !== size) this.#window = this.memory.floats(this.pointer, size)
    return this.#window
  }
}

class MemoryIndices implements Indices {
  readonly length: number
  readonly pointer: number
  readonly memory: EngineMemory
  #window: Int32Array

  constructor(memory: EngineMemory, pointer: number, length: number) {
    this.memory = memory
    this.pointer = pointer
    this.length = length
    this.#window = memory.wholeNumbers(pointer, length)
  }

  get data(): Int32Array {
    if (this.#window.length !== this.length)
      this.#window = this.memory.wholeNumbers(this.pointer, this.length)
    return this.#window
  }
}

/** The linear memory of one engine: what lives in it, and until when. */
export class EngineMemory {
  readonly #kernels: Kernels

  constructor(kernels: Kernels) {
    this.#kernels = kernels
  }

  get bytes(): number {
    return this.#kernels.memory.buffer.byteLength
  }

  floats(pointer: number, length: number): Float64Array {
    return new Float64Array(this.#kernels.memory.buffer, pointer, length)
  }

  wholeNumbers(pointer: number, length: number): Int32Array {
    return new Int32Array(this.#kernels.memory.buffer, pointer, length)
  }

  bytesAt(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.#kernels.memory.buffer, pointer, length)
  }

  allocate(bytes: number): number {
    // Kernels see sizes as unsigned 32-bit numbers: what does not fit must not wrap around.
    const pointer = bytes < 2 ** 32 ? this.#kernels.exports.allocate(bytes) >>> 0 : 0
    if (pointer === 0)
      throw new InputError(
        `${bytes} more bytes do not fit beside the ${this.bytes} bytes the engine holds (WebAssembly ends at 4 GiB): use smaller matrices.`,
      )
    return pointer
  }

  /** Memory that lasts until the next allocation: for kernels that follow at once. */
  scratch(bytes: number): number {
    const { exports } = this.#kernels
    const top = exports.mark()
    const pointer = this.allocate(bytes)
    exports.release(top)
    return pointer
  }

  matrix(rows: number, columns: number, values?: ArrayLike<number>): Matrix {
    if (!(Number.isSafeInteger(rows) && Number.isSafeInteger(columns) && rows >= 0 && columns >= 0))
      throw new RangeError(`A matrix cannot be ${rows}×${columns}: give whole numbers from 0 on.`)
    if (values !== undefined && values.length !== rows * columns)
      throw new RangeError(
        `${values.length} values do not fill a ${rows}×${columns} matrix: give ${rows * columns}, row by row.`,
      )
    const matrix = new MemoryMatrix(this, this.allocate(rows * columns * FLOAT_BYTES), rows, columns)
    if (values !== undefined) matrix.data.set(values)
    return matrix
  }

  copyIn(matrix: PlainMatrix): Matrix {
    // Allocated first: growing would detach `matrix.data` had it been read before.
    const copy = this.matrix(matrix.rows, matrix.columns)
    const values = matrix.data
    if (values.length !== copy.data.length)
      throw new RangeError(
        `${values.length} values do not fill a ${matrix.rows}×${matrix.columns} matrix: give ${copy.data.length}, row by row.`,
      )
    copy.data.set(values)
    return copy
  }

  view(matrix: Matrix, start: number, rows: number, columns: number): Matrix {
    this.own(matrix)
    const size = matrix.rows * matrix.columns
    const fits = [start, rows, columns].every((n) => Number.isSafeInteger(n) && n >= 0)
    if (!fits || start + rows * columns > size)
      throw new RangeError(
        `A ${rows}×${columns} view from entry ${start} on does not fit in a ${matrix.rows}×${matrix.columns} matrix of ${size} entries.`,
      )
    return new MemoryMatrix(this, matrix.pointer + start * FLOAT_BYTES, rows, columns)
  }

  indices(values: ArrayLike<number>): Indices {
    const made = this.emptyIndices(values.length)
    const data = made.data
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!
      if ((value | 0) !== value)
        throw new RangeError(`Index ${i} is ${value}: give whole numbers that fit in 32 bits.`)
      data[i] = value
    }
    return made
  }

  emptyIndices(length: number): Indices {
    return new MemoryIndices(this, this.allocate(length * INDEX_BYTES), length)
  }

  scoped<T>(body: () => T): T {
    const { exports } = this.#kernels
    const top = exports.mark()
    try {
      return body()
    } finally {
      exports.release(top)
    }
  }

  /** Throws unless `matrix` lives in this memory: kernels would read another engine's pointer without noticing. */
  own(matrix: Matrix): void {
    if (!(matrix instanceof MemoryMatrix) || matrix.memory !== this)
      throw new TypeError(
        `A ${matrix.rows}×${matrix.columns} matrix was not made by this engine: copy it in with engine.copyIn(matrix).`,
      )
  }

  /** The same of whole numbers. */
  ownIndices(indices: Indices): void {
    if (!(indices instanceof MemoryIndices) || indices.memory !== this)
      throw new TypeError(
        `${indices.length} whole numbers were not made by this engine: copy them in with engine.indices(values).`,
      )
  }
}
