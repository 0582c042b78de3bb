import type { Halt, Motion } from '../dynamics/dynamics.ts'
import { gradientFlow } from '../dynamics/gradient-flow.ts'
import { halts } from '../dynamics/halts.ts'
import { makeObjective } from '../dynamics/objective.ts'
import type { Engine } from '../engine/engine.ts'
import { makePattern, type Pattern } from '../engine/pattern.ts'
import { orthogonal } from '../inits/orthogonal.ts'
import { chainSingularValues } from '../linalg/chain-singular-values.ts'
import { copyOut, type Matrix, type PlainMatrix } from '../linalg/matrix.ts'
import { completionOf } from '../losses/completion.ts'
import type { Loss } from '../losses/loss.ts'
import { linearNetwork } from '../networks/linear.ts'
import type { Network, Parameters } from '../networks/network.ts'
import { effectiveRankOf } from '../probes/effective-rank.ts'
import type { Centring } from './centring.ts'
import type { Observed } from './observed.ts'
import type { CompletionFrame, CompletionOptions, Reading } from './reading.ts'
import type { Split } from './split.ts'

/** Readings grow by this factor in flow time: fine enough to find the best stopping time to a few per cent. */
const TIME_RATIO = 1.05
/** The first reading, in units of 1/(largest singular value): before anything can have been learned. */
const FIRST_TIME = 0.5
/** Gradient evaluations between two looks at the abort signal and the progress bar. */
const BUDGET = 20
/** The training error, relative to where it began, below which nothing is left to learn. */
const TRAINED = 1e-6

/** A centred part this small beside the data is what rounding left of it. */
const ROUNDING = 1e-14

/** A deep factorisation of centred training entries, kept at the least validation error. */
export interface Factorisation {
  readonly depth: number
  readonly width: number
  /** Width beyond which nothing changes: min(rows, columns). */
  readonly widest: number
  readonly unit: number
  readonly weights: readonly PlainMatrix[]
  readonly endToEnd: PlainMatrix
  readonly singularValues: Float64Array
  readonly curve: readonly Reading[]
  readonly chosen: Reading
  readonly stopped: Halt
}

/** Centred entries of one part, as a pattern and values in its order. */
function patternOf(engine: Engine, part: Observed, { offset }: Centring, unit: number) {
  const linear = Array.from(part.values, (_value, e) => part.rowOf[e]! * part.columns + part.columnOf[e]!)
  const order = Int32Array.from(linear.keys()).sort((a, b) => linear[a]! - linear[b]!)
  const pattern = makePattern(
    engine,
    part.rows,
    part.columns,
    Int32Array.from(order, (e) => linear[e]!),
  )
  const values = engine.matrix(order.length, 1)
  const { data } = values
  order.forEach((e, at) => {
    data[at] = (part.values[e]! - offset(part.rowOf[e]!, part.columnOf[e]!)) / unit
  })
  return { pattern, values }
}

/** Power iterations for the scale of the data: three digits are plenty for a unit. */
const POWER_ITERATIONS = 40

/** Largest singular value of the sparse matrix `values` at `pattern`, by power iteration. */
function largestSingularValue(engine: Engine, pattern: Pattern, values: Matrix): number {
  const right = engine.matrix(pattern.columns, 1)
  const left = engine.matrix(pattern.rows, 1)
  engine.random(0).split('powerIteration').normalInto(right)
  let estimate = 0
  for (let k = 0; k < POWER_ITERATIONS; k++) {
    engine.scaleInto(right, 1 / engine.norm(right))
    engine.sparseMultiplyInto(left, pattern, values, right)
    estimate = engine.norm(left)
    if (estimate === 0) return 0
    engine.sparseMultiplyInto(right, pattern, values, left, true)
  }
  return estimate
}

/** Reads errors off the weights: the end-to-end matrix is formed once a reading, everything else is looked up in it. */
function makeReader(
  engine: Engine,
  network: Network,
  loss: Loss,
  split: Split,
  centring: Centring,
  unit: number,
) {
  const endToEnd = engine.matrix(loss.shape[0], loss.shape[1])
  const error = (part: Observed) => {
    const { data } = endToEnd
    let squares = 0
    for (let e = 0; e < part.values.length; e++) {
      const [i, j] = [part.rowOf[e]!, part.columnOf[e]!]
      const difference = unit * data[i * part.columns + j]! + centring.offset(i, j) - part.values[e]!
      squares += difference * difference
    }
    return Math.sqrt(squares / part.values.length)
  }
  return {
    endToEnd,
    read(time: number, weights: Parameters): Reading {
      network.endToEndInto(endToEnd, weights)
      const singularValues = chainSingularValues(engine, weights.layers)
      return {
        time,
        training: error(split.training),
        validation: error(split.validation),
        test: error(split.test),
        effectiveRank: effectiveRankOf(singularValues, engine),
      }
    },
  }
}

