// One thread of the pool: takes jobs, one at a time, simulates and certifies them, and tells how far it is.
import { parentPort, workerData } from 'node:worker_threads'
import { InputError, simulate, theory } from 'linnet'
import { type Job, type JobFrame, type Outcome, type PackedOutcome, pack } from './job.ts'

export type ToParent =
  | { readonly kind: 'frame'; readonly frame: JobFrame }
  | { readonly kind: 'done'; readonly outcome: PackedOutcome }
  | { readonly kind: 'failed'; readonly input: boolean; readonly message: string; readonly stack: string }

/** A frame is sent at most this often, in ms. */
const FRAME_EVERY = 100

const port = parentPort!
/** Set to 1 by the parent to interrupt; shared memory, because this thread does not read messages while it computes. */
const interrupted = new Int32Array((workerData as { interrupted: SharedArrayBuffer }).interrupted)
const send = (message: ToParent) => port.postMessage(message)

async function execute(job: Job): Promise<Outcome> {
  const controller = new AbortController()
  const began = performance.now()
  let sentAt = began
  const stream = simulate.stream(job.config, {
    engine: job.engine,
    files: job.files,
    signal: controller.signal,
  })
  for (;;) {
    const { done, value } = await stream.next()
    if (done) {
      const seconds = (performance.now() - began) / 1000
      const certificates = job.certify ? theory.certify(value) : []
      return { record: value, certificates, seconds }
    }
    if (Atomics.load(interrupted, 0) === 1) controller.abort()
    if (performance.now() - sentAt < FRAME_EVERY) continue
    sentAt = performance.now()
    send({ kind: 'frame', frame: { fraction: value.fraction, accounts: value.accounts } })
  }
}

port.on('message', (job: Job) => {
  execute(job).then(
    (outcome) => send({ kind: 'done', outcome: pack(outcome) }),
    (error: unknown) => {
      const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
      send({ kind: 'failed', input: error instanceof InputError, message, stack })
    },
  )
})
