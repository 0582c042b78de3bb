/// <reference lib="webworker" />
// The library itself, unchanged, in a thread of its own.
import { makeDesk } from './desk.ts'
import type { Request } from './protocol.ts'

declare const self: DedicatedWorkerGlobalScope

/** Makes this worker compute what it is asked for. */
export function computeForPage(): void {
  const take = makeDesk((answer, transfer = []) => self.postMessage(answer, transfer))
  self.onmessage = ({ data }: MessageEvent<Request>) => take(data)
}
