import type { Halt } from '../dynamics/dynamics.ts'
import { written } from '../dynamics/halts.ts'
import type { Engine } from '../engine/engine.ts'
import type { PlainMatrix } from '../linalg/matrix.ts'
import { columnMeans, type Errors, errorsOn, truncatedSvd } from './baselines.ts'
import { makeCentring } from './centring.ts'
import { type Factorisation, factorise } from './factorise.ts'
import { checkObserved, type Observed } from './observed.ts'
import type { CompletionFrame, CompletionOptions, Reading } from './reading.ts'
import { type Split, splitObserved } from './split.ts'

/** A row of the table of errors. */
export interface MethodErrors {
  readonly name: string
  readonly how: string
  readonly errors: Errors
}

/** A completed matrix, how it was found, and how far to trust it. */
export interface Completion {
  /** Observed entries as given, all others by the model. */
  readonly completed: PlainMatrix
  /** The model everywhere. */
  readonly model: PlainMatrix
  /** Weights of the network at the chosen time, W_1 first; in units of `unit`, without the centring. */
  readonly weights: readonly PlainMatrix[]
  /** Size of one unit of the end-to-end matrix in units of the data. */
  readonly unit: number
  /** Singular values of the centred model in units of the data, descending. */
  readonly singularValues: Float64Array
  readonly curve: readonly Reading[]
  /** The reading whose weights were kept: least validation error. */
  readonly chosen: Reading
  readonly stopped: Halt
  readonly sizes: {
    readonly training: number
    readonly validation: number
    readonly test: number
    readonly missing: number
  }
  /** Deep factorisation first, then the baselines. */
  readonly methods: readonly MethodErrors[]
  /** Things to know about this result, a sentence each. */
  readonly notes: readonly string[]
}

/**
 * Completes a matrix from some of its entries by deep matrix factorisation, without being told a rank: gradient flow of a
 * linear network from a small orthogonal (balanced) initialisation on the squared error of a training part, stopped where
 * the error on a validation part is least; errors are reported on a test part that no choice has seen, beside column means
 * and truncated SVD given the same parts. (Arora, Cohen, Hu, Luo 2019, arXiv 1905.13655.)
 *
 * Yields a frame a reading and returns the completion. Values are in the units of the data, positions count from 0.
 *
 * Throws an `InputError` for fewer than 2 rows, 2 columns or 10 entries, for a position outside the matrix or given twice, and for
 * a value that is not finite.
 *
 * ```ts
 * const cells = Array.from({ length: 80 }, (_, e) => [Math.floor(e / 10), e % 10]).filter(([i, j]) => (i + j) % 4 > 0)
 * const observed = {
 *   rows: 8,
 *   columns: 10,
 *   rowOf: Int32Array.from(cells, ([i]) => i),
 *   columnOf: Int32Array.from(cells, ([, j]) => j),
 *   values: Float64Array.from(cells, ([i, j]) => (i + 1) * (j + 1)),
 * }
 * const steps = complete(await loadEngine(), observed, { depth: 2 })
 * let step = await steps.next()
 * while (!step.done) step = await steps.next()
 * step.value.completed // 8×10, the observed entries as given
 * ```
 */
export async function* complete(
  engine: Engine,
  observed: Observed,
  options: CompletionOptions = {},
): AsyncGenerator<CompletionFrame, Completion> {
  checkObserved(observed)
  const { validation = 0.1, test = 0.1, seed = 0, centre = 'columns' } = options
  const split = splitObserved(observed, validation, test, engine.random(seed).split('holdOut'))
  const centring = makeCentring(split.training, centre)
  const found = yield* factorise(engine, split, centring, options)
  const { unit, endToEnd } = found
  const model = new Float64Array(observed.rows * observed.columns)
  for (let i = 0; i < observed.rows; i++)
    for (let j = 0; j < observed.columns; j++) {
      const at = i * observed.columns + j
      model[at] = unit * endToEnd.data[at]! + centring.offset(i, j)
    }
  const completed = model.slice()
  for (let e = 0; e < observed.values.length; e++)
    completed[observed.rowOf[e]! * observed.columns + observed.columnOf[e]!] = observed.values[e]!
  const shape = { rows: observed.rows, columns: observed.columns }
  return {
    completed: { ...shape, data: completed },
    model: { ...shape, data: model },
    weights: found.weights,
    unit,
    singularValues: found.singularValues.map((value) => unit * value),
    curve: found.curve,
    chosen: found.chosen,
    stopped: found.stopped,
    sizes: sizesOf(observed, split),
    methods: compare(engine, split, found, (i, j) => model[i * observed.columns + j]!),
    notes: notesOn(found, split),
  }
}

function sizesOf(observed: Observed, { training, validation, test }: Split): Completion['sizes'] {
  return {
    training: training.values.length,
    validation: validation.values.length,
    test: test.values.length,
    missing: observed.rows * observed.columns - observed.values.length,
  }
}

function compare(
  engine: Engine,
  split: Split,
  { depth, width, chosen }: Factorisation,
  predict: (row: number, column: number) => number,
): MethodErrors[] {
  const how = `gradient flow at depth ${depth}, hidden width ${width}, stopped at time ${written(chosen.time)}; effective rank ${chosen.effectiveRank.toFixed(1)}`
  const baselines = [columnMeans(split), truncatedSvd(engine, split)]
  return [{ name: 'deep factorisation', how, predict }, ...baselines].map((method) => ({
    name: method.name,
    how: method.how,
    errors: errorsOn(split, method.predict),
  }))
}

function notesOn({ depth, width, widest, chosen, curve }: Factorisation, split: Split): string[] {
  const notes: string[] = []
  if (width < widest && chosen.effectiveRank > width / 2)
    notes.push(
      `the effective rank ${chosen.effectiveRank.toFixed(1)} comes near the hidden width ${width}: try a larger width (at most ${widest} matters)`,
    )
  if (chosen === curve.at(-1))
    notes.push('the validation error was still falling at the end: try a longer horizon, or more patience')
  if (depth === 1)
    notes.push(
      'at depth 1 missing entries stay at their centring: only depth 2 and more let rows and columns tell about each other',
    )
  const emptyRows = split.training.rows - new Set(split.training.rowOf).size
  const emptyColumns = split.training.columns - new Set(split.training.columnOf).size
  if (emptyRows + emptyColumns > 0)
    notes.push(
      `rows without an observed entry: ${emptyRows}, columns: ${emptyColumns}; what is written there is the centring alone`,
    )
  return notes
}
