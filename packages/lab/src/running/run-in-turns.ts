import {
  type Config,
  type Frame,
  follow,
  loadEngine,
  type Pattern,
  type Problem,
  prepare,
  type Run,
} from 'linnet'
import { Album } from './album.ts'
import { Examination } from './examination.ts'
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
  let worked = 0
  const engine = await loadEngine(name)
  if (signal.aborted) return
  const problem = prepare(config, engine, files)
  const { shape } = problem.objective.loss
  const outbox = new Outbox(tell)
  const album = new Album(shape, config.record.samples + 1)
  const examination = new Examination(config, problem, tell)
  const rest = turnTaker()
  const frames = follow(config, problem, {
    observe: (moment) => outbox.putPicture(album.see(moment)),
  })
  let run: Run | undefined
  let isFirst = true
  while (!run && !signal.aborted) {
    const next = await frames.next()
    worked += performance.now() - began
    if (next.done) run = next.value
    else {
      const { position, row, snapshot } = next.value
      if (isFirst) tell({ type: 'begun', beginning: beginningOf(config, problem, next.value) })
      isFirst = false
      if (row) outbox.put(position, row)
      if (snapshot) examination.take(snapshot)
      if (outbox.isDue()) outbox.send(next.value)
      if (examination.isAffordable(worked)) examination.proceed()
    }
    await rest()
    began = performance.now()
  }
  if (!run || signal.aborted) return
  const { stopped, accounts, weights } = run
  outbox.putPicture(album.close(run))
  outbox.send({ fraction: 1, accounts })
  tell({ type: 'ended', stopped, accounts, weights, seconds: worked / 1000 })
  examination.close(run)
  while (!examination.isDone && !signal.aborted) {
    examination.proceed()
    await rest()
  }
}

function beginningOf({ until }: Config, { objective }: Problem, { columns }: Frame): Beginning {
  const { engine, loss } = objective
  const { truth, quadratic } = loss
  return {
    clock: until.time === undefined ? 'steps' : 'time',
    horizon: (until.time ?? until.steps)!,
    columns,
    shape: loss.shape,
    ...(truth && {
      truth: { rows: truth.rows, columns: truth.columns, data: truth.data.slice() },
      truthSingularValues: Array.from(engine.scoped(() => engine.singularValues(truth))),
    }),
    ...(quadratic?.kind === 'completion' && { observed: placesOf(quadratic.pattern) }),
  }
}

/** Row-major places of the entries of a pattern. */
function placesOf({ rows, columns, count, rowStarts, columnIndices }: Pattern): Int32Array {
  const places = new Int32Array(count)
  for (let row = 0; row < rows; row++)
    for (let e = rowStarts.data[row]!; e < rowStarts.data[row + 1]!; e++)
      places[e] = row * columns + columnIndices.data[e]!
  return places
}
