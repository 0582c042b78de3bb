import { matrixSpec } from '../data/index.ts'
import { InputError } from '../input-error.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Spec } from '../registry/entry.ts'
import type { LossContext } from './loss.ts'
import {
  addNoise,
  type InputRows,
  inputRows,
  noiseParameter,
  sampleParameters,
  transposed,
} from './samples.ts'

/** The parameters of regression losses: `inputs` and `targets`, or a `truth` that makes the targets. */
export const regressionParameters = {
  ...sampleParameters('targets'),
  targets: matrixSpec.optional().meta({
    description: 'targets, one a column (d_n×m); or give truth, and they are truth·inputs',
    symbol: 'Y',
    instead: ['truth'],
  }),
  noise: noiseParameter,
}

export interface RegressionData {
  /** Xᵀ, m×d_0. */
  readonly inputs: Matrix
  /** Yᵀ, m×d_n. */
  readonly targets: Matrix
  readonly truth?: Matrix
  /** The targets are truth·inputs exactly (up to rounding). */
  readonly exact: boolean
}

type RegressionSpec = Parameters<typeof inputRows>[1] & {
  readonly targets?: Spec | undefined
  readonly noise: number
}

/** Inputs and targets of a parsed spec. `kind` is the loss, for error messages. */
export function regressionData(kind: string, spec: RegressionSpec, outer: LossContext): RegressionData {
  if ((spec.targets === undefined) === (spec.truth === undefined))
    throw new InputError(
      `${kind}: give either targets, or a truth that makes them from the inputs; ${spec.targets ? 'both' : 'neither'} of them given.`,
    )
  if (spec.targets && spec.noise > 0)
    throw new InputError(
      `${kind}: noise is added to targets made with a truth, and targets are given; leave noise out.`,
    )
  const { rows, truth, context } = inputRows(kind, spec, outer)
  const targets = spec.targets
    ? transposed(spec.targets, context, 'targets')
    : targetsOfTruth({ rows, truth: truth!, context }, spec.noise)
  if (targets.rows !== rows.rows)
    throw new InputError(
      `${kind}: there are ${rows.rows} inputs and ${targets.rows} targets (columns of inputs and targets); give as many of both.`,
    )
  return { inputs: rows, targets, exact: !spec.targets && spec.noise === 0, ...(truth && { truth }) }
}

function targetsOfTruth({ rows, truth, context }: Required<InputRows>, noise: number): Matrix {
  const targets = context.engine.matrix(rows.rows, truth.rows)
  context.engine.multiplyInto(targets, rows, truth, false, true)
  addNoise(targets, noise, context)
  return targets
}
