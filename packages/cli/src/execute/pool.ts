import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { InputError } from 'linnet'
import { type Job, type JobFrame, type Outcome, unpack } from './job.ts'
import type { ToParent } from './worker.ts'

export interface PoolOptions {
  readonly signal: AbortSignal
  /** Threads; default: as many as there are cores, and never more than jobs. */
  readonly threads?: number
  readonly onFrame?: (job: number, frame: JobFrame) => void
  readonly onDone?: (job: number, outcome: Outcome) => void
}

/** One job on one thread. */
function runOn(worker: Worker, job: Job, onFrame: (frame: JobFrame) => void): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: ToParent) => {
      if (message.kind === 'frame') return onFrame(message.frame)
      release()
      if (message.kind === 'done') return resolve(unpack(message.outcome))
      const error = message.input ? new InputError(message.message) : new Error(message.message)
      if (!message.input) error.stack = message.stack
      return reject(error)
    }
    const onError = (error: Error) => {
      release()
      reject(error)
    }
    const onExit = (code: number) => onError(new Error(`a thread of the pool ended early with code ${code}`))
    const release = () => {
      worker.off('message', onMessage)
      worker.off('error', onError)
      worker.off('exit', onExit)
    }
    worker.on('message', onMessage)
    worker.on('error', onError)
    worker.on('exit', onExit)
    worker.postMessage(job)
  })
}

/**
 * Runs all jobs, each on one thread, several at a time; outcomes in the order of the jobs. When the signal fires, running
 * jobs end as interrupted runs and the ones not begun are left out (undefined).
 */
export async function executeAll(
  jobs: readonly Job[],
  { signal, threads = availableParallelism(), onFrame, onDone }: PoolOptions,
): Promise<(Outcome | undefined)[]> {
  const interrupted = new Int32Array(new SharedArrayBuffer(4))
  const interrupt = () => Atomics.store(interrupted, 0, 1)
  signal.addEventListener('abort', interrupt)
  const outcomes: (Outcome | undefined)[] = jobs.map(() => undefined)
  let next = 0
  const thread = async () => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: { interrupted: interrupted.buffer },
      resourceLimits: {},
    })
    try {
      while (next < jobs.length && !signal.aborted) {
        const index = next++
        const outcome = await runOn(worker, jobs[index]!, (frame) => onFrame?.(index, frame))
        outcomes[index] = outcome
        onDone?.(index, outcome)
      }
    } finally {
      await worker.terminate()
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(threads, jobs.length) }, thread))
  } finally {
    signal.removeEventListener('abort', interrupt)
  }
  return outcomes
}
