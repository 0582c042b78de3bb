import { createMatrix, matrixSpec } from '../data/index.ts'
import { randomOf, seed } from '../data/seed.ts'
import type { Engine } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import { denseQuadratic, knownOfDense } from './dense-quadratic.ts'
import type { Loss, LossContext } from './loss.ts'
import { normalisationOf, normalisationParameter } from './normalisation.ts'
import { powerTerms } from './power-terms.ts'
import { sampleSum } from './sample-sum.ts'

const parameters = {
  target: matrixSpec.meta({
    description: 'matrix to be learned (d_n×d_0): the correlation of targets with whitened inputs',
    symbol: '\\Phi',
    examples: [{ kind: 'lowRank', rows: 20, columns: 20, rank: 2 }],
  }),
  normalisation: normalisationParameter(
    ['half', 'sum', 'mean', 'halfMean'],
    'the squared distance; m is the number of inputs, d_0',
  ),
  seed,
}

/**
 * ℓ(W) = factor·‖W − Φ‖²_F: regression whose inputs are whitened. `target` is Φ, of the shape d_n×d_0 of W; the m = d_0 samples that
 * mini-batches draw are its columns. `normalisation`: `half` = 1/2 (default), `sum` = 1, `mean` = 1/m, `halfMean` = 1/(2m).
 *
 * Making it throws only what making the target throws.
 *
 * Source: Saxe, McClelland, Ganguli 2014 (arXiv 1312.6120); Arora, Cohen, Golowich, Hu 2019 (arXiv 1810.02281).
 *
 * ```ts
 * const loss = whitened({ target: spectrum({ rows: 3, columns: 3, singularValues: [3, 2, 1] }) })
 * await simulate({ loss, network: linear({ depth: 3 }), init: balanced, dynamics: gradientFlow, until: { time: 1 } })
 * ```
 */
export const whitened = entry(
  {
    kind: 'whitened',
    title: 'Whitened regression',
    symbol: '\\ell(W) = c \\lVert W - \\Phi \\rVert_F^2',
    help: 'squared distance to a matrix: regression with whitened inputs, where closed forms of the dynamics exist',
    source:
      'Saxe, McClelland, Ganguli 2014 (arXiv 1312.6120); Arora, Cohen, Golowich, Hu 2019 (arXiv 1810.02281)',
  },
  parameters,
  {
    create(spec: Parsed<typeof parameters>, context: LossContext): Loss {
      const { engine } = context
      const truth = createMatrix(spec.target, { ...context, random: randomOf(spec, context) }, 'truth')
      const { rows: outputs, columns: inputs } = truth
      const normalisation = normalisationOf(spec.normalisation, inputs)
      const { factor } = normalisation
      const quadratic = { kind: 'dense', right: truth, factor, constant: 0 } as const
      return {
        kind: 'whitened',
        shape: [outputs, inputs],
        normalisation,
        samples: inputs,
        ...denseQuadratic(engine, quadratic),
        batchGradientInto: columnBatches(engine, truth, factor),
        known: knownOfDense(engine, quadratic),
        quadratic,
        truth,
      }
    },
  },
)

/** Mini-batches of columns: the samples are x_i = e_i with targets Φ e_i. */
function columnBatches(engine: Engine, target: Matrix, factor: number): Loss['batchGradientInto'] {
  const inputs = engine.matrix(target.columns, target.columns)
  for (let i = 0; i < target.columns; i++) inputs.data[i * target.columns + i] = 1
  const targets = engine.matrix(target.columns, target.rows)
  engine.transposeInto(targets, target)
  const terms = powerTerms(targets.data.slice(), target.rows, 2)
  return sampleSum(engine, inputs, target.rows, factor, terms).batchGradientInto
}
