import type { Picture, Samples } from './protocol.ts'

/** Between two messages, in milliseconds: two frames of a screen. */
const quiet = 32

/** Samples and pictures that go into one message, and the buffers to be transferred with it. */
export interface Packet {
  readonly samples: Samples
  readonly pictures: readonly Picture[]
  readonly buffers: ArrayBuffer[]
}

/** Collects samples until they are worth a message. */
export class Outbox {
  #positions: number[] = []
  #rows: Float64Array[] = []
  #pictures: Picture[] = []
  #sent = Number.NEGATIVE_INFINITY

  put(position: number, row: Float64Array): void {
    this.#positions.push(position)
    this.#rows.push(row)
  }

  putPicture(picture: Picture | undefined): void {
    if (picture) this.#pictures.push(picture)
  }

  isDue(): boolean {
    return performance.now() - this.#sent > quiet
  }

  /** What was put in since the last time. */
  pack(): Packet {
    const width = this.#rows[0]?.length ?? 0
    const rows = new Float64Array(width * this.#rows.length)
    for (const [i, row] of this.#rows.entries()) rows.set(row, i * width)
    const positions = Float64Array.from(this.#positions)
    const pictures = this.#pictures
    this.#positions = []
    this.#rows = []
    this.#pictures = []
    this.#sent = performance.now()
    const buffers = [positions.buffer, rows.buffer, ...pictures.map(({ values }) => values.buffer)]
    return { samples: { positions, rows }, pictures, buffers }
  }
}
