import { z } from 'zod'
import { createMatrix, matrixSpec } from '../data/index.ts'
import { randomOf, seed } from '../data/seed.ts'
import { makePattern, type Pattern } from '../engine/pattern.ts'
import { InputError } from '../input-error.ts'
import type { Matrix } from '../linalg/matrix.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import type { Loss, LossContext } from './loss.ts'
import { normalisationOf, normalisationParameter } from './normalisation.ts'
import { knownOfObserved, observedSquares, positionsOf } from './observed-squares.ts'
import { addNoise, noiseParameter } from './samples.ts'

const cell = z.tuple([z.int().min(0), z.int().min(0)])

const parameters = {
  truth: matrixSpec.optional().meta({
    description:
      'matrix to be completed (d_n×d_0), whose entries are observed and that reconstruction is measured against',
    symbol: 'W^*',
    examples: [{ kind: 'lowRank', rows: 20, columns: 20, rank: 2 }],
    instead: ['entries'],
  }),
  observed: z
    .union([z.number().positive(), z.literal('all'), z.array(cell).min(1)], {
      error:
        'expected a number of entries, a fraction below 1, "all", or a list of [row, column] counted from 0',
    })
    .optional()
    .meta({
      description:
        'which entries of the truth are observed: a whole number of them or a fraction below 1 (drawn uniformly without replacement), "all", or a list of [row, column] counted from 0',
      symbol: '\\Omega',
      examples: [0.5],
      instead: ['entries'],
    }),
  entries: matrixSpec.optional().meta({
    description:
      'observed entries instead of a truth: a matrix with one row (row, column, value) an entry, counted from 0',
    symbol: '(i, j, x_{ij})',
    instead: ['truth', 'observed'],
  }),
  rows: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'rows of W for given entries; default the largest row + 1', symbol: 'd_n' }),
  columns: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'columns of W for given entries; default the largest column + 1', symbol: 'd_0' }),
  noise: noiseParameter,
  normalisation: normalisationParameter(
    ['halfMean', 'mean', 'half', 'sum'],
    'the sum over the m observed entries',
  ),
  seed,
}

type CompletionSpec = Parsed<typeof parameters>

/**
 * ℓ(W) = factor·Σ_{(i,j) ∈ Ω} (W_ij − x_ij)² for m observed entries Ω of a d_n×d_0 matrix.
 *
 * Data: a `truth` (d_n×d_0) and what is `observed` of it – a whole number of entries or a fraction below 1, drawn uniformly without
 * replacement from `seed` (default: from the config's), `'all'`, or a list of [row, column] counted from 0 – with normal `noise`
 * (standard deviation, default 0); or `entries` (m×3: row, column, value) of a `rows`×`columns` matrix (defaults: the largest row
 * and column + 1). `normalisation`: `halfMean` = 1/(2m) (default), `mean` = 1/m, `half` = 1/2, `sum` = 1.
 *
 * Making it throws an `InputError` when both or neither of `truth` and `entries` are given, when `observed` does not fit the truth,
 * for positions outside the matrix or given twice, and for values that are not finite.
 *
 * Source: Cohen, Razin 2024 (arXiv 2408.13767), eq. (9); Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), section 4.
 *
 * ```ts
 * const loss = completion({ truth: lowRank({ rows: 6, columns: 5, rank: 1 }), observed: 0.5, noise: 0.01 })
 * await simulate({ loss, network: linear({ depth: 3 }), init: orthogonal, dynamics: gradientFlow, until: { time: 1 } })
 * ```
 */
export const completion = entry(
  {
    kind: 'completion',
    title: 'Matrix completion',
    symbol: '\\ell(W) = c \\sum_{(i,j) \\in \\Omega} (W_{ij} - x_{ij})^2',
    help: 'recover a matrix from some of its entries',
    source:
      'Cohen, Razin 2024 (arXiv 2408.13767), eq. (9); Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), section 4',
  },
  parameters,
  {
    create(spec: CompletionSpec, outer: LossContext): Loss {
      const context = { ...outer, random: randomOf(spec, outer) }
      checkChoices(spec)
      const { truth, pattern, values } = spec.entries ? given(spec, context) : drawn(spec, context)
      return completionOf(pattern, values, spec.normalisation, truth)
    },
  },
)

