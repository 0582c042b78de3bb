import type { Answer, Request } from './protocol.ts'

/** A worker as the page sees it. */
export interface Thread {
  ask(request: Request): void
  /** Ends it at once; nothing is heard of it afterwards. */
  end(): void
}

/** Starts a thread; `broke` is called when it can do no more, with what is known about why. */
export type StartThread = (hear: (answer: Answer) => void, broke: (why: string) => void) => Thread
