import type { Answer } from './protocol.ts'
import type { StartThread } from './thread.ts'

/** What a worker is made of: the script of the page, from its address or, in the single file, from its text. */
function addressOf({ src, textContent }: HTMLScriptElement): string {
  return src || URL.createObjectURL(new Blob([textContent], { type: 'text/javascript' }))
}

/** Threads of the browser's, made of the script of a page. */
export function workersOf(page: Document): StartThread {
  const address = addressOf(page.getElementById('script') as HTMLScriptElement)
  // From disk only classic workers start; what is not built yet is modules.
  const type = import.meta.env.DEV ? 'module' : 'classic'
  return (hear, broke) => {
    const worker = new Worker(address, { type })
    worker.onmessage = ({ data }: MessageEvent<Answer>) => hear(data)
    worker.onerror = (event) => {
      event.preventDefault()
      broke(event.message ?? '')
    }
    worker.onmessageerror = () => broke('a message could not be read')
    return { ask: (request) => worker.postMessage(request), end: () => worker.terminate() }
  }
}
