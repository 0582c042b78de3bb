import { z } from 'zod'
import { createMatrix, matrixSpec } from '../data/index.ts'
import type { Engine } from '../engine/engine.ts'
import { InputError } from '../input-error.ts'
import type { Matrix } from '../linalg/matrix.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import { crossEntropyTerms } from './cross-entropy-terms.ts'
import type { Loss, LossContext } from './loss.ts'
import { normalisationOf, normalisationParameter } from './normalisation.ts'
import { sampleSum } from './sample-sum.ts'
import { type InputRows, inputRows, sampleParameters } from './samples.ts'

const parameters = {
  ...sampleParameters('labels'),
  labels: z
    .union([z.array(z.int().min(0)).min(1), matrixSpec], {
      error: 'expected a list of class numbers 0, 1, …, or a matrix with one of them a sample',
    })
    .optional()
    .meta({
      description: 'class of each sample, 0 … K−1; or give truth, and they follow from truth·inputs',
      symbol: 'y',
      instead: ['truth'],
    }),
  classes: z.int().min(2).optional().meta({
    description: 'number of classes; default the rows of truth, or the largest label + 1',
    symbol: 'K',
  }),
  labelling: z.enum(['argmax', 'sampled']).default('argmax').meta({
    description:
      'with a truth, the label is the largest entry of truth·x (separable data), or drawn with the softmax probabilities of truth·x',
  }),
  normalisation: normalisationParameter(['mean', 'sum'], 'the sum over the m samples'),
}

type LogisticSpec = Parsed<typeof parameters>

/**
 * ℓ(W) = factor·Σ_i [log Σ_k exp (W x_i)_k − (W x_i)_{y_i}] over m samples with inputs X (d_0×m) and classes y_i; W is K×d_0, one row
 * a class (K = `classes`; default the rows of the truth, or the largest label + 1).
 *
 * Inputs: `inputs` (X), or `samples` normal ones with `covariance` (its eigenvalues, one for all or d_0 of them; default 1) for a
 * `truth` (K×d_0). Labels: `labels` (m whole numbers 0 … K−1), or those of the truth by `labelling`: `argmax` of truth·x (default:
 * separable data) or `sampled` with its softmax probabilities. `normalisation`: `mean` = 1/m (default), `sum` = 1.
 *
 * Making it throws an `InputError` when both or neither of `inputs` and `samples`, or of `labels` and `truth`, are given, when there
 * are not as many labels as inputs, and for labels that are no classes.
 *
 * Source: Soudry, Hoffer, Nacson, Gunasekar, Srebro 2018 (arXiv 1710.10345); Ji, Telgarsky 2019 (arXiv 1810.02032).
 *
 * ```ts
 * const loss = logistic({ inputs: values({ data: [[1, 2, -1], [0, 1, 3]] }), labels: [0, 0, 1] })
 * await simulate({ loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 1 } })
 * ```
 */
export const logistic = entry(
  {
    kind: 'logistic',
    title: 'Logistic regression',
    symbol: '\\ell(W) = c \\sum_i \\log \\sum_k e^{(W x_i)_k - (W x_i)_{y_i}}',
    help: 'multinomial logistic regression (cross-entropy); on separable data the infimum 0 is reached only at infinity',
    source:
      'Soudry, Hoffer, Nacson, Gunasekar, Srebro 2018 (arXiv 1710.10345); Ji, Telgarsky 2019 (arXiv 1810.02032)',
  },
  parameters,
  {
    create(spec: LogisticSpec, outer: LossContext): Loss {
      if ((spec.labels === undefined) === (spec.truth === undefined))
        throw new InputError(
          `logistic: give either labels, or a truth that makes them from the inputs; ${spec.labels ? 'both' : 'neither'} of them given.`,
        )
      const data = inputRows('logistic', spec, outer)
      const { engine } = data.context
      const labels = spec.labels ? givenLabels(spec.labels, data) : labelsOfTruth(spec, data)
      const classes = spec.classes ?? data.truth?.rows ?? largest(labels) + 1
      check(labels, classes, data)
      const normalisation = normalisationOf(spec.normalisation, labels.length)
      const { factor } = normalisation
      return {
        kind: 'logistic',
        shape: [classes, data.rows.columns],
        normalisation,
        samples: labels.length,
        ...sampleSum(engine, data.rows, classes, factor, crossEntropyTerms(engine, labels, classes)),
        known: knownOf(engine, data.rows, classes, factor),
        ...(data.truth && { truth: data.truth }),
      }
    },
  },
)

