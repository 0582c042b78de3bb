import { z } from 'zod'
import { createMatrix, matrixSpec } from '../data/index.ts'
import { randomOf, seed } from '../data/seed.ts'
import type { SingularValueDecomposition } from '../engine/engine.ts'
import { InputError } from '../input-error.ts'
import { haar } from '../linalg/haar.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Parameters } from '../networks/network.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import { fillGaussian } from './gaussian.ts'
import type { InitContext } from './init.ts'
import { rootedDeviations } from './rooted.ts'

const parameters = {
  target: matrixSpec.optional().meta({
    description:
      'the end-to-end matrix to start from; default the product of Gaussian layers drawn as by the init rooted',
    symbol: 'A',
    instead: ['scale'],
  }),
  scale: z.number().positive().optional().meta({
    description:
      'scale of the default target: its mean squared Frobenius norm is scale²·d_n; default 1e-3. For a given target leave it out',
    symbol: '\\alpha',
  }),
  seed,
}

type BalancedSpec = Parsed<typeof parameters>

/**
 * Singular values below this part of the largest are rounding errors of a zero. They are set to zero before the n-th root, which
 * would make a layer's singular value of 1e-16^{1/n} of each of them.
 */
const RANK_THRESHOLD = 1e-13

/**
 * W_j = Q_j Σ^{1/n} Q_{j−1}ᵀ for the singular value decomposition A = Q_n Σ Q_0ᵀ of the target A (d_n×d_0) and random (Haar) Q_j with
 * orthonormal columns in between: W_n···W_1 = A and W_{j+1}ᵀ W_{j+1} = W_j W_jᵀ, both up to rounding, for targets of any rank.
 *
 * `target` is A; by default the product of Gaussian layers as of `rooted`, with `scale` (default 1e-3): E‖A‖²_F = scale²·d_n.
 *
 * Filling throws an `InputError` when a target is not d_n×d_0 or comes with a scale, when a hidden layer is narrower than the rank of
 * the target, and when the target is zero at depth ≥ 2, a stationary point.
 *
 * Source: Arora, Cohen, Golowich, Hu 2019 (arXiv 1810.02281), Procedure 1.
 *
 * ```ts
 * const loss = whitened({ target: spectrum({ rows: 4, columns: 3, singularValues: [2, 1] }) })
 * const init = balanced({ target: gaussianMatrix({ rows: 4, columns: 3, deviation: 0.1 }) })
 * await simulate({ loss, network: linear({ depth: 3 }), init, dynamics: gradientFlow, until: { time: 1 } })
 * ```
 */
export const balanced = entry(
  {
    kind: 'balanced',
    title: 'Balanced',
    symbol: 'W_j(0) = Q_j \\Sigma^{1/n} Q_{j-1}^\\top',
    help: 'factors a matrix, random or given, into layers with exactly balanced singular values',
    source: 'Arora, Cohen, Golowich, Hu 2019 (arXiv 1810.02281), Procedure 1',
  },
  parameters,
  {
    fill(weights: Parameters, spec: BalancedSpec, context: InitContext): void {
      const { engine, network } = context
      const random = randomOf(spec, context)
      engine.scoped(() => {
        const target = targetOf(spec, { ...context, random })
        if (network.depth === 1) engine.copyInto(weights.layers[0]!, target)
        else fillFactors(weights, engine.svd(target), { ...context, random })
      })
    },
  },
)

function targetOf(spec: BalancedSpec, context: InitContext): Matrix {
  const { engine, network } = context
  const [rows, columns] = [network.widths[network.depth]!, network.widths[0]!]
  if (!spec.target) {
    const layers = network.allocate()
    const product = engine.matrix(rows, columns)
    const deviations = rootedDeviations(spec.scale ?? 1e-3, network, engine)
    fillGaussian(layers, deviations, engine, context.random)
    network.endToEndInto(product, layers)
    return product
  }
  if (spec.scale !== undefined)
    throw new InputError('balanced: scale is for the default target, and a target is given; leave scale out.')
  const target = createMatrix(spec.target, context, 'target')
  if (target.rows !== rows || target.columns !== columns)
    throw new InputError(
      `balanced: target is ${target.rows}×${target.columns}, but the end-to-end matrix is ${rows}×${columns}; make them agree.`,
    )
  return target
}

function fillFactors(
  { layers }: Parameters,
  { U, values, V }: SingularValueDecomposition,
  { engine, network, random }: InitContext,
): void {
  const { depth, widths } = network
  const rank = values.filter((value) => value > RANK_THRESHOLD * values[0]!).length
  if (rank === 0)
    throw new InputError(
      `balanced: the target is zero, where the gradient of a network of depth ${depth} vanishes; give a nonzero target.`,
    )
  const narrow = widths.findIndex((width) => width < rank)
  if (narrow >= 0)
    throw new InputError(
      `balanced: the target has rank ${rank}, but hidden layer ${narrow} has width ${widths[narrow]}; widen it to at least ${rank}, or lower the rank of the target.`,
    )
  const frame = (j: number) => {
    if (j === 0) return scaledColumns(V, engine.matrix(V.rows, rank), () => 1)
    if (j === depth) return scaledColumns(U, engine.matrix(U.rows, rank), () => 1)
    return haar(engine, random.split(`frame ${j}`), widths[j]!, rank)
  }
  const roots = values.slice(0, rank).map((value) => engine.pow(value, 1 / depth))
  let before = frame(0)
  for (const [j, layer] of layers.entries()) {
    const after = frame(j + 1)
    const scaled = scaledColumns(after, engine.matrix(after.rows, rank), (r) => roots[r]!)
    engine.multiplyInto(layer, scaled, before, false, true)
    before = after
  }
}

/** out = the first columns of `matrix`, column r times factor(r). */
function scaledColumns(matrix: Matrix, out: Matrix, factor: (r: number) => number): Matrix {
  const rank = out.columns
  for (let i = 0; i < out.rows; i++)
    for (let r = 0; r < rank; r++) out.data[i * rank + r] = matrix.data[i * matrix.columns + r]! * factor(r)
  return out
}
