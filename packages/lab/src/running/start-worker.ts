import type { Answer } from './protocol.ts'
import RunWorker from './run-worker.ts?worker&inline'
import type { StartThread } from './thread.ts'

/** A thread of the browser's; its code lies in the page, so that a page opened from disk has it too. */
export const startWorker: StartThread = (hear, broke) => {
  const worker = new RunWorker()
  worker.onmessage = ({ data }: MessageEvent<Answer>) => hear(data)
  worker.onerror = (event) => {
    event.preventDefault()
    broke(event.message ?? '')
  }
  worker.onmessageerror = () => broke('a message could not be read')
  return { ask: (request) => worker.postMessage(request), end: () => worker.terminate() }
}
