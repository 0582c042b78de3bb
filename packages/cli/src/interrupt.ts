// Loaded before everything else, so that an interruption finds its handler from the first moment on.
import { exitCode } from './exit-code.ts'
import { removeParts } from './parts.ts'

/** A second interruption within this time, in ms, is the same one: shells and `timeout` signal child and group alike. */
const SAME = 1000

const controller = new AbortController()
let say = (line: string): void => void process.stderr.write(`${line}\n`)
let first = 0

function stop(): void {
  const now = performance.now()
  if (!controller.signal.aborted) {
    first = now
    controller.abort()
    say('interrupted: finishing the files begun (interrupt again to stop at once)')
  } else if (now - first > SAME) {
    removeParts()
    process.exit(exitCode.interrupted)
  }
}

process.on('SIGINT', stop)
process.on('SIGTERM', stop)

/**
 * The signal by which Ctrl-C (or a polite kill) asks the work to stop and to finish the files it has begun; a second one ends
 * the process at once. Files are written whole or not at all, so even then nothing half-written is left.
 */
export function onInterrupt(tell: (line: string) => void): AbortSignal {
  say = tell
  return controller.signal
}
