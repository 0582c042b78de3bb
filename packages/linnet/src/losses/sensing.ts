import { z } from 'zod'
import { createMatrix, matrixSpec } from '../data/index.ts'
import { randomOf, seed } from '../data/seed.ts'
import { InputError } from '../input-error.ts'
import type { Matrix } from '../linalg/matrix.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import type { Loss, LossContext } from './loss.ts'
import { knownOfMeasured, measuredSquares } from './measured-squares.ts'
import { normalisationOf, normalisationParameter } from './normalisation.ts'
import { addNoise, noiseParameter } from './samples.ts'

const parameters = {
  truth: matrixSpec.optional().meta({
    description: 'matrix that is measured (d_n×d_0), and that reconstruction is measured against',
    symbol: 'W^*',
    examples: [{ kind: 'lowRank', rows: 20, columns: 20, rank: 2 }],
    instead: ['observations'],
  }),
  samples: z
    .int()
    .min(1)
    .optional()
    .meta({
      description: 'number of Gaussian measurements to draw; or give measurements',
      symbol: 'm',
      examples: [500],
      instead: ['measurements'],
    }),
  deviation: z.number().positive().optional().meta({
    description: 'standard deviation of the entries of drawn measurements; default 1/√(d_n·d_0)',
    symbol: 's',
  }),
  measurements: matrixSpec.optional().meta({
    description: 'measurement matrices, one a row: A_i row by row (m×d_n·d_0)',
    symbol: 'A_i',
    instead: ['samples', 'deviation'],
  }),
  observations: matrixSpec.optional().meta({
    description: 'what was measured (m×1); or give truth, and it is ⟨A_i, truth⟩',
    symbol: 'b',
    instead: ['truth'],
  }),
  rows: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'rows of W, where no truth gives them', symbol: 'd_n' }),
  columns: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'columns of W, where no truth gives them', symbol: 'd_0' }),
  noise: noiseParameter,
  normalisation: normalisationParameter(
    ['halfMean', 'mean', 'half', 'sum'],
    'the sum over the m measurements',
  ),
  seed,
}

type SensingSpec = Parsed<typeof parameters>

/**
 * ℓ(W) = factor·Σ_i (⟨A_i, W⟩ − b_i)² for m measurements of a d_n×d_0 matrix, ⟨A, W⟩ = tr(AᵀW).
 *
 * Measurements: `samples` of them with independent N(0, `deviation`²) entries (default 1/√(d_n·d_0)), or `measurements`
 * (m×(d_n·d_0)), each row one A_i row by row. Observations: those of a `truth` (d_n×d_0) with normal `noise` (standard deviation,
 * default 0), or `observations` (m×1). Without a truth give `rows` and `columns`. `normalisation`: `halfMean` = 1/(2m) (default),
 * `mean` = 1/m, `half` = 1/2, `sum` = 1.
 *
 * Making it throws an `InputError` when both or neither of `measurements` and `samples`, or of `observations` and `truth`, are given,
 * and when shapes or numbers of samples do not agree.
 *
 * Source: Cohen, Razin 2024 (arXiv 2408.13767), eq. (9); Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), section 4.
 *
 * ```ts
 * const loss = sensing({ truth: lowRank({ rows: 4, columns: 4, rank: 1 }), samples: 10 })
 * await simulate({ loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 1 } })
 * ```
 */
export const sensing = entry(
  {
    kind: 'sensing',
    title: 'Matrix sensing',
    symbol: '\\ell(W) = c \\sum_i (\\langle A_i, W \\rangle - b_i)^2',
    help: 'recover a matrix from linear measurements of it, Gaussian ones or given ones',
    source:
      'Cohen, Razin 2024 (arXiv 2408.13767), eq. (9); Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), section 4',
  },
  parameters,
  {
    create(spec: SensingSpec, outer: LossContext): Loss {
      const context = { ...outer, random: randomOf(spec, outer) }
      const { engine } = context
      checkChoices(spec)
      const truth = spec.truth ? createMatrix(spec.truth, context, 'truth') : undefined
      const [rows, columns] = shapeOf(spec, truth)
      const measurements = measurementsOf(spec, rows * columns, context)
      const observations = spec.observations
        ? createMatrix(spec.observations, context, 'observations')
        : observationsOf(truth!, measurements, spec.noise, context)
      if (observations.rows * observations.columns !== measurements.rows)
        throw new InputError(
          `sensing: there are ${measurements.rows} measurements and ${observations.rows * observations.columns} observations; give as many of both.`,
        )
      const normalisation = normalisationOf(spec.normalisation, measurements.rows)
      const column = engine.view(observations, 0, measurements.rows, 1)
      const quadratic = {
        kind: 'sensing',
        measurements,
        observations: column,
        factor: normalisation.factor,
      } as const
      return {
        kind: 'sensing',
        shape: [rows, columns],
        normalisation,
        samples: measurements.rows,
        ...measuredSquares(engine, [rows, columns], quadratic),
        known: knownOfMeasured(engine, quadratic, !spec.observations && spec.noise === 0),
        quadratic,
        ...(truth && { truth }),
      }
    },
  },
)

function checkChoices(spec: SensingSpec): void {
  const either = (a: keyof SensingSpec, b: keyof SensingSpec) => {
    if ((spec[a] === undefined) === (spec[b] === undefined))
      throw new InputError(
        `sensing: give either ${a} or ${b}; ${spec[a] === undefined ? 'neither' : 'both'} of them given.`,
      )
  }
  either('measurements', 'samples')
  either('observations', 'truth')
  if (spec.measurements && spec.deviation !== undefined)
    throw new InputError(
      'sensing: deviation is for drawn measurements, and measurements are given; leave deviation out.',
    )
  if (spec.observations && spec.noise > 0)
    throw new InputError(
      'sensing: noise is added to observations of a truth, and observations are given; leave noise out.',
    )
}

function shapeOf({ rows, columns }: SensingSpec, truth: Matrix | undefined): [number, number] {
  const height = rows ?? truth?.rows
  const width = columns ?? truth?.columns
  if (height === undefined || width === undefined)
    throw new InputError('sensing: without a truth the shape of W is not known; give rows and columns.')
  if (truth && (height !== truth.rows || width !== truth.columns))
    throw new InputError(
      `sensing: truth is ${truth.rows}×${truth.columns}, but rows = ${height} and columns = ${width}; leave rows and columns out.`,
    )
  return [height, width]
}

function measurementsOf(spec: SensingSpec, size: number, context: LossContext): Matrix {
  if (spec.measurements) {
    const given = createMatrix(spec.measurements, context, 'measurements')
    if (given.columns !== size)
      throw new InputError(
        `sensing: measurements has ${given.columns} columns, but W has ${size} entries; each row is one A_i row by row.`,
      )
    return given
  }
  const drawn = context.engine.matrix(spec.samples!, size)
  context.random.split('measurements').normalInto(drawn)
  context.engine.scaleInto(drawn, spec.deviation ?? 1 / Math.sqrt(size))
  return drawn
}

function observationsOf(truth: Matrix, measurements: Matrix, noise: number, context: LossContext): Matrix {
  const { engine } = context
  const observations = engine.matrix(measurements.rows, 1)
  engine.multiplyInto(observations, measurements, engine.view(truth, 0, truth.rows * truth.columns, 1))
  addNoise(observations, noise, context)
  return observations
}
