import type { PlannedRun } from '../experiment/plan.ts'
import { LiveRun } from './live-run.ts'
import type { Answer, Request } from './protocol.ts'
import RunWorker from './run-worker.ts?worker&inline'

/** Starts runs in the worker and keeps those that were asked for: the same run is not done twice. */
export class Runner {
  readonly #worker = new RunWorker()
  readonly #runs = new Map<string, LiveRun>()

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#runs.get(data.id)?.hear(data)
  }

  /** The runs of a plan, begun where they are not there yet; what is asked for no more is cancelled and forgotten. */
  want(planned: readonly PlannedRun[]): LiveRun[] {
    const wanted = new Set(planned.map(({ id }) => id))
    for (const id of [...this.#runs.keys()]) if (!wanted.has(id)) this.#drop(id)
    return planned.map((one) => this.#runs.get(one.id) ?? this.#begin(one))
  }

  #begin(planned: PlannedRun): LiveRun {
    const run = new LiveRun(planned)
    this.#runs.set(run.id, run)
    this.#ask({ type: 'run', id: run.id, config: run.config, engine: run.engine })
    return run
  }

  #drop(id: string): void {
    this.#runs.delete(id)
    this.#ask({ type: 'cancel', id })
  }

  #ask(request: Request): void {
    this.#worker.postMessage(request)
  }
}
