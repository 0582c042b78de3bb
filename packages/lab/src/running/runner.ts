import type { PlannedRun } from '../experiment/plan.ts'
import { Crew, type Job } from './crew.ts'
import { LiveRun } from './live-run.ts'
import { isLast, type Work } from './protocol.ts'
import { RunCache } from './run-cache.ts'
import type { StartThread } from './thread.ts'

export interface RunnerOptions {
  /** How many threads the machine runs at once; one is left to the page. Default what the browser says. */
  readonly cores?: number
  /** Between two beginnings, in milliseconds: what is dragged changes at every frame. Default 80. */
  readonly pace?: number
  /** Bytes of finished runs that are kept although nobody looks at them. Default 64 MB. */
  readonly cacheBytes?: number
}

/** What is done for a run. */
type Kind = Exclude<Work['type'], 'kernel'>

const mostThreads = 4

/** Ranks of predictions begin where those of runs never come. */
const afterRuns = 1e6

/** Has runs done in threads and keeps those that were asked for: the same run is not done twice. */
export class Runner {
  readonly #crew: Crew
  readonly #cache: RunCache
  readonly #pace: number
  readonly #runs = new Map<string, LiveRun>()
  /** Handed to the crew and not over, by kind of work and run. */
  readonly #jobs = new Map<string, Job>()
  #planned: readonly PlannedRun[] = []
  #begunAt = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    start: StartThread,
    { cores = coresHere(), pace = 80, cacheBytes = 2 ** 26 }: RunnerOptions = {},
  ) {
    this.#crew = new Crew(start, Math.min(mostThreads, Math.max(1, cores - 1)))
    this.#cache = new RunCache(cacheBytes)
    this.#pace = pace
  }

  /**
   * The runs of a plan. What is asked for no more is cancelled at once and, where it is finished, kept for a while. New runs begin
   * at once too, but at most every `pace` milliseconds: of plans that follow each other faster only the last begins.
   */
  want(planned: readonly PlannedRun[]): LiveRun[] {
    const wanted = new Set(planned.map(({ id }) => id))
    for (const run of [...this.#runs.values()]) if (!wanted.has(run.id)) this.#drop(run)
    for (const one of planned)
      if (!this.#runs.has(one.id)) this.#runs.set(one.id, this.#cache.take(one.id) ?? new LiveRun(one))
    this.#planned = planned
    this.#beginInTime()
    return planned.map(({ id }) => this.#runs.get(id)!)
  }

  /**
   * κ_n(σ_i, σ_j), the kernel of the preconditioner at depth n, for all pairs of `sigmas`, row by row. Rejects with a sentence when
   * the depth is below 1 or a σ negative.
   */
  kernel(depth: number, sigmas: readonly number[]): Promise<Float64Array> {
    return new Promise((resolve, reject) => {
      this.#crew.add({
        work: { type: 'kernel', depth, sigmas },
        rank: -1,
        hear: (answer) => {
          if (answer.type === 'kernel') resolve(answer.values)
          else if (answer.type === 'failed') reject(new Error(answer.sentence))
        },
        restart: () => {},
      })
    })
  }

  /** Ends all threads; runs under way stay as they are. */
  end(): void {
    clearTimeout(this.#timer)
    this.#crew.end()
  }

  #drop(run: LiveRun): void {
    this.#runs.delete(run.id)
    this.#cancel('run', run)
    this.#cancel('predict', run)
    if (run.isFinished) this.#cache.put(run)
  }

  #cancel(type: Kind, { id }: LiveRun): void {
    const job = this.#jobs.get(`${type} ${id}`)
    if (!job) return
    this.#jobs.delete(`${type} ${id}`)
    this.#crew.cancel(job)
  }

  #beginInTime(): void {
    if (this.#timer !== undefined || this.#planned.every((one) => this.#toBegin(one).length === 0)) return
    const wait = this.#begunAt + this.#pace - performance.now()
    if (wait <= 0) this.#begin()
    else
      this.#timer = setTimeout(() => {
        this.#timer = undefined
        this.#begin()
      }, wait)
  }

  /** What is still to be done for a run. */
  #toBegin({ id }: PlannedRun): Kind[] {
    const run = this.#runs.get(id)
    if (!run || run.status.value.kind === 'failed') return []
    const kinds: Kind[] = []
    if (run.status.value.kind === 'waiting') kinds.push('run')
    if (!run.isForeseen) kinds.push('predict')
    return kinds.filter((kind) => !this.#jobs.has(`${kind} ${id}`))
  }

  #begin(): void {
    this.#begunAt = performance.now()
    const jobs: Job[] = []
    for (const one of this.#planned)
      for (const kind of this.#toBegin(one)) {
        const job = kind === 'run' ? this.#runJob(one) : this.#predictJob(one)
        this.#jobs.set(`${kind} ${one.id}`, job)
        jobs.push(job)
      }
    this.#crew.add(...jobs)
  }

  #runJob({ id, config, engine, repetition }: PlannedRun): Job {
    const run = this.#runs.get(id)!
    return {
      work: { type: 'run', config, engine },
      // The first seed of every lane before the second of any.
      rank: repetition,
      hear: (told) => {
        if (isLast(told)) this.#jobs.delete(`run ${id}`)
        if (told.type === 'failed') this.#cancel('predict', run)
        run.hear(told)
        const reason = unforeseeable(run)
        if (reason === undefined || run.isForeseen) return
        this.#cancel('predict', run)
        run.hear({ type: 'unpredicted', reason })
      },
      restart: () => run.restart(),
    }
  }

  #predictJob({ id, config, engine, repetition }: PlannedRun): Job {
    const run = this.#runs.get(id)!
    return {
      work: { type: 'predict', config, engine },
      // After all runs, and the first seeds before the others.
      rank: afterRuns + repetition,
      hear: (told) => {
        if (isLast(told)) this.#jobs.delete(`predict ${id}`)
        run.hear(told.type === 'failed' ? { type: 'unpredicted', reason: told.sentence } : told)
      },
      // `predicting` begins anew by itself.
      restart: () => {},
    }
  }
}

/** Why the flow says nothing of a descent that has left it for good: solving it to the end would only take time. */
function unforeseeable({ config, status: { value } }: LiveRun): string | undefined {
  if (config.until.steps === undefined || value.kind !== 'ended') return undefined
  const { reason, position } = value.stopped
  if (reason !== 'diverged') return undefined
  return `Theorem 1 is about gradient flow, and this descent left it: it diverged at step ${position}. Take smaller steps for a prediction.`
}

function coresHere(): number {
  return globalThis.navigator?.hardwareConcurrency ?? 2
}
