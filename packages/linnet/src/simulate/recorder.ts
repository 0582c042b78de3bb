import type { Accounts, Clock } from '../dynamics/dynamics.ts'
import type { Objective } from '../dynamics/objective.ts'
import { copyOut } from '../linalg/matrix.ts'
import type { Parameters } from '../networks/network.ts'
import type { Column, Probe } from '../probes/probe.ts'
import { momentAt } from './moment.ts'
import type { Snapshot, Trajectory } from './run.ts'
import { makeTrajectory } from './trajectory.ts'

/** Collects rows and snapshots while a run is under way. */
export class Recorder {
  readonly columns: readonly Column[]
  readonly snapshots: Snapshot[] = []
  readonly #objective: Objective
  readonly #clock: Clock
  readonly #probes: readonly Probe[]
  readonly #positions: number[] = []
  readonly #rows: Float64Array[] = []

  constructor(objective: Objective, clock: Clock, probes: readonly Probe[]) {
    this.#objective = objective
    this.#clock = clock
    this.#probes = probes
    this.columns = probes.flatMap((probe) => probe.columns)
  }

  /** The position of the last sample; −1 before the first. */
  get last(): number {
    return this.#positions.at(-1) ?? -1
  }

  /** Reads all probes at one instant. Whatever they allocate is freed. */
  sample(position: number, weights: Parameters, accounts: Accounts): Float64Array {
    const { engine } = this.#objective
    const row = engine.scoped(() => {
      const moment = momentAt(this.#objective, { clock: this.#clock, position, weights, accounts })
      return Float64Array.from(this.#probes.flatMap((probe) => Array.from(probe.read(moment))))
    })
    this.#positions.push(position)
    this.#rows.push(row)
    return row
  }

  /** Keeps a copy of the weights. */
  keep(position: number, weights: Parameters, accounts: Accounts): void {
    if (this.snapshots.at(-1)?.position === position) return
    this.snapshots.push({ position, layers: weights.layers.map(copyOut), accounts })
  }

  trajectory(): Trajectory {
    const values = this.columns.map((_, c) => Float64Array.from(this.#rows, (row) => row[c]!))
    return makeTrajectory(this.#clock, Float64Array.from(this.#positions), this.columns, values)
  }
}