function givenLabels(labels: NonNullable<LogisticSpec['labels']>, { context }: InputRows): Int32Array {
  const given = Array.isArray(labels) ? labels : createMatrix(labels, context, 'labels').data
  const odd = given.find((label) => !(Number.isInteger(label) && label >= 0))
  if (odd !== undefined)
    throw new InputError(`logistic: labels contains ${odd}; classes are whole numbers counted from 0.`)
  return Int32Array.from(given)
}

function labelsOfTruth({ labelling }: LogisticSpec, { rows, truth, context }: InputRows): Int32Array {
  const { engine } = context
  const random = context.random.split('labels')
  const classes = truth!.rows
  return engine.scoped(() => {
    const scores = engine.matrix(rows.rows, classes)
    engine.multiplyInto(scores, rows, truth!, false, true)
    if (labelling === 'sampled') addGumbel(scores, engine, random)
    return Int32Array.from({ length: rows.rows }, (_, i) =>
      indexOfLargest(scores.data.subarray(i * classes, (i + 1) * classes)),
    )
  })
}

/** The largest of z_k + Gumbel noise is k with the softmax probability of z_k (Gumbel 1954). */
function addGumbel(scores: Matrix, engine: Engine, random: LossContext['random']): void {
  const uniform = engine.matrix(scores.rows, scores.columns)
  random.uniformInto(uniform)
  const { data } = scores
  // 1 − u lies in (0, 1], so that the logarithm is finite; −log(1 − u) = 0 only for u = 0, and then the noise is +∞.
  for (let e = 0; e < data.length; e++) data[e] = data[e]! - engine.log(-engine.log1p(-uniform.data[e]!))
}

function indexOfLargest(row: Float64Array): number {
  let top = 0
  for (let k = 1; k < row.length; k++) if (row[k]! > row[top]!) top = k
  return top
}

const largest = (labels: Int32Array) => labels.reduce((a, b) => Math.max(a, b), 0)

function check(labels: Int32Array, classes: number, { rows, truth }: InputRows): void {
  if (labels.length !== rows.rows)
    throw new InputError(
      `logistic: there are ${rows.rows} inputs and ${labels.length} labels; give as many of both.`,
    )
  if (truth && truth.rows !== classes)
    throw new InputError(
      `logistic: truth has ${truth.rows} rows, one a class, and classes is ${classes}; leave classes out.`,
    )
  if (largest(labels) >= classes)
    throw new InputError(
      `logistic: label ${largest(labels)} is not among ${classes} classes 0 … ${classes - 1}; raise classes.`,
    )
  if (classes < 2)
    throw new InputError(
      'logistic: all labels are 0, and one class has nothing to learn; set classes to 2 or more.',
    )
}

/**
 * The Hessian is factor·Σ_i (diag p_i − p_i p_iᵀ) ⊗ x_i x_iᵀ. It never sees a vector added to all rows of W, and for two classes
 * it is largest at W = 0, where diag p − p pᵀ has the largest eigenvalue possible, 1/2, for every sample at once.
 */
function knownOf(engine: Engine, inputs: Matrix, classes: number, factor: number): Loss['known'] {
  const strongConvexity = { value: 0, because: 'the same vector added to all rows of W changes nothing' }
  if (classes !== 2) return { strongConvexity }
  const norm = engine.singularValues(inputs)[0]!
  return {
    strongConvexity,
    smoothness: {
      value: (factor / 2) * norm * norm,
      because: 'factor·σ_max(X)²/2, reached at W = 0 (two classes)',
    },
  }
}
