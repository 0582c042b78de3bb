import { type Signal, signal } from '@preact/signals'
import type { Accounts, Certificate, Config, Halt, PlainMatrix, Trajectory } from 'linnet'
import type { PlannedRun } from '../experiment/plan.ts'
import { GrowingTrajectory } from './growing-trajectory.ts'
import type { Answer, Beginning, Picture } from './protocol.ts'

export type RunStatus =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly fraction: number }
  /** It moves no more; the theory may still be at work on it. */
  | {
      readonly kind: 'ended'
      readonly stopped: Halt & { readonly position: number }
      readonly seconds: number
    }
  | { readonly kind: 'failed'; readonly sentence: string }

/** What a statement says of a run: so far, or at last. */
export interface Certified {
  readonly certificate: Certificate
  readonly final: boolean
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
  readonly unpredicted: Signal<string | undefined> = signal<string | undefined>(undefined)
  /** By kind of statement. */
  readonly certificates: Signal<ReadonlyMap<string, Certified>> = signal<ReadonlyMap<string, Certified>>(
    new Map(),
  )
  readonly accounts: Signal<Accounts | undefined> = signal<Accounts | undefined>(undefined)
  /** End-to-end matrices, ascending in position. */
  readonly pictures: Picture[] = []
  weights: readonly PlainMatrix[] | undefined
  readonly #measured: { grown?: GrowingTrajectory } = {}
  readonly #predicted: { grown?: GrowingTrajectory } = {}

  constructor({ id, config, engine }: Pick<PlannedRun, 'id' | 'config' | 'engine'>) {
    this.id = id
    this.config = config
    this.engine = engine
  }

  /** Takes in what the worker told. */
  hear(answer: Answer): void {
    switch (answer.type) {
      case 'begun':
        this.beginning.value = answer.beginning
        this.#measured.grown = new GrowingTrajectory(answer.beginning.clock, answer.beginning.columns)
        this.#predicted.grown = new GrowingTrajectory(answer.beginning.clock, answer.beginning.columns)
        this.status.value = { kind: 'running', fraction: 0 }
        break
      case 'moved':
        this.#measured.grown!.append(answer.samples)
        this.pictures.push(...answer.pictures)
        this.measured.value = this.#measured.grown!.trajectory()
        this.accounts.value = answer.accounts
        this.status.value = { kind: 'running', fraction: answer.fraction }
        break
      case 'predicted':
        this.#predicted.grown!.append(answer.samples)
        this.predicted.value = this.#predicted.grown!.trajectory()
        break
      case 'unpredicted':
        this.unpredicted.value = answer.reason
        break
      case 'certified': {
        const { certificate, final } = answer
        this.certificates.value = new Map(this.certificates.value).set(certificate.statement, {
          certificate,
          final,
        })
        break
      }
      case 'ended':
        this.weights = answer.weights
        this.accounts.value = answer.accounts
        this.status.value = { kind: 'ended', stopped: answer.stopped, seconds: answer.seconds }
        break
      case 'failed':
        this.status.value = { kind: 'failed', sentence: answer.sentence }
        break
    }
  }
}
