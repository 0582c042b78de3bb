/** Asks one question at a time: while an answer is awaited only the newest of the next questions is kept. */
export class Latest<T> {
  #waiting: (() => void) | undefined
  #busy = false
  #ended = false

  /** What fails is left unanswered. */
  ask(question: () => Promise<T>, hear: (answer: T) => void): void {
    this.#waiting = () => {
      this.#busy = true
      question()
        .then((answer) => {
          if (!this.#ended) hear(answer)
        })
        .catch(() => {})
        .finally(() => {
          this.#busy = false
          this.#next()
        })
    }
    if (!this.#busy) this.#next()
  }

  end(): void {
    this.#ended = true
    this.#waiting = undefined
  }

  #next(): void {
    const next = this.#waiting
    this.#waiting = undefined
    next?.()
  }
}
