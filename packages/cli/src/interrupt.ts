import { exitCode } from './exit.ts'

/**
 * Ctrl-C (or a polite kill) asks the work to stop and to finish the files it has begun; a second one ends the process at
 * once. Files are written whole or not at all, so even then nothing half-written is left under its name.
 */
export function onInterrupt(say: (line: string) => void): AbortSignal {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(exitCode.interrupted)
    controller.abort()
    say('interrupted: finishing the files begun (interrupt again to stop at once)')
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return controller.signal
}
