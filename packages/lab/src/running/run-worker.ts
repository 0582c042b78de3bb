/// <reference lib="webworker" />
// The library itself, unchanged, in a thread of its own.
import '../page/no-evaluation.ts'
import { makeDesk } from './desk.ts'
import type { Request } from './protocol.ts'

declare const self: DedicatedWorkerGlobalScope

const take = makeDesk((answer, transfer = []) => self.postMessage(answer, transfer))

self.onmessage = ({ data }: MessageEvent<Request>) => take(data)
