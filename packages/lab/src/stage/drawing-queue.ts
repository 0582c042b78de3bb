/** What the queue needs of a browser, or of a test's clock. */
export interface Screen {
  /** Calls back before the next picture. */
  nextFrame(draw: () => void): void
  /** Milliseconds, ever growing. */
  now(): number
}

/** Longest time of one frame spent on drawing, in milliseconds: the rest is for the browser and for those who click. */
const budget = 8

/** Shortest time between two drawings of the same thing, in milliseconds: 15 a second are enough for curves that grow. */
const interval = 66

/**
 * Everything on the stage that is drawn takes its turn here: one drawing after another until the time of a frame is used up,
 * the rest in later frames. Of several drawings of the same thing only the newest is done.
 */
export class DrawingQueue {
  readonly #screen: Screen
  readonly #waiting = new Map<unknown, () => void>()
  readonly #drawnAt = new Map<unknown, number>()
  #asked = false

  constructor(screen: Screen) {
    this.#screen = screen
  }

  /** Draws soon; replaces what is waiting under the same key, which keeps its place. */
  put(key: unknown, draw: () => void): void {
    this.#waiting.set(key, draw)
    this.#ask()
  }

  /** Forgets a key: what it drew is gone. */
  drop(key: unknown): void {
    this.#waiting.delete(key)
    this.#drawnAt.delete(key)
  }

  #ask(): void {
    if (this.#asked) return
    this.#asked = true
    this.#screen.nextFrame(() => this.#frame())
  }

  #frame(): void {
    this.#asked = false
    const started = this.#screen.now()
    for (const [key, draw] of [...this.#waiting]) {
      if (started - (this.#drawnAt.get(key) ?? Number.NEGATIVE_INFINITY) < interval) continue
      this.#waiting.delete(key)
      this.#drawnAt.set(key, started)
      draw()
      if (this.#screen.now() - started >= budget) break
    }
    if (this.#waiting.size > 0) this.#ask()
  }
}
