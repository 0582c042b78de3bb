/// <reference lib="webworker" />
<<<<<<< HEAD
// The library itself, unchanged, in a thread of its own. Several runs take turns, a slice of work each.
import '../page/no-evaluation.ts'
import type { Answer, Request } from './protocol.ts'
import { runInTurns } from './run-in-turns.ts'
=======
// The library itself, unchanged, in a thread of its own.
import { makeDesk } from './desk.ts'
import type { Request } from './protocol.ts'
>>>>>>> bd76111 (Lab: runs in several threads, paced beginnings, a cache of finished runs, crashes survived)

declare const self: DedicatedWorkerGlobalScope

const take = makeDesk((answer, transfer = []) => self.postMessage(answer, transfer))

self.onmessage = ({ data }: MessageEvent<Request>) => take(data)
