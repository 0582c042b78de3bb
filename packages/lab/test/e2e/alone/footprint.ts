import type { CDPSession, Page } from 'playwright-core'

/** What a page holds once its garbage is gone. */
export interface Footprint {
  /** Objects of scripts and what the browser keeps for them, in bytes. */
  readonly heap: number
  /** What typed arrays lie on, and memories of WebAssembly, in bytes. */
  readonly buffers: number
  /** In the document or out of it. */
  readonly nodes: number
  readonly listeners: number
  readonly workers: number
  /** Heaps and buffers of all workers, in bytes. */
  readonly workerBytes: number
}

interface HeapUsage {
  readonly usedSize: number
  readonly embedderHeapUsedSize: number
  readonly backingStorageSize: number
}

/** Asks one of the workers of a page. */
type Ask = (worker: string, method: string) => Promise<unknown>

/** Watches a page, which may be empty still; what is returned measures it. */
export async function watchFootprint(page: Page): Promise<() => Promise<Footprint>> {
  const session = await page.context().newCDPSession(page)
  const workers = new Set<string>()
  const ask = askWorkers(session, workers)
  await session.send('HeapProfiler.enable')
  return async () => {
    await session.send('HeapProfiler.collectGarbage')
    const { usedSize, embedderHeapUsedSize, backingStorageSize } = (await session.send(
      'Runtime.getHeapUsage',
    )) as HeapUsage
    const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters')
    return {
      heap: usedSize + embedderHeapUsedSize,
      buffers: backingStorageSize,
      nodes,
      listeners: jsEventListeners,
      workers: workers.size,
      workerBytes: await bytesOf(workers, ask),
    }
  }
}

function askWorkers(session: CDPSession, workers: Set<string>): Ask {
  const waiting = new Map<number, (result: unknown) => void>()
  let asked = 0
  session.on('Target.attachedToTarget', ({ sessionId }) => workers.add(sessionId))
  session.on('Target.detachedFromTarget', ({ sessionId }) => workers.delete(sessionId))
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message)
    waiting.get(id)?.(result)
    waiting.delete(id)
  })
  void session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  })
  return (sessionId, method) => {
    const id = ++asked
    return new Promise((resolve, reject) => {
      waiting.set(id, resolve)
      session
        .send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
        .catch(reject)
    })
  }
}

async function bytesOf(workers: ReadonlySet<string>, ask: Ask): Promise<number> {
  let bytes = 0
  for (const worker of workers) {
    await ask(worker, 'HeapProfiler.enable')
    await ask(worker, 'HeapProfiler.collectGarbage')
    const usage = (await ask(worker, 'Runtime.getHeapUsage')) as HeapUsage
    bytes += usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize
  }
  return bytes
}