/** Loss, network, weights and motion in units where the data's largest singular value is 1. */
function begin(engine: Engine, split: Split, centring: Centring, options: CompletionOptions) {
  const { depth = 3, scale = 1e-3, tolerance = 1e-3, seed = 0 } = options
  const { rows, columns } = split.training
  const widest = Math.min(rows, columns)
  const width = Math.min(options.width ?? 100, widest)
  const raw = patternOf(engine, split.training, centring, 1)
  const unit = largestSingularValue(engine, raw.pattern, raw.values) || 1
  engine.scaleInto(raw.values, 1 / unit)
  const loss = completionOf(raw.pattern, raw.values, 'half')
  const files = new Map<string, PlainMatrix>()
  const hidden = new Array<number>(depth - 1).fill(width)
  const network = linearNetwork(engine, [columns, ...hidden, rows])
  const start = network.allocate()
  const random = engine.random(seed).split('init')
  orthogonal.fill(start, orthogonal.schema.parse(orthogonal({ scale })), {
    engine,
    random,
    network,
    loss,
    files,
  })
  const motion = gradientFlow.start(gradientFlow.schema.parse(gradientFlow({ tolerance })), {
    objective: makeObjective(engine, loss, network),
    start,
    random: engine.random(seed).split('dynamics'),
    stops: { divergence: 1e12 },
  })
  return { depth, width, widest, unit, loss, network, motion }
}

/** Moves to `target` in slices, yielding between them; the halt when the motion ends before. */
async function* travel(
  motion: Motion,
  target: number,
  signal: CompletionOptions['signal'],
  last: () => Reading,
) {
  while (motion.position < target) {
    const halt = motion.advance(target, BUDGET)
    if (halt) return halt
    yield { ...last(), gradientEvaluations: motion.accounts.gradientEvaluations } satisfies CompletionFrame
    if (signal?.aborted) return halts.interrupted()
  }
  return undefined
}

export async function* factorise(
  engine: Engine,
  split: Split,
  centring: Centring,
  options: CompletionOptions,
): AsyncGenerator<CompletionFrame, Factorisation> {
  const { horizon = 1e6, patience = 3, signal } = options
  const { depth, width, widest, unit, loss, network, motion } = begin(engine, split, centring, options)
  const reader = makeReader(engine, network, loss, split, centring, unit)
  const curve: Reading[] = [reader.read(0, motion.state)]
  let chosen = curve[0]!
  let weights = motion.state.layers.map(copyOut)
  let endToEnd = copyOut(reader.endToEnd)
  const scale = Math.sqrt(
    split.training.values.reduce((sum, x) => sum + x * x, 0) / split.training.values.length,
  )
  let stopped = whyStop(chosen, chosen, chosen, patience, scale)
  for (let target = FIRST_TIME; !stopped; target = Math.min(horizon, target * TIME_RATIO)) {
    stopped = yield* travel(motion, target, signal, () => curve.at(-1)!)
    const reading = reader.read(motion.position, motion.state)
    curve.push(reading)
    if (reading.validation < chosen.validation) {
      chosen = reading
      weights = motion.state.layers.map(copyOut)
      endToEnd = copyOut(reader.endToEnd)
    }
    stopped ??= whyStop(reading, chosen, curve[0]!, patience, scale)
    if (!stopped && target >= horizon) stopped = halts.horizon('time', horizon)
  }
  const singularValues = engine.scoped(() =>
    Float64Array.from(engine.singularValues(engine.copyIn(endToEnd))),
  )
  return { depth, width, widest, unit, weights, endToEnd, singularValues, curve, chosen, stopped }
}

/** Training error that has fallen to this share since the best validation: what was learned since then only fits noise. */
const OVERFITTED = 0.5
/** Without overfitting, wait this many times longer: plateaus between two singular values look like the end. */
const PLATEAU = 10

/** `scale` is the root mean square of the data: a residual of its rounding is nothing to learn from. */
function whyStop(
  now: Reading,
  chosen: Reading,
  first: Reading,
  patience: number,
  scale: number,
): Halt | undefined {
  if (now.training <= Math.max(TRAINED * first.training, ROUNDING * scale)) return halts.fitted()
  if (chosen === now || chosen.time === 0) return undefined
  const overfitted = now.training <= OVERFITTED * chosen.training
  return now.time > patience * (overfitted ? 1 : PLATEAU) * chosen.time
    ? halts.validation(chosen.time)
    : undefined
}
