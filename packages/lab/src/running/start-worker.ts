import type { Answer } from './protocol.ts'
import { type StartThread, started } from './thread.ts'

/** What a worker is made of: the script of the page, from its address or, in the single file, from its text. */
function addressOf({ src, textContent }: HTMLScriptElement): string {
  return src || URL.createObjectURL(new Blob([textContent], { type: 'text/javascript' }))
}

/** A worker, or why there is none: a browser may forbid workers to pages from disk. */
function newWorker(address: string, type: WorkerType): Worker | string {
  try {
    return new Worker(address, { type })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Threads of the browser's, made of the script of a page. */
export function workersOf(page: Document): StartThread {
  const address = addressOf(page.getElementById('script') as HTMLScriptElement)
  // From disk only classic workers start; what is not built yet is modules.
  const type = import.meta.env.DEV ? 'module' : 'classic'
  return (listener) => {
    const worker = newWorker(address, type)
    if (typeof worker === 'string') {
      setTimeout(() => listener.broke(worker))
      return { ask: () => {}, end: () => {} }
    }
    worker.onmessage = ({ data }: MessageEvent<Answer | typeof started>) =>
      data === started ? listener.started() : listener.told(data)
    worker.onerror = (event) => {
      event.preventDefault()
      listener.broke(event.message ?? '')
    }
    worker.onmessageerror = () => listener.broke('a message could not be read')
    return { ask: (request) => worker.postMessage(request), end: () => worker.terminate() }
  }
}
