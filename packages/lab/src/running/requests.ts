import { loadEngine, type Problem, prepare } from 'linnet'
import { sentenceOf } from './fault.ts'
import { kernelOver } from './kernel.ts'
import { predictInTurns } from './predict-in-turns.ts'
import type { Asked, Commission, Request, Tell } from './protocol.ts'
import { runInTurns, type Signal } from './run-in-turns.ts'

/** What a worker does with requests: takes them in, several at a time, and lets them take turns, a slice of work each. */
export class Requests {
  readonly #tell: Tell
  readonly #underWay = new Map<string, { readonly asked: Asked; aborted: boolean }>()
  /** Predictions that wait until no run is under way. */
  readonly #waiting: (() => void)[] = []

  constructor(tell: Tell) {
    this.#tell = tell
  }

  take(request: Request): void {
    const { id } = request
    if (request.type === 'cancel') {
      const work = this.#underWay.get(id)
      if (work) work.aborted = true
      this.#over(id)
      return
    }
    const signal = { asked: request, aborted: false }
    this.#underWay.set(id, signal)
    this.#do(request, signal)
      .catch((error: unknown) => {
        if (!signal.aborted) this.#tell({ id, type: 'failed', sentence: sentenceOf(error) })
      })
      .finally(() => {
        if (signal.aborted) this.#tell({ id, type: 'cancelled' })
        this.#over(id)
      })
  }

  async #do(asked: Asked, signal: Signal): Promise<void> {
    const { id } = asked
    if (asked.type === 'kernel') {
      const values = await kernelOver(asked)
      return this.#tell({ id, type: 'kernel', values }, [values.buffer])
    }
    if (asked.type === 'predict') await this.#leave(signal)
    const problem = signal.aborted ? undefined : await broughtToLife(asked)
    if (!problem || signal.aborted) return
    const { config } = asked
    if (asked.type === 'predict')
      return predictInTurns(
        config,
        problem,
        signal,
        (told, transfer) => this.#tell({ id, ...told }, transfer),
        () => this.#leave(signal),
      )
    await runInTurns(config, problem, signal, (told, transfer) => this.#tell({ id, ...told }, transfer))
    if (!signal.aborted) this.#tell({ id, type: 'finished' })
  }

  /** Waits as long as runs are under way. */
  async #leave(signal: Signal): Promise<void> {
    const isRunning = () => [...this.#underWay.values()].some(({ asked }) => asked.type === 'run')
    while (!signal.aborted && isRunning()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  #over(id: string): void {
    this.#underWay.delete(id)
    // Each looks for itself whether it can go on now, and whether it is still wanted.
    for (const wake of this.#waiting.splice(0)) wake()
  }
}

async function broughtToLife({ config, engine }: Commission): Promise<Problem> {
  return prepare(config, await loadEngine(engine), new Map())
}
