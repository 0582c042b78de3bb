import type { Answer, Request } from './protocol.ts'

/** A worker as the page sees it. */
export interface Thread {
  ask(request: Request): void
  /** Ends it at once; nothing is heard of it afterwards. */
  end(): void
}

/** Who hears of a thread. */
export interface Listener {
  /** Its script was loaded and runs. */
  started(): void
  told(answer: Answer): void
  /** It can do no more; with what is known about why. */
  broke(why: string): void
}

/** Starts a thread; the listener hears of it later, never at once. */
export type StartThread = (listener: Listener) => Thread

/** What a thread says first of all. */
export const started = 'started'
