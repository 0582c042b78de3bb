import { type Frame, follow, InputError, loadEngine, prepare, type Run, theory } from 'linnet'
import type { Answer, Request } from './protocol.ts'

type Tell = (answer: Answer, transfer?: Transferable[]) => void

/** Between two messages, in milliseconds: two frames of a screen. */
const quiet = 32

const channel = new MessageChannel()
const waiting: (() => void)[] = []
channel.port1.onmessage = () => waiting.shift()?.()

/** Lets messages and other runs in; unlike a timer it does not wait. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    channel.port2.postMessage(0)
  })
}

/** Runs a config to its end, telling what it sees on the way. Errors of the input are told, not thrown. */
export async function runInTurns(
  { id, config, engine: name }: Extract<Request, { type: 'run' }>,
  signal: { readonly aborted: boolean },
  tell: Tell,
): Promise<void> {
  try {
    const engine = await loadEngine(name)
    const problem = prepare(config, engine, new Map())
    const started = performance.now()
    const frames = follow(config, problem, { signal })
    const outbox = makeOutbox(id, tell)
    const horizon = (config.until.time ?? config.until.steps)!
    const { truth } = problem.objective.loss
    let next = await frames.next()
    if (!next.done)
      tell({
        id,
        type: 'begun',
        beginning: {
          clock: config.until.time === undefined ? 'steps' : 'time',
          horizon,
          columns: next.value.columns,
          shape: problem.objective.loss.shape,
          ...(truth && {
            truth: { rows: truth.rows, columns: truth.columns, data: truth.data.slice() },
            truthSingularValues: Array.from(engine.scoped(() => engine.singularValues(truth).slice())),
          }),
        },
      })
    for (; !next.done; next = await frames.next()) {
      outbox.put(next.value)
      if (outbox.isDue()) outbox.send(next.value)
      await turn()
    }
    const run = next.value
    outbox.send({ position: run.stopped.position, fraction: 1, accounts: run.accounts, columns: [] })
    conclude(id, run, (performance.now() - started) / 1000, tell)
    for (const statement of theory.statements.entries) {
      if (signal.aborted) break
      tell({ id, type: 'certified', certificate: statement.certify(run), final: true })
      await turn()
    }
    tell({ id, type: 'finished' })
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    tell({ id, type: 'failed', sentence: error.message })
  }
}

function conclude(id: string, run: Run, seconds: number, tell: Tell): void {
  const { stopped, accounts, weights } = run
  tell({ id, type: 'ended', stopped, accounts, weights, seconds })
}

/** Collects samples until it is worth a message. */
function makeOutbox(id: string, tell: Tell) {
  let positions: number[] = []
  let rows: Float64Array[] = []
  let sent = 0
  return {
    put({ position, row }: Frame) {
      if (!row) return
      positions.push(position)
      rows.push(row)
    },
    isDue: () => performance.now() - sent > quiet,
    send({ fraction, accounts }: Frame) {
      const width = rows[0]?.length ?? 0
      const packed = new Float64Array(width * rows.length)
      for (const [i, row] of rows.entries()) packed.set(row, i * width)
      const samples = { positions: Float64Array.from(positions), rows: packed }
      tell({ id, type: 'moved', samples, pictures: [], fraction, accounts }, [
        samples.positions.buffer,
        packed.buffer,
      ])
      positions = []
      rows = []
      sent = performance.now()
    },
  }
}
