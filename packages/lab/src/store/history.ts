import type { Experiment } from '../experiment/experiment.ts'

/** Steps that can be undone. */
const most = 100
/** Changes that follow each other faster than this, in milliseconds, are one step: a slider under the hand. */
const pause = 500

/** The experiments there were, to go back to and forth again. */
export class History {
  readonly #past: Experiment[] = []
  readonly #future: Experiment[] = []
  readonly #now: () => number
  #changedAt = Number.NEGATIVE_INFINITY

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /**
   * Told before an experiment gives way to another one. What is opened stands apart: it is a step of its own, however fast it
   * follows a change or is followed by one.
   */
  note(before: Experiment, apart = false): void {
    const now = this.#now()
    const goesOn = !apart && now - this.#changedAt < pause && this.#past.length > 0
    this.#changedAt = apart ? Number.NEGATIVE_INFINITY : now
    this.#future.length = 0
    if (goesOn) return
    this.#past.push(before)
    if (this.#past.length > most) this.#past.shift()
  }

  /** The experiment before `current`, which can be gone forth to again. */
  back(current: Experiment): Experiment | undefined {
    return this.#move(this.#past, this.#future, current)
  }

  forth(current: Experiment): Experiment | undefined {
    return this.#move(this.#future, this.#past, current)
  }

  #move(from: Experiment[], to: Experiment[], current: Experiment): Experiment | undefined {
    const found = from.pop()
    if (!found) return undefined
    to.push(current)
    this.#changedAt = Number.NEGATIVE_INFINITY
    return found
  }
}
