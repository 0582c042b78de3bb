import type { Frame } from 'linnet'
import type { Picture, RunAnswer, Tell } from './protocol.ts'

/** Between two messages, in milliseconds: two frames of a screen. */
const quiet = 32

/** Collects samples until it is worth a message. */
export class Outbox {
  readonly #tell: Tell<RunAnswer>
  #positions: number[] = []
  #rows: Float64Array[] = []
  #pictures: Picture[] = []
  #sent = Number.NEGATIVE_INFINITY

  constructor(tell: Tell<RunAnswer>) {
    this.#tell = tell
  }

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

  /** Tells what has been put in since the last time, and how far the run is. */
  send({ fraction, accounts }: Pick<Frame, 'fraction' | 'accounts'>): void {
    const width = this.#rows[0]?.length ?? 0
    const rows = new Float64Array(width * this.#rows.length)
    for (const [i, row] of this.#rows.entries()) rows.set(row, i * width)
    const samples = { positions: Float64Array.from(this.#positions), rows }
    const pictures = this.#pictures
    this.#tell({ type: 'moved', samples, pictures, fraction, accounts }, [
      samples.positions.buffer,
      rows.buffer,
      ...pictures.map(({ values }) => values.buffer),
    ])
    this.#positions = []
    this.#rows = []
    this.#pictures = []
    this.#sent = performance.now()
  }
}
