import { type Config, type Problem, theory } from 'linnet'
import { Outbox } from './outbox.ts'
import type { LastAnswer, PredictionAnswer, Tell } from './protocol.ts'
import type { Signal } from './run-in-turns.ts'
import { turnTaker } from './turn.ts'

/** Tells what the theory foresees of a run, a slice of work a turn, or why nothing; `leave` waits until the thread has time for it. */
export async function predictInTurns(
  config: Config,
  problem: Problem,
  signal: Signal,
  tell: Tell<PredictionAnswer | LastAnswer>,
  leave: () => Promise<void>,
): Promise<void> {
  const prediction = theory.predict(config, problem)
  if (!prediction.predicted) return tell({ type: 'unpredicted', reason: prediction.reason })
  const { claim, frames } = prediction
  const clock = config.until.time === undefined ? 'steps' : 'time'
  const outbox = new Outbox()
  const rest = turnTaker()
  const send = () => {
    const { samples, buffers } = outbox.pack()
    if (samples.positions.length > 0) tell({ type: 'predicted', samples }, buffers)
  }
  let isFirst = true
  for (;;) {
    await rest()
    await leave()
    if (signal.aborted) return
    const next = await frames.next()
    if (next.done) break
    const { position, row, columns } = next.value
    if (isFirst) tell({ type: 'predicting', claim, clock, columns })
    isFirst = false
    if (row) outbox.put(position, row)
    if (outbox.isDue()) send()
  }
  send()
  tell({ type: 'foreseen' })
}
