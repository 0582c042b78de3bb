import type { Accounts, Clock, Motion } from '../dynamics/dynamics.ts'
import type { Objective } from '../dynamics/objective.ts'
import { copyOut } from '../linalg/matrix.ts'
import type { Parameters } from '../networks/network.ts'
import type { Moment } from '../probes/moment.ts'
import type { Column, Probe } from '../probes/probe.ts'
import { momentAt } from './moment.ts'
import type { Frame, Snapshot, Trajectory } from './run.ts'
import { makeTrajectory } from './trajectory.ts'

/** What a frame carries of a sample. */
export type Recorded = Pick<Frame, 'row' | 'snapshot'>

/** Collects rows and snapshots while a run is under way. */
export class Recorder {
  readonly columns: readonly Column[]
  readonly snapshots: Snapshot[] = []
  readonly #objective: Objective
  readonly #clock: Clock
  readonly #probes: readonly Probe[]
  readonly #observe: ((moment: Moment) => void) | undefined
  readonly #positions: number[] = []
  readonly #rows: Float64Array[] = []

  constructor(
    objective: Objective,
    clock: Clock,
    probes: readonly Probe[],
    observe: ((moment: Moment) => void) | undefined,
  ) {
    this.#objective = objective
    this.#clock = clock
    this.#probes = probes
    this.#observe = observe
    this.columns = probes.flatMap((probe) => probe.columns)
  }

  /** The position of the last sample; −1 before the first. */
  get #last(): number {
    return this.#positions.at(-1) ?? -1
  }

  /** Samples where the motion stands, and keeps a copy of its weights if asked to; what is there already is not made again. */
  record({ position, state, accounts }: Motion, keep: boolean): Recorded {
    const row = position > this.#last ? this.#sample(position, state, accounts) : undefined
    if (!keep || this.snapshots.at(-1)?.position === position) return { ...(row && { row }) }
    const snapshot = { position, layers: state.layers.map(copyOut), accounts }
    this.snapshots.push(snapshot)
    return { ...(row && { row }), snapshot }
  }

  /** Reads all probes at one instant. Whatever they allocate is freed. */
  #sample(position: number, weights: Parameters, accounts: Accounts): Float64Array {
    const { engine } = this.#objective
    const row = engine.scoped(() => {
      const moment = momentAt(this.#objective, { clock: this.#clock, position, weights, accounts })
      const read = Float64Array.from(this.#probes.flatMap((probe) => Array.from(probe.read(moment))))
      this.#observe?.(moment)
      return read
    })
    this.#positions.push(position)
    this.#rows.push(row)
    return row
  }

  trajectory(): Trajectory {
    const values = this.columns.map((_, c) => Float64Array.from(this.#rows, (row) => row[c]!))
    return makeTrajectory(this.#clock, Float64Array.from(this.#positions), this.columns, values)
  }
}
