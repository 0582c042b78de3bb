import { z } from 'zod'
import type { Matrix } from '../linalg/matrix.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import type { MatrixContext } from './matrix-source.ts'
import { randomOf, seed } from './seed.ts'

const parameters = {
  rows: z
    .int()
    .min(1)
    .meta({ description: 'number of rows', examples: [20] }),
  columns: z
    .int()
    .min(1)
    .meta({ description: 'number of columns', examples: [20] }),
  deviation: z
    .number()
    .positive()
    .default(1)
    .meta({ description: 'standard deviation of the entries', symbol: 's' }),
  seed,
}

/**
 * Independent N(0, deviation²) entries, rows×columns; `deviation` defaults to 1. Throws nothing.
 *
 * Source: Arora, Cohen, Golowich, Hu 2019 (arXiv 1810.02281).
 *
 * ```ts
 * const target = gaussianMatrix({ rows: 3, columns: 3, deviation: 0.5 })
 * await simulate({ loss: whitened({ target }), network: linear, init: identity, dynamics: gradientFlow, until: { time: 1 } })
 * ```
 */
export const gaussianMatrix = entry(
  {
    kind: 'gaussian',
    title: 'Gaussian matrix',
    symbol: 'W_{ij} \\sim \\mathcal{N}(0, s^2)',
    help: 'independent normal entries with mean zero',
    source: 'Arora, Cohen, Golowich, Hu 2019 (arXiv 1810.02281)',
  },
  parameters,
  {
    create(spec: Parsed<typeof parameters>, context: MatrixContext): Matrix {
      const matrix = context.engine.matrix(spec.rows, spec.columns)
      randomOf(spec, context).normalInto(matrix)
      context.engine.scaleInto(matrix, spec.deviation)
      return matrix
    },
  },
)
