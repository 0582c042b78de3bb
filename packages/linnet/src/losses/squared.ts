import type { Parsed } from '../registry/entry.ts'
import { entry } from '../registry/entry.ts'
import { compressed, denseQuadratic, knownOfDense } from './dense-quadratic.ts'
import type { Loss, LossContext, Normalisation } from './loss.ts'
import { normalisationOf, normalisationParameter } from './normalisation.ts'
import { powerTerms } from './power-terms.ts'
import { sampleSum } from './sample-sum.ts'
import { type RegressionData, regressionData, regressionParameters } from './targets.ts'

const parameters = {
  ...regressionParameters,
  normalisation: normalisationParameter(['halfMean', 'mean', 'half', 'sum'], 'the sum over the m samples'),
}

/**
 * ℓ(W) = factor·‖WX − Y‖²_F = factor·Σ_i ‖W x_i − y_i‖² over m samples, the columns of X (d_0×m) and Y (d_n×m); W is d_n×d_0.
 *
 * Inputs: `inputs` (X), or `samples` normal ones with `covariance` (its eigenvalues, one for all or d_0 of them; default 1) for a
 * `truth` (d_n×d_0). Targets: `targets` (Y), or truth·X with normal `noise` (standard deviation, default 0). `normalisation`:
 * `halfMean` = 1/(2m) (default), `mean` = 1/m, `half` = 1/2, `sum` = 1. Computed through a QR decomposition of Xᵀ, never X Xᵀ.
 *
 * Making it throws an `InputError` when both or neither of `inputs` and `samples`, or of `targets` and `truth`, are given, and when
 * shapes or numbers of samples do not agree.
 *
 * Source: Cohen, Razin 2024 (arXiv 2408.13767), section 2; Saxe, McClelland, Ganguli 2014 (arXiv 1312.6120).
 *
 * ```ts
 * const loss = squared({ inputs: values({ data: [[1, 0, 1], [0, 1, 1]] }), targets: values({ data: [[1, 2, 3]] }) })
 * await simulate({ loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 1 } })
 * ```
 */
export const squared = entry(
  {
    kind: 'squared',
    title: 'Squared regression',
    symbol: '\\ell(W) = c \\lVert W X - Y \\rVert_F^2',
    help: 'least squares over pairs of inputs and targets; with fewer samples than inputs there are many solutions',
    source:
      'Cohen, Razin 2024 (arXiv 2408.13767), section 2; Saxe, McClelland, Ganguli 2014 (arXiv 1312.6120)',
  },
  parameters,
  {
    create(spec: Parsed<typeof parameters>, context: LossContext): Loss {
      const data = regressionData('squared', spec, context)
      const normalisation = normalisationOf(spec.normalisation, data.inputs.rows)
      return squaredLoss('squared', data, normalisation, context)
    },
  },
)

const REACHED = { value: 0, because: 'the targets are truth·inputs, without noise' }

/** Whole passes on the compressed data, mini-batches on the samples. */
export function squaredLoss(
  kind: string,
  { inputs, targets, truth, exact }: RegressionData,
  normalisation: Normalisation,
  { engine }: LossContext,
): Loss {
  const { factor } = normalisation
  const quadratic = compressed(engine, inputs, targets, factor)
  const terms = powerTerms(targets.data.slice(), targets.columns, 2)
  const known = knownOfDense(engine, quadratic)
  const { batchGradientInto } = sampleSum(engine, inputs, targets.columns, factor, terms)
  return {
    kind,
    shape: [targets.columns, inputs.columns],
    normalisation,
    samples: inputs.rows,
    ...denseQuadratic(engine, quadratic),
    batchGradientInto,
    known: exact ? { ...known, minimum: REACHED } : known,
    quadratic,
    ...(truth && { truth }),
  }
}
