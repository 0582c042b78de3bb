import {
  type Config,
  type Parameters,
  type Problem,
  type Run,
  type Snapshot,
  sharpness,
  theory,
} from 'linnet'
import { placed } from './placed.ts'
import type { RunAnswer, Tell } from './protocol.ts'

/** Of the time that the run itself takes: what it may be slowed down by. */
const share = 1 / 20

/** For a line in a figure: three digits are enough. */
const accuracy = { tolerance: 1e-3, products: 40 }

/** Floating-point operations that the sharpness may cost, some second. */
const affordable = 4e9

/**
 * What is found out about a run beside moving it: the statements held against its snapshots, its sharpness at both ends. One
 * piece of work at a time, each a matter of some gradients.
 */
export class Examination {
  readonly #problem: Problem
  readonly #tell: Tell<RunAnswer>
  readonly #watch: ReturnType<typeof theory.watch>
  readonly #due: (() => void)[] = []
  #spent = 0

  constructor(config: Config, problem: Problem, tell: Tell<RunAnswer>) {
    this.#problem = problem
    this.#tell = tell
    this.#watch = theory.watch(config, problem.objective)
  }

  /** Takes in a snapshot, to be looked at when there is time. */
  take(snapshot: Snapshot): void {
    this.#due.push(() => {
      this.#watch.see(snapshot)
      this.#certify(false)
    })
    if (snapshot.position === 0) this.#due.push(() => this.#measure('start', this.#problem.start))
  }

  /** The run is over: what is left to be said comes now. */
  close({ objective, weights }: Run): void {
    this.#due.push(
      () => this.#certify(true),
      () => objective.engine.scoped(() => this.#measure('end', placed(objective, weights))),
    )
  }

  get isDone(): boolean {
    return this.#due.length === 0
  }

  /** Whether a run that worked so many milliseconds can wait for a piece of this. */
  isAffordable(worked: number): boolean {
    return !this.isDone && this.#spent <= share * worked
  }

  /** Does one piece of work. */
  proceed(): void {
    const began = performance.now()
    this.#due.shift()?.()
    this.#spent += performance.now() - began
  }

  #certify(final: boolean): void {
    for (const certificate of this.#watch.certificates())
      this.#tell({ type: 'certified', certificate, final })
  }

  #measure(at: 'start' | 'end', theta: Parameters): void {
    const { objective } = this.#problem
    const { widths, size } = objective.network
    // A product with the Hessian costs about three gradients, a gradient six products a layer.
    if (18 * size * Math.min(...widths) * accuracy.products > affordable) return
    const { value } = sharpness(objective, theta, accuracy)
    if (Number.isFinite(value)) this.#tell({ type: 'sharpness', at, value })
  }
}
