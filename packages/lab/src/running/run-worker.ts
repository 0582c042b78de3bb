/// <reference lib="webworker" />
// The library itself, unchanged, in a thread of its own. Several runs take turns, a slice of work each.
import '../page/no-evaluation.ts'
import type { Answer, Request } from './protocol.ts'
import { runInTurns } from './run-in-turns.ts'

declare const self: DedicatedWorkerGlobalScope

const cancelled = new Map<string, { aborted: boolean }>()

function tell(answer: Answer, transfer: Transferable[] = []): void {
  self.postMessage(answer, transfer)
}

self.onmessage = ({ data }: MessageEvent<Request>) => {
  if (data.type === 'run') {
    const signal = { aborted: false }
    cancelled.set(data.id, signal)
    void runInTurns(data, signal, tell).finally(() => cancelled.delete(data.id))
  } else if (data.type === 'cancel') {
    const signal = cancelled.get(data.id)
    if (signal) signal.aborted = true
  }
}
