import { z } from 'zod'
import type { Engine } from '../engine/engine.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import type { Loss, LossContext } from './loss.ts'
import { normalisationOf, normalisationParameter } from './normalisation.ts'
import { powerTerms } from './power-terms.ts'
import { sampleSum } from './sample-sum.ts'
import { squaredLoss } from './squared.ts'
import { type RegressionData, regressionData, regressionParameters } from './targets.ts'

const parameters = {
  power: z.int().min(2).multipleOf(2).default(4).meta({ description: 'an even number p ≥ 2', symbol: 'p' }),
  ...regressionParameters,
  normalisation: normalisationParameter(
    ['mean', 'perPower', 'meanPerPower', 'sum'],
    'the sum over the m samples',
  ),
}

/**
 * ℓ(W) = factor·Σ_i ‖W x_i − y_i‖_p^p, by whole powers, over m samples, the columns of X (d_0×m) and Y (d_n×m); W is d_n×d_0.
 *
 * `power` is p, even (default 4). Inputs and targets as for `squared`: `inputs` or `samples` with `covariance`, `targets` or a
 * `truth` with `noise`. `normalisation`: `mean` = 1/m (default), `perPower` = 1/p, `meanPerPower` = 1/(pm), `sum` = 1.
 *
 * Making it throws an `InputError` where `squared` does.
 *
 * Source: Arora, Cohen, Hazan 2018 (arXiv 1802.06509), section 3; Cohen, Razin 2024 (arXiv 2408.13767), Claim 1.
 *
 * ```ts
 * const loss = lp({ truth: values({ data: [[1, 2]] }), samples: 8, covariance: [1, 0.1] })
 * await simulate({ loss, network: linear, init: identity, dynamics: gradientDescent({ stepSize: 0.01 }), until: { steps: 10 } })
 * ```
 */
export const lp = entry(
  {
    kind: 'lp',
    title: 'ℓₚ regression',
    symbol: '\\ell(W) = c \\sum_i \\lVert W x_i - y_i \\rVert_p^p',
    help: 'regression with an even power p > 2: flat near its minimum, where depth speeds descent up',
    source:
      'Arora, Cohen, Hazan 2018 (arXiv 1802.06509), section 3; Cohen, Razin 2024 (arXiv 2408.13767), Claim 1',
  },
  parameters,
  {
    create(spec: Parsed<typeof parameters>, context: LossContext): Loss {
      const data = regressionData('lp', spec, context)
      const { inputs, targets, truth } = data
      const { power } = spec
      const normalisation = normalisationOf(spec.normalisation, inputs.rows, power)
      if (power === 2) return squaredLoss('lp', data, normalisation, context)
      const terms = powerTerms(targets.data.slice(), targets.columns, power)
      return {
        kind: 'lp',
        shape: [targets.columns, inputs.columns],
        normalisation,
        samples: inputs.rows,
        ...sampleSum(context.engine, inputs, targets.columns, normalisation.factor, terms),
        known: knownOfPower(context.engine, data),
        ...(truth && { truth }),
      }
    },
  },
)

/**
 * For p ≥ 4 the curvature vanishes where every residual does and grows without bound: where the targets can be matched the
 * minimum is 0 and there is no strong convexity; there is never a global smoothness.
 */
function knownOfPower(engine: Engine, { inputs, exact }: RegressionData): Loss['known'] {
  const why = exact
    ? 'the targets are truth·inputs, without noise'
    : independent(engine, inputs)
      ? 'the inputs are linearly independent, so that every target can be matched'
      : undefined
  if (why) return { minimum: zero(why), strongConvexity: zero(`no curvature at the minimum: ${why}`) }
  return inputs.rows < inputs.columns
    ? { strongConvexity: zero('fewer samples than inputs: some directions do not change the loss') }
    : {}
}

const zero = (because: string) => ({ value: 0, because })

/** Whether the m inputs are linearly independent, judged as a numerical rank (max(m, d_0)·ε·σ_1). */
function independent(engine: Engine, inputs: RegressionData['inputs']): boolean {
  if (inputs.rows > inputs.columns) return false
  const values = engine.singularValues(inputs)
  return values.at(-1)! > inputs.columns * Number.EPSILON * values[0]!
}
