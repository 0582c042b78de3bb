import {
  type Config,
  type Frame,
  follow,
  type Pattern,
  type Problem,
  type Run,
  type Snapshot,
  theory,
} from 'linnet'
import { Album } from './album.ts'
import { Examination } from './examination.ts'
import { Outbox } from './outbox.ts'
import type { Beginning, RunAnswer, Tell } from './protocol.ts'
import { turnTaker } from './turn.ts'

/** Of the snapshots of a run: more is not sent to the page. */
const mostBytes = 2 ** 23

/** Whether somebody still wants to hear of it. */
export interface Signal {
  readonly aborted: boolean
}

/**
 * Runs a problem to its end, telling what it sees on the way, a slice of work a turn. Cancelled, it says no more and lets go of
 * everything. Throws as `simulate` does.
 */
export async function runInTurns(
  config: Config,
  problem: Problem,
  signal: Signal,
  tell: Tell<RunAnswer>,
): Promise<void> {
  const { run, worked, examination } = await moved(config, problem, signal, tell)
  if (!run) return
  const { stopped, accounts, weights, snapshots } = run
  const kept = bytesOf(snapshots) <= mostBytes ? { snapshots } : {}
  tell({ type: 'ended', stopped, accounts, weights, ...kept, seconds: worked / 1000 })
  const rest = turnTaker()
  examination.close(run)
  while (!examination.isDone && !signal.aborted) {
    examination.proceed()
    await rest()
  }
}

/** Moves until the run is over (or nobody wants to hear of it); `worked` is what that took, in milliseconds. */
async function moved(config: Config, problem: Problem, signal: Signal, tell: Tell<RunAnswer>) {
  const outbox = new Outbox()
  const album = new Album(problem.objective.loss.shape, config.record.samples + 1)
  const examination = new Examination(config, problem, tell)
  const rest = turnTaker()
  const frames = follow(config, problem, { observe: (moment) => outbox.putPicture(album.see(moment)) })
  const send = ({ fraction, accounts }: Pick<Frame, 'fraction' | 'accounts'>) => {
    const { samples, pictures, buffers } = outbox.pack()
    tell({ type: 'moved', samples, pictures, fraction, accounts }, buffers)
  }
  let worked = 0
  let isFirst = true
  while (!signal.aborted) {
    const began = performance.now()
    const next = await frames.next()
    worked += performance.now() - began
    if (next.done) {
      const run: Run = next.value
      outbox.putPicture(album.close(run))
      send({ fraction: 1, accounts: run.accounts })
      return { run, worked, examination }
    }
    const { position, row, snapshot } = next.value
    if (isFirst) tell({ type: 'begun', beginning: beginningOf(config, problem, next.value) })
    isFirst = false
    if (row) outbox.put(position, row)
    if (snapshot) examination.take(snapshot)
    if (outbox.isDue()) send(next.value)
    if (examination.isAffordable(worked)) examination.proceed()
    await rest()
  }
  return { worked, examination }
}

export function bytesOf(snapshots: readonly Snapshot[]): number {
  return snapshots.reduce(
    (sum, { layers }) => layers.reduce((inner, { data }) => inner + 8 * data.length, sum),
    0,
  )
}

function beginningOf({ until, probes }: Config, { objective }: Problem, { columns }: Frame): Beginning {
  const { engine, loss } = objective
  const { truth, quadratic } = loss
  return {
    clock: until.time === undefined ? 'steps' : 'time',
    horizon: (until.time ?? until.steps)!,
    columns,
    shape: loss.shape,
    samples: loss.samples,
    ...(truth && {
      truth: { rows: truth.rows, columns: truth.columns, data: truth.data.slice() },
      truthSingularValues: Array.from(engine.scoped(() => engine.singularValues(truth))),
    }),
    ...(probes.some(({ kind }) => kind === 'sharpness') && {
      leastSharpness: theory.leastSharpness(objective),
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
