/// <reference lib="webworker" />
// The library itself, unchanged, in a thread of its own.
import type { Request } from './protocol.ts'
import { Requests } from './requests.ts'
import { started } from './thread.ts'

declare const self: DedicatedWorkerGlobalScope

/** Makes this worker compute what it is asked for. */
export function computeForPage(): void {
  const requests = new Requests((answer, transfer = []) => self.postMessage(answer, transfer))
  self.postMessage(started)
  self.onmessage = ({ data }: MessageEvent<Request>) => requests.take(data)
}
