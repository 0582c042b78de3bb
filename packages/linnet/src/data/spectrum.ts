import { z } from 'zod'
import { InputError } from '../input-error.ts'
import { haar } from '../linalg/haar.ts'
import type { Matrix } from '../linalg/matrix.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import type { MatrixContext } from './matrix-source.ts'
import { randomOf, seed } from './seed.ts'

const parameters = {
  rows: z
    .int()
    .min(1)
    .meta({ description: 'number of rows', symbol: 'd_n', examples: [20] }),
  columns: z
    .int()
    .min(1)
    .meta({ description: 'number of columns', symbol: 'd_0', examples: [20] }),
  singularValues: z
    .array(z.number().nonnegative())
    .min(1)
    .meta({
      description: 'the nonzero singular values, in any order; at most min(rows, columns) of them',
      symbol: '\\sigma_1, \\sigma_2, \\dots',
      examples: [[3, 1]],
    }),
  aligned: z.boolean().default(false).meta({
    description:
      'put the singular values on the main diagonal (singular vectors are coordinate axes) instead of drawing the singular vectors at random',
  }),
  seed,
}

/**
 * U diag(σ) Vᵀ (rows×columns) with the given nonzero `singularValues`, in any order, and singular vectors drawn uniformly (Haar measure);
 * with `aligned` (default false) on the coordinate axes: the diagonal matrix.
 *
 * Making it throws an `InputError` for more than min(rows, columns) singular values.
 *
 * Source: Saxe, McClelland, Ganguli 2014 (arXiv 1312.6120); Mezzadri 2007 (arXiv math-ph/0609050).
 *
 * ```ts
 * const target = spectrum({ rows: 4, columns: 3, singularValues: [3, 1], aligned: true })
 * await simulate({ loss: whitened({ target }), network: linear, init: identity, dynamics: gradientFlow, until: { time: 1 } })
 * ```
 */
export const spectrum = entry(
  {
    kind: 'spectrum',
    title: 'Matrix with given singular values',
    symbol: 'U \\operatorname{diag}(\\sigma) V^\\top',
    help: 'given singular values, with random singular vectors or on the diagonal',
    source: 'Saxe, McClelland, Ganguli 2014 (arXiv 1312.6120); Mezzadri 2007 (arXiv math-ph/0609050)',
  },
  parameters,
  {
    create(spec: Parsed<typeof parameters>, context: MatrixContext): Matrix {
      const { engine } = context
      const { rows, columns, singularValues: values } = spec
      if (values.length > Math.min(rows, columns))
        throw new InputError(
          `spectrum: a ${rows}×${columns} matrix has ${Math.min(rows, columns)} singular values, not ${values.length}; shorten singularValues.`,
        )
      const product = engine.matrix(rows, columns)
      if (spec.aligned) for (const [i, value] of values.entries()) product.data[i * columns + i] = value
      else multiplyOut(product, values, spec, context)
      return product
    },
  },
)

function multiplyOut(
  product: Matrix,
  values: readonly number[],
  spec: Parsed<typeof parameters>,
  context: MatrixContext,
): void {
  const { engine } = context
  const random = randomOf(spec, context)
  engine.scoped(() => {
    const U = haar(engine, random.split('U'), product.rows, values.length)
    const V = haar(engine, random.split('V'), product.columns, values.length)
    const { data } = U
    for (let e = 0; e < data.length; e++) data[e] = data[e]! * values[e % values.length]!
    engine.multiplyInto(product, U, V, false, true)
  })
}
