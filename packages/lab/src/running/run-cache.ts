import type { LiveRun } from './live-run.ts'

/** Finished runs that nobody looks at now, so that coming back to one shows it at once: the last used, up to so many bytes. */
export class RunCache {
  readonly #limit: number
  readonly #runs = new Map<string, LiveRun>()
  #bytes = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get bytes(): number {
    return this.#bytes
  }

  put(run: LiveRun): void {
    this.take(run.id)
    this.#runs.set(run.id, run)
    this.#bytes += run.bytes
    // A map remembers in which order things came.
    for (const id of this.#runs.keys()) {
      if (this.#bytes <= this.#limit) break
      this.take(id)
    }
  }

  /** The run, no longer kept here. */
  take(id: string): LiveRun | undefined {
    const run = this.#runs.get(id)
    if (!run) return undefined
    this.#runs.delete(id)
    this.#bytes -= run.bytes
    return run
  }
}