/** The loss of given observed values (count×1, in the order of the pattern). */
export function completionOf(
  pattern: Pattern,
  values: Matrix,
  normalisationName: CompletionSpec['normalisation'],
  truth?: Matrix,
): Loss {
  const normalisation = normalisationOf(normalisationName, pattern.count)
  const quadratic = { kind: 'completion', pattern, values, factor: normalisation.factor } as const
  return {
    kind: 'completion',
    shape: [pattern.rows, pattern.columns],
    normalisation,
    samples: pattern.count,
    ...observedSquares(quadratic),
    known: knownOfObserved(quadratic),
    quadratic,
    ...(truth && { truth }),
  }
}

interface Observed {
  readonly truth?: Matrix
  readonly pattern: Pattern
  /** count×1, in the order of the pattern. */
  readonly values: Matrix
}

function checkChoices(spec: CompletionSpec): void {
  const complain = (what: string) => {
    throw new InputError(`completion: ${what}`)
  }
  if ((spec.entries === undefined) === (spec.truth === undefined))
    complain(
      `give either a truth to observe, or the observed entries; ${spec.truth ? 'both' : 'neither'} of them given.`,
    )
  if (spec.truth && spec.observed === undefined)
    complain('give observed too: how many entries of the truth, or which.')
  if (spec.truth && (spec.rows ?? spec.columns) !== undefined)
    complain('the shape is that of the truth; leave rows and columns out.')
  if (spec.entries && spec.observed !== undefined)
    complain('observed chooses entries of a truth, and entries are given; leave observed out.')
  if (spec.entries && spec.noise > 0)
    complain('noise is added to entries of a truth, and entries are given; leave noise out.')
}

function drawn(spec: CompletionSpec, context: LossContext): Observed {
  const { engine } = context
  const truth = createMatrix(spec.truth!, context, 'truth')
  const { rows, columns } = truth
  const positions = observedPositions(spec.observed!, truth, context)
  const pattern = makePattern(engine, rows, columns, positions)
  const values = engine.matrix(pattern.count, 1)
  positionsOf(pattern).forEach((position, e) => {
    values.data[e] = truth.data[position]!
  })
  addNoise(values, spec.noise, context)
  return { truth, pattern, values }
}

function observedPositions(
  observed: NonNullable<CompletionSpec['observed']>,
  { rows, columns }: Matrix,
  { random }: LossContext,
): ArrayLike<number> | readonly [number, number][] {
  const total = rows * columns
  if (Array.isArray(observed)) return observed
  if (observed === 'all') return Int32Array.from({ length: total }, (_, e) => e)
  const count = observed < 1 ? Math.round(observed * total) : observed
  if (!Number.isInteger(count) || count < 1 || count > total)
    throw new InputError(
      `completion: observed is ${observed}; give a whole number from 1 to ${total}, the entries of the ${rows}×${columns} truth, or a fraction below 1 of at least one entry.`,
    )
  return random.split('observed').sample(count, total).data
}

function given(spec: CompletionSpec, context: LossContext): Observed {
  const { engine } = context
  const triplets = createMatrix(spec.entries!, context, 'entries')
  if (triplets.columns !== 3)
    throw new InputError(
      `completion: entries has ${triplets.columns} columns; give three, (row, column, value), one row an entry.`,
    )
  const rows = spec.rows ?? largest(triplets, 0) + 1
  const columns = spec.columns ?? largest(triplets, 1) + 1
  const cells = Array.from({ length: triplets.rows }, (_, e): [number, number] => [
    triplets.data[3 * e]!,
    triplets.data[3 * e + 1]!,
  ])
  const pattern = makePattern(engine, rows, columns, cells)
  const valueAt = new Map(cells.map(([i, j], e) => [i * columns + j, triplets.data[3 * e + 2]!]))
  const values = engine.matrix(pattern.count, 1)
  positionsOf(pattern).forEach((position, e) => {
    values.data[e] = valueAt.get(position)!
  })
  if (!engine.isFinite(values))
    throw new InputError(
      'completion: some values of entries are not finite numbers; leave those entries out.',
    )
  return { pattern, values }
}

function largest({ rows, columns, data }: Matrix, column: number): number {
  let top = 0
  for (let e = 0; e < rows; e++) top = Math.max(top, data[e * columns + column]!)
  return top
}
