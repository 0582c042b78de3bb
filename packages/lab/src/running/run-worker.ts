/// <reference lib="webworker" />
// The library itself, unchanged, in a thread of its own.
import { Desk } from './desk.ts'
import type { Request } from './protocol.ts'

declare const self: DedicatedWorkerGlobalScope

/** Makes this worker compute what it is asked for. */
export function computeForPage(): void {
  const desk = new Desk((answer, transfer = []) => self.postMessage(answer, transfer))
  self.onmessage = ({ data }: MessageEvent<Request>) => desk.take(data)
}
