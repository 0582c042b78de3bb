/** What the queue needs of a browser, or of a test's clock. */
export interface Screen {
  /** Calls back before the next picture. */
  nextFrame(draw: () => void): void
  /** Milliseconds, ever growing. */
  now(): number
}

/** Longest time of one frame spent on drawing, in milliseconds: the rest is for the browser and for those who click. */
const usualBudget = 8

/** Shortest time between two drawings of the same thing, in milliseconds: 15 a second are enough for curves that grow. */
const interval = 66

/** The same for what is out of sight: it must be there when one scrolls to it, no more. */
const farInterval = 1000

/** How long what is out of sight may be put off by the rest, in milliseconds. */
const patience = 200

interface Waiting {
  readonly draw: () => void
  readonly isFar: boolean
}

/**
 * What is drawn takes turns: one drawing after another until the time of a frame is used up, the rest in later frames; what is far
 * out of sight comes last, one a frame. Of several drawings of the same thing only the newest is done.
 */
export class DrawingQueue {
  readonly #screen: Screen
  readonly #budget: number
  readonly #waiting = new Map<unknown, Waiting>()
  readonly #drawnAt = new Map<unknown, number>()
  #asked = false
  /** Since when nothing out of sight was drawn although it waited. */
  #putOffSince = Number.POSITIVE_INFINITY

  /** `budget` is the longest time of one frame spent on drawing, in milliseconds: with 0 there is one drawing a frame. */
  constructor(screen: Screen, budget = usualBudget) {
    this.#screen = screen
    this.#budget = budget
  }

  /** Draws soon; replaces what is waiting under the same key, which keeps its place. */
  put(key: unknown, draw: () => void, isFar = false): void {
    this.#waiting.set(key, { draw, isFar })
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
    const isOver = () => this.#screen.now() - started >= this.#budget
    for (const key of this.#due(started, false)) {
      this.#draw(key, started)
      if (isOver()) break
    }
    this.#drawFar(started, isOver())
    if (this.#waiting.size > 0) this.#ask()
  }

  #drawFar(started: number, isOver: boolean): void {
    const [far] = this.#due(started, true)
    const isDue = !isOver || started - this.#putOffSince >= patience
    if (far !== undefined && isDue) this.#draw(far, started)
    if (far === undefined || isDue) this.#putOffSince = Number.POSITIVE_INFINITY
    else this.#putOffSince = Math.min(this.#putOffSince, started)
  }

  /** Keys whose turn it is, in the order in which they came. */
  #due(now: number, far: boolean): unknown[] {
    const rest = far ? farInterval : interval
    return [...this.#waiting].flatMap(([key, { isFar }]) =>
      isFar === far && now - (this.#drawnAt.get(key) ?? Number.NEGATIVE_INFINITY) >= rest ? [key] : [],
    )
  }

  #draw(key: unknown, now: number): void {
    const { draw } = this.#waiting.get(key)!
    this.#waiting.delete(key)
    this.#drawnAt.set(key, now)
    draw()
  }
}
