import type { Config, ConfigInput } from '../config/config.ts'
import { parseConfig } from '../config/index.ts'
import type { Halt, Motion } from '../dynamics/dynamics.ts'
import { halts } from '../dynamics/halts.ts'
import type { Objective } from '../dynamics/objective.ts'
import type { Engine, EngineName } from '../engine/engine.ts'
import { loadEngine } from '../engine/load.ts'
import type { PlainMatrix } from '../linalg/matrix.ts'
import type { Network } from '../networks/network.ts'
import type { Moment } from '../probes/moment.ts'
import { makeProbes, type Problem, prepare, startMotion } from './prepare.ts'
import { type Recorded, Recorder } from './recorder.ts'
import type { Frame, Run } from './run.ts'
import { samplePositions, snapshotIndices } from './schedule.ts'

/** How a config is run; none of it changes what is computed, but for the rounding of another engine. */
export interface SimulateOptions {
  /** An engine (its memory grows by this run), or the name of one to be loaded afresh. Default `strict`. */
  readonly engine?: Engine | EngineName
  /** Matrices that the config names in files, by `fileKey`. */
  readonly files?: ReadonlyMap<string, PlainMatrix>
  /** An AbortSignal, or anything that tells whether to stop. An interrupted run is still a run. */
  readonly signal?: { readonly aborted: boolean }
  /**
   * Sees every sample after the probes have read it, and shares with them what they computed. It must only read: a write into
   * `moment.weights` would move the run. What it keeps it must copy, for the memory is freed when it returns.
   *
   * ```ts
   * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
   * const config = { loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 10 } }
   * const pictures = []
   * await simulate(config, { observe: ({ endToEnd }) => pictures.push(Float32Array.from(endToEnd.data)) })
   * ```
   */
  readonly observe?: (moment: Moment) => void
}

/** Work between two frames, in floating-point operations: some ten milliseconds, whatever the size. */
const FRAME_WORK = 2e8

/** What a gradient costs however small the network: the calls around it, in the same unit. */
const LEAST_WORK = 2e4

/** Gradient evaluations that are about FRAME_WORK: each costs some six products per layer of the narrower width. */
function frameBudget({ widths, size }: Network): number {
  return Math.max(1, Math.floor(FRAME_WORK / (6 * size * Math.min(...widths) + LEAST_WORK)))
}

/**
 * The streaming form of `simulate`: yields a frame at every sample and whenever some ten milliseconds of work are done, and
 * returns the run. Between frames the consumer may let timers and messages in; what it does changes no number of the run.
 *
 * ```ts
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * const config = { loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 10 } }
 * const rows = []
 * for await (const { row } of simulate.stream(config)) if (row) rows.push(row)
 * ```
 */
async function* stream(input: ConfigInput, options: SimulateOptions = {}): AsyncGenerator<Frame, Run> {
  const config = parseConfig(input)
  const { engine: chosen = 'strict', files = new Map<string, PlainMatrix>() } = options
  const engine = typeof chosen === 'string' ? await loadEngine(chosen) : chosen
  return yield* follow(config, prepare(config, engine, files), options)
}

/**
 * Follows a problem that is already alive: for losses and networks of one's own, and with `problem.dynamics` for motions of one's
 * own. Of the config, seed, dynamics, probes, until and record count; a run whose loss is no entry of the registry cannot be
 * repeated from its config alone, which should name it by a kind that no registry has: `{ kind: 'live' }`.
 *
 * ```ts
 * const engine = await loadEngine()
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * const config = parseConfig({ loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 10 } })
 * const { objective, start } = prepare(config, engine, new Map())
 * const own = composedObjective(engine, { ...objective.loss, kind: 'own' }, objective.network)
 *
 * for await (const { fraction } of follow({ ...config, loss: { kind: 'live' } }, { objective: own, start })) fraction // 0 … 1
 * ```
 */
export async function* follow(
  config: Config,
  problem: Problem,
  { signal, observe }: Pick<SimulateOptions, 'signal' | 'observe'> = {},
): AsyncGenerator<Frame, Run> {
  const { objective } = problem
  const { motion, horizon } = startMotion(config, problem)
  const recorder = new Recorder(objective, motion.clock, makeProbes(config, objective), observe)
  const targets = samplePositions(objective.engine, motion.clock, horizon, config.record)
  const kept = snapshotIndices(targets.length + 1, config.record.snapshots)
  const budget = frameBudget(objective.network)
  const frame = (recorded?: Recorded): Frame => ({
    position: motion.position,
    fraction: motion.position / horizon,
    accounts: motion.accounts,
    columns: recorder.columns,
    ...recorded,
  })
  yield frame(recorder.record(motion, true))
  let halt: Halt | undefined
  for (let index = 1; index <= targets.length && halt === undefined; index++) {
    const target = targets[index - 1]!
    while (motion.position < target && halt === undefined) {
      halt = signal?.aborted ? halts.interrupted() : motion.advance(target, budget)
      if (halt === undefined && motion.position < target) yield frame()
    }
    if (halt === undefined) yield frame(recorder.record(motion, kept.has(index)))
  }
  // Where a run ends early, its last finite weights are its last sample and snapshot.
  if (objective.engine.isFinite(motion.state.vector)) {
    const last = recorder.record(motion, true)
    if (last.row || last.snapshot) yield frame(last)
  }
  return conclude(config, objective, motion, recorder, halt ?? halts.horizon(motion.clock, horizon))
}

function conclude(
  config: Config,
  objective: Objective,
  { position, accounts }: Motion,
  recorder: Recorder,
  halt: Halt,
): Run {
  return {
    config,
    objective,
    trajectory: recorder.trajectory(),
    snapshots: recorder.snapshots,
    weights: recorder.snapshots.at(-1)!.layers,
    stopped: { ...halt, position },
    accounts,
  }
}

/** Frames with a sample after which timers are let in: they may follow each other much faster than a timer can. */
const FRAMES_A_PAUSE = 16

/** Lets timers and messages in, so that an AbortSignal can come to be aborted at all. */
function pause(): Promise<void> {
  const { setTimeout } = globalThis as unknown as { setTimeout(then: () => void, milliseconds: number): void }
  return new Promise((resolve) => setTimeout(resolve, 0))
}

async function run(input: ConfigInput, options: SimulateOptions = {}): Promise<Run> {
  const frames = stream(input, options)
  for (let count = 1; ; count++) {
    const { done, value } = await frames.next()
    if (done) return value
    if (options.signal !== undefined && (value.row === undefined || count % FRAMES_A_PAUSE === 0))
      await pause()
  }
}

/**
 * Simulates a config: brings problem and dynamics to life, moves to the horizon or to a stop, records the probes on the way.
 * The parts of the config are specs (plain JSON) or entries; it is validated, and defaults are filled in. Same config, same
 * seed, same engine: same bits.
 *
 * Throws a `ConfigError` for a config that cannot be run, an `InputError` where its parts do not fit together.
 *
 * ```ts
 * const loss = completion({ truth: lowRank({ rows: 10, columns: 10, rank: 2 }), observed: 0.5 })
 * const init = orthogonal({ scale: 1e-3 })
 * const run = await simulate({ loss, network: linear({ depth: 3 }), init, dynamics: gradientFlow, until: { time: 100 } })
 * run.stopped.message
 * ```
 */
export const simulate = Object.assign(run, { stream })
