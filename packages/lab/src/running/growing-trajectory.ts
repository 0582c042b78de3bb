import { type Clock, type Column, makeTrajectory, type Trajectory } from 'linnet'
import type { Samples } from './protocol.ts'

/** Samples that arrive bit by bit, in memory that doubles, seen as a trajectory. */
export class GrowingTrajectory {
  readonly #clock: Clock
  readonly #columns: readonly Column[]
  #positions = new Float64Array(256)
  #values: Float64Array[]
  #count = 0

  constructor(clock: Clock, columns: readonly Column[]) {
    this.#clock = clock
    this.#columns = columns
    this.#values = columns.map(() => new Float64Array(256))
  }

  /** What it holds, spare room included. */
  get bytes(): number {
    return this.#positions.byteLength * (1 + this.#columns.length)
  }

  append({ positions, rows }: Samples): void {
    const width = this.#columns.length
    while (this.#count + positions.length > this.#positions.length) {
      this.#positions = doubled(this.#positions)
      this.#values = this.#values.map(doubled)
    }
    for (const [i, position] of positions.entries()) {
      this.#positions[this.#count] = position
      for (let c = 0; c < width; c++) this.#values[c]![this.#count] = rows[i * width + c]!
      this.#count++
    }
  }

  /** What has arrived so far: views, not copies; they stay right as more arrives. */
  trajectory(): Trajectory {
    const cut = (values: Float64Array) => values.subarray(0, this.#count)
    return makeTrajectory(this.#clock, cut(this.#positions), this.#columns, this.#values.map(cut))
  }
}

function doubled(values: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * values.length)
  larger.set(values)
  return larger
}
