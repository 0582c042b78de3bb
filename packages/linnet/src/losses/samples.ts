import { z } from 'zod'
import { createMatrix, matrixSpec } from '../data/index.ts'
import { randomOf, seed } from '../data/seed.ts'
import { InputError } from '../input-error.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Spec } from '../registry/entry.ts'
import type { LossContext } from './loss.ts'

/**
 * The parameters of losses over samples (x_i, y_i): data that are given, or drawn from a truth. `outcomes` is the parameter for given
 * y_i.
 */
export const sampleParameters = (outcomes: string) => ({
  inputs: matrixSpec.optional().meta({
    description: 'inputs, one a column (d_0×m); or give samples to draw them',
    symbol: 'X',
    instead: ['samples', 'covariance'],
  }),
  truth: matrixSpec.optional().meta({
    description: 'matrix that the data are made with (d_n×d_0), and that reconstruction is measured against',
    symbol: 'W^*',
    examples: [{ kind: 'lowRank', rows: 4, columns: 10, rank: 2 }],
    instead: [outcomes],
  }),
  samples: z
    .int()
    .min(1)
    .optional()
    .meta({
      description:
        'number of inputs to draw, independent normal with the given covariance; needs a truth, which gives their length',
      symbol: 'm',
      examples: [100],
      instead: ['inputs'],
    }),
  covariance: z
    .union([z.number().positive(), z.array(z.number().nonnegative()).min(1)], {
      error: 'expected a positive number (all eigenvalues) or a list of d_0 nonnegative eigenvalues',
    })
    .optional()
    .meta({
      description:
        'eigenvalues of the covariance of drawn inputs, one for all or a list of d_0 (default 1); eigenvectors are the coordinate axes',
      symbol: '\\lambda(\\Lambda_{xx})',
    }),
  seed,
})

export const noiseParameter = z
  .number()
  .nonnegative()
  .default(0)
  .meta({ description: 'standard deviation of normal noise added to data made with a truth', symbol: '\\nu' })

interface SampleSpec {
  readonly inputs?: Spec | undefined
  readonly truth?: Spec | undefined
  readonly samples?: number | undefined
  readonly covariance?: number | readonly number[] | undefined
  readonly seed?: number | undefined
}

export interface InputRows {
  /** Xᵀ, m×d_0: one sample a row. */
  readonly rows: Matrix
  /** d_n×d_0. */
  readonly truth?: Matrix
  /** The context of this loss with its own random source. */
  readonly context: LossContext
}

/** The inputs of a parsed spec, as rows. `kind` is the loss, for error messages. */
export function inputRows(kind: string, spec: SampleSpec, outer: LossContext): InputRows {
  const context = { ...outer, random: randomOf(spec, outer) }
  if ((spec.inputs === undefined) === (spec.samples === undefined))
    throw new InputError(
      `${kind}: give either inputs, or samples and a truth to draw inputs from; ${spec.inputs ? 'both' : 'neither'} inputs ${spec.inputs ? 'and' : 'nor'} samples ${spec.inputs ? 'are' : 'is'} given.`,
    )
  if (spec.covariance !== undefined && spec.inputs)
    throw new InputError(
      `${kind}: covariance is for drawn inputs, and inputs are given; leave covariance out.`,
    )
  if (spec.samples !== undefined && !spec.truth)
    throw new InputError(`${kind}: samples draws inputs for a truth; give truth too.`)
  const truth = spec.truth ? createMatrix(spec.truth, context, 'truth') : undefined
  const rows = spec.inputs
    ? transposed(spec.inputs, context, 'inputs')
    : drawnRows(kind, spec, truth!.columns, context)
  if (truth && truth.columns !== rows.columns)
    throw new InputError(
      `${kind}: truth is ${truth.rows}×${truth.columns} and takes inputs of length ${truth.columns}, but inputs has ${rows.columns} rows; make them agree.`,
    )
  return { rows, context, ...(truth && { truth }) }
}

/** A new matrix with the columns of a source as its rows. */
export function transposed(spec: Spec, context: LossContext, label: string): Matrix {
  const { engine } = context
  const columns = createMatrix(spec, context, label)
  const rows = engine.matrix(columns.columns, columns.rows)
  engine.transposeInto(rows, columns)
  return rows
}

function drawnRows(kind: string, spec: SampleSpec, width: number, { engine, random }: LossContext): Matrix {
  const covariance = spec.covariance ?? 1
  if (typeof covariance !== 'number' && covariance.length !== width)
    throw new InputError(
      `${kind}: covariance lists ${covariance.length} eigenvalues, but inputs have length ${width}; give ${width}, or one number for all.`,
    )
  const rows = engine.matrix(spec.samples!, width)
  random.split('inputs').normalInto(rows)
  const { data } = rows
  for (let e = 0; e < data.length; e++)
    data[e] = data[e]! * Math.sqrt(typeof covariance === 'number' ? covariance : covariance[e % width]!)
  return rows
}

/** Adds independent N(0, deviation²) numbers. */
export function addNoise(matrix: Matrix, deviation: number, { engine, random }: LossContext): void {
  if (deviation === 0) return
  engine.scoped(() => {
    const noise = engine.matrix(matrix.rows, matrix.columns)
    random.split('noise').normalInto(noise)
    engine.combineInto(matrix, [1, deviation], [matrix, noise])
  })
}
