import { batch, type Signal, signal } from '@preact/signals'
import type {
  Accounts,
  Certificate,
  Config,
  Halt,
  PlainMatrix,
  RunRecord,
  Snapshot,
  Trajectory,
} from 'linnet'
import type { PlannedRun } from '../experiment/plan.ts'
import { GrowingTrajectory } from './growing-trajectory.ts'
import type { Beginning, Picture, Told } from './protocol.ts'

export type RunStatus =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly fraction: number }
  /** It moves no more; the theory may still be at work on it. */
  | {
      readonly kind: 'ended'
      readonly stopped: Halt & { readonly position: number }
      /** Of the simulation alone; absent where it was done elsewhere. */
      readonly seconds?: number
    }
  | { readonly kind: 'failed'; readonly sentence: string }

/** What a statement says of a run: so far, or at last. */
export interface Certified {
  readonly certificate: Certificate
  readonly final: boolean
}

export interface Sharpnesses {
  readonly start?: number
  readonly end?: number
}

/** A run that was done elsewhere, as its folder has it. */
export interface SavedRun
  extends Pick<RunRecord, 'config' | 'trajectory' | 'stopped' | 'accounts' | 'weights'> {
  readonly id: string
  readonly engine: PlannedRun['engine']
  readonly certificates: readonly Certificate[]
  readonly seconds?: number
}

/** A run as the page sees it: everything that has arrived, in signals. */
export class LiveRun {
  readonly id: string
  readonly config: Config
  readonly engine: PlannedRun['engine']
  readonly status: Signal<RunStatus> = signal<RunStatus>({ kind: 'waiting' })
  readonly beginning: Signal<Beginning | undefined> = signal<Beginning | undefined>(undefined)
  /** Grows while it runs. */
  readonly measured: Signal<Trajectory | undefined> = signal<Trajectory | undefined>(undefined)
  /** What the theory predicts, from W(0) and the loss alone. */
  readonly predicted: Signal<Trajectory | undefined> = signal<Trajectory | undefined>(undefined)
  /** What is predicted, in a sentence. */
  readonly claim: Signal<string | undefined> = signal<string | undefined>(undefined)
  /** Why nothing is predicted, in a sentence. */
  readonly unpredicted: Signal<string | undefined> = signal<string | undefined>(undefined)
  /** By kind of statement. */
  readonly certificates: Signal<ReadonlyMap<string, Certified>> = signal<ReadonlyMap<string, Certified>>(
    new Map(),
  )
  /** λ_max(∇²φ) at W(0) and where it ended, as far as known; steps above 2/λ are unstable. */
  readonly sharpness: Signal<Sharpnesses> = signal<Sharpnesses>({})
  readonly accounts: Signal<Accounts | undefined> = signal<Accounts | undefined>(undefined)
  /** End-to-end matrices, ascending in position; what is new is there when `measured` changes. */
  readonly pictures: Picture[] = []
  weights: readonly PlainMatrix[] | undefined
  /** Weights on the way, once it has ended; absent where they were too much to keep. */
  snapshots: readonly Snapshot[] | undefined
  #measured: GrowingTrajectory | undefined
  #predicted: GrowingTrajectory | undefined
  readonly #isFinished = signal(false)
  readonly #isForeseen = signal(false)

  constructor({ id, config, engine }: Pick<PlannedRun, 'id' | 'config' | 'engine'>) {
    this.id = id
    this.config = config
    this.engine = engine
  }

  /** A run from stored data: it has ended, and everything that is said of it is final. */
  static saved(stored: SavedRun): LiveRun {
    const { config, trajectory, certificates, stopped, accounts, weights, seconds } = stored
    const run = new LiveRun(stored)
    run.beginning.value = {
      clock: trajectory.clock,
      horizon: (config.until.time ?? config.until.steps)!,
      columns: trajectory.columns,
      shape: [weights.at(-1)!.rows, weights[0]!.columns],
    }
    run.measured.value = trajectory
    run.accounts.value = accounts
    run.certificates.value = new Map(
      certificates.map((certificate) => [certificate.statement, { certificate, final: true }]),
    )
    run.weights = weights
    run.status.value = { kind: 'ended', stopped, ...(seconds !== undefined && { seconds }) }
    run.#isFinished.value = true
    run.#isForeseen.value = true
    return run
  }

  /** Everything that was measured about it has been said. */
  get isFinished(): boolean {
    return this.#isFinished.value
  }

  /** The prediction is complete, or will not come. */
  get isForeseen(): boolean {
    return this.#isForeseen.value
  }

  /** What it holds, about. */
  get bytes(): number {
    const pictures = this.pictures.reduce((sum, { values }) => sum + values.byteLength, 0)
    const weights = this.weights?.reduce((sum, { data }) => sum + 8 * data.length, 0) ?? 0
    const snapshots =
      this.snapshots?.reduce(
        (sum, { layers }) => layers.reduce((inner, { data }) => inner + 8 * data.length, sum),
        0,
      ) ?? 0
    return pictures + weights + snapshots + (this.#measured?.bytes ?? 0) + (this.#predicted?.bytes ?? 0)
  }

  /** Forgets what was measured: it begins anew. */
  restart(): void {
    batch(() => {
      this.status.value = { kind: 'waiting' }
      this.#clear()
    })
  }

  /** Takes in what the worker told. */
  hear(answer: Told): void {
    batch(() => this.#take(answer))
  }

  #take(answer: Told): void {
    switch (answer.type) {
      case 'begun':
        this.beginning.value = answer.beginning
        this.#measured = new GrowingTrajectory(answer.beginning.clock, answer.beginning.columns)
        this.status.value = { kind: 'running', fraction: 0 }
        break
      case 'moved':
        this.#measured!.append(answer.samples)
        this.pictures.push(...answer.pictures)
        this.measured.value = this.#measured!.trajectory()
        this.accounts.value = answer.accounts
        this.status.value = { kind: 'running', fraction: answer.fraction }
        break
      case 'predicting':
        this.#forgetPrediction()
        this.#predicted = new GrowingTrajectory(answer.clock, answer.columns)
        this.claim.value = answer.claim
        break
      case 'predicted':
        this.#predicted!.append(answer.samples)
        this.predicted.value = this.#predicted!.trajectory()
        break
      case 'unpredicted':
        this.#forgetPrediction()
        this.unpredicted.value = answer.reason
        this.#isForeseen.value = true
        break
      case 'foreseen':
        this.#isForeseen.value = true
        break
      case 'certified': {
        const { certificate, final } = answer
        this.certificates.value = new Map(this.certificates.value).set(certificate.statement, {
          certificate,
          final,
        })
        break
      }
      case 'sharpness':
        this.sharpness.value = { ...this.sharpness.value, [answer.at]: answer.value }
        break
      case 'ended':
        this.weights = answer.weights
        this.snapshots = answer.snapshots
        this.accounts.value = answer.accounts
        this.status.value = { kind: 'ended', stopped: answer.stopped, seconds: answer.seconds }
        break
      case 'finished':
        this.#isFinished.value = true
        break
      case 'failed':
        this.status.value = { kind: 'failed', sentence: answer.sentence }
        break
    }
  }

  #clear(): void {
    this.#measured = undefined
    this.measured.value = undefined
    this.certificates.value = new Map()
    this.sharpness.value = {}
    this.accounts.value = undefined
    this.pictures.length = 0
    this.weights = undefined
    this.snapshots = undefined
  }

  #forgetPrediction(): void {
    this.#predicted = undefined
    this.predicted.value = undefined
    this.claim.value = undefined
    this.unpredicted.value = undefined
  }
}
