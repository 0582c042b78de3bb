import { type Config, type Frame, follow, loadEngine, type Problem, prepare, type Run, theory } from 'linnet'
import { Outbox } from './outbox.ts'
import type { Beginning, Commission, RunAnswer, Tell } from './protocol.ts'
import { turnTaker } from './turn.ts'

/** Whether somebody still wants to hear of it. */
export interface Signal {
  readonly aborted: boolean
}

/**
 * Runs a config to its end, telling what it sees on the way, a slice of work a turn. Cancelled, it says no more and lets go of
 * everything. Throws as `simulate` does.
 */
export async function runInTurns(
  { config, engine: name, files = new Map() }: Commission,
  signal: Signal,
  tell: Tell<RunAnswer>,
): Promise<void> {
  let began = performance.now()
  const engine = await loadEngine(name)
  const problem = prepare(config, engine, files)
  const outbox = new Outbox(tell)
  const rest = turnTaker()
  const frames = follow(config, problem)
  let worked = 0
  let run: Run | undefined
  let isFirst = true
  while (!run && !signal.aborted) {
    const next = await frames.next()
    worked += performance.now() - began
    if (next.done) run = next.value
    else {
      if (isFirst) tell({ type: 'begun', beginning: beginningOf(config, problem, next.value) })
      isFirst = false
      const { position, row } = next.value
      if (row) outbox.put(position, row)
      if (outbox.isDue()) outbox.send(next.value)
    }
    await rest()
    began = performance.now()
  }
  if (!run || signal.aborted) return
  const { stopped, accounts, weights } = run
  outbox.send({ fraction: 1, accounts })
  tell({ type: 'ended', stopped, accounts, weights, seconds: worked / 1000 })
  for (const statement of theory.statements.entries) {
    await rest()
    if (signal.aborted) return
    tell({ type: 'certified', certificate: statement.certify(run), final: true })
  }
}

function beginningOf({ until }: Config, { objective }: Problem, { columns }: Frame): Beginning {
  const { engine, loss } = objective
  const { truth } = loss
  return {
    clock: until.time === undefined ? 'steps' : 'time',
    horizon: (until.time ?? until.steps)!,
    columns,
    shape: loss.shape,
    ...(truth && {
      truth: { rows: truth.rows, columns: truth.columns, data: truth.data.slice() },
      truthSingularValues: Array.from(engine.scoped(() => engine.singularValues(truth))),
    }),
  }
}
