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
  normalisation: normalisationParameter(['halfMean', 'mean', 'half', 'sum']),
}

/** ℓ(W) = factor·Σ_i ‖W x_i − y_i‖². */
export const squared = entry(
  {
    kind: 'squared',
    title: 'Squared regression',
    symbol: '\\ell(W) = \\tfrac{1}{2m} \\lVert W X - Y \\rVert_F^2',
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
