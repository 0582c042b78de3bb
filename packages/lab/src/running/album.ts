import type { Matrix, Moment, Run, Shape } from 'linnet'
import { placed } from './placed.ts'
import type { Picture } from './protocol.ts'

/** Bytes of pictures a run, and how many a film needs at most. */
const limits = { bytes: 2 ** 24, pictures: 400 }

/** Pictures of the end-to-end matrix at every sample of a run or, where that would be too much, at every so-many-th. */
export class Album {
  readonly #stride: number
  #seen = 0
  #last = -1

  /** `samples`: at most as many will be seen. */
  constructor([rows, columns]: Shape, samples: number) {
    const fit = Math.floor(limits.bytes / (Float32Array.BYTES_PER_ELEMENT * rows * columns))
    // One place is left for the end of the run, wherever that is.
    const places = Math.max(1, Math.min(limits.pictures, fit) - 1)
    this.#stride = Math.ceil(samples / places)
  }

  /** A picture of the next sample, where one is due. */
  see(moment: Moment): Picture | undefined {
    if (this.#seen++ % this.#stride !== 0) return undefined
    this.#last = moment.position
    return pictureOf(moment.position, moment.endToEnd)
  }

  /** Where the run ended, unless there is one. */
  close({ objective, weights, snapshots }: Run): Picture | undefined {
    const { engine, network, loss } = objective
    const { position } = snapshots.at(-1)!
    if (position === this.#last) return undefined
    return engine.scoped(() => {
      const endToEnd = engine.matrix(...loss.shape)
      network.endToEndInto(endToEnd, placed(objective, weights))
      return pictureOf(position, endToEnd)
    })
  }
}

function pictureOf(position: number, endToEnd: Matrix): Picture {
  return { position, values: Float32Array.from(endToEnd.data) }
}
