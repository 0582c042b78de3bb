import { sentenceOf } from './fault.ts'
import { kernelOver } from './kernel.ts'
import type { Asked, Request, Tell } from './protocol.ts'
import { runInTurns, type Signal } from './run-in-turns.ts'

/** What a worker does with requests: a function that takes them in. Several runs take turns, a slice of work each. */
export function makeDesk(tell: Tell): (request: Request) => void {
  const underWay = new Map<string, { aborted: boolean }>()
  const work = async (asked: Asked, signal: Signal): Promise<void> => {
    const { id } = asked
    if (asked.type === 'kernel') {
      const values = await kernelOver(asked)
      tell({ id, type: 'kernel', values }, [values.buffer])
      return
    }
    await runInTurns(asked, signal, (answer, transfer) => tell({ id, ...answer }, transfer))
    if (!signal.aborted) tell({ id, type: 'finished' })
  }
  return (request) => {
    const { id } = request
    if (request.type === 'cancel') {
      const signal = underWay.get(id)
      if (signal) signal.aborted = true
      return
    }
    const signal = { aborted: false }
    underWay.set(id, signal)
    work(request, signal)
      .catch((error: unknown) => {
        if (!signal.aborted) tell({ id, type: 'failed', sentence: sentenceOf(error) })
      })
      .finally(() => underWay.delete(id))
  }
}
