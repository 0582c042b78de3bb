import { type ConfigInput, parseConfig } from 'linnet'
import type { PlannedRun } from '../src/experiment/plan.ts'
import { runId } from '../src/experiment/plan.ts'
import { type Answer, type Asked, isLast, type Request, type Told } from '../src/running/protocol.ts'
import { Requests } from '../src/running/requests.ts'
import type { StartThread } from '../src/running/thread.ts'

/** Completion of a small matrix by gradient flow: some hundredths of a second. */
export function small(change: Partial<ConfigInput> = {}) {
  return parseConfig({
    seed: 7,
    loss: { kind: 'completion', truth: { kind: 'lowRank', rows: 6, columns: 5, rank: 2 }, observed: 20 },
    network: { kind: 'linear', depth: 3 },
    init: { kind: 'balanced', scale: 0.2 },
    dynamics: { kind: 'gradientFlow' },
    probes: [{ kind: 'loss' }, { kind: 'singularValues', count: 3 }],
    until: { time: 20 },
    record: { samples: 40, snapshots: 4 },
    ...change,
  })
}

/** One that takes minutes: to be cancelled. */
export const long = small({
  loss: { kind: 'completion', truth: { kind: 'lowRank', rows: 40, columns: 40, rank: 2 }, observed: 800 },
  dynamics: { kind: 'gradientDescent', stepSize: 1e-4 },
  until: { steps: 10_000_000 },
})

export function planned(config = small(), more: Partial<PlannedRun> = {}): PlannedRun {
  return { id: runId(config, 'strict'), lane: 0, repetition: 0, label: '', config, engine: 'strict', ...more }
}

/** Asks for one piece of work and gives everything that it tells of it, in order. */
export function allToldOf(asked: Asked): Promise<Told[]> {
  return new Promise((resolve) => {
    const heard: Told[] = []
    const requests = new Requests(({ id: _, ...told }, transfer = []) => {
      if (told.type === 'cancelled') return
      heard.push(structuredClone(told, { transfer }))
      if (isLast(told)) resolve(heard)
    })
    requests.take(asked)
  })
}

/** A thread in this very thread: the same work, the same messages, copied as between threads. */
export const localThread: StartThread = ({ told }) => {
  let isEnded = false
  const requests = new Requests((answer, transfer = []) => {
    const copy = structuredClone(answer, { transfer })
    setImmediate(() => {
      if (!isEnded) told(copy)
    })
  })
  return {
    ask: (request) => requests.take(structuredClone(request)),
    end: () => {
      isEnded = true
    },
  }
}

/** Threads that do nothing by themselves: what they are asked is written down, what they tell comes from the test. */
export function scriptedThreads() {
  const threads: ScriptedThread[] = []
  const start: StartThread = ({ started, told, broke }) => {
    const thread: ScriptedThread = {
      asked: [],
      isEnded: false,
      begin: started,
      tell: told,
      crash: (why) => {
        started()
        broke(why)
      },
      notStart: broke,
      open: () => {
        const cancelled = new Set(thread.asked.filter(({ type }) => type === 'cancel').map(({ id }) => id))
        return thread.asked.filter(
          (request): request is Asked => request.type !== 'cancel' && !cancelled.has(request.id),
        )
      },
    }
    threads.push(thread)
    return {
      ask: (request) => thread.asked.push(request),
      end: () => {
        thread.isEnded = true
      },
    }
  }
  return { threads, start }
}

export interface ScriptedThread {
  readonly asked: Request[]
  isEnded: boolean
  /** Its script runs. */
  begin(): void
  tell(answer: Answer): void
  crash(why: string): void
  /** Its script never ran. */
  notStart(why: string): void
  /** What it was asked and not told to leave. */
  open(): Asked[]
}
