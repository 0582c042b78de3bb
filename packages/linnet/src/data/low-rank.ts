import { z } from 'zod'
import { InputError } from '../input-error.ts'
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
  rank: z
    .int()
    .min(1)
    .meta({ description: 'rank, at most the smaller side', symbol: 'r', examples: [2] }),
  frobenius: z.number().positive().optional().meta({
    description:
      'Frobenius norm; default √(rows·columns), so that the entries have root mean square 1 (100 for 100×100)',
    symbol: '\\lVert W^* \\rVert_F',
  }),
  symmetric: z
    .boolean()
    .default(false)
    .meta({ description: 'symmetric and positive semidefinite: both factors the same (rows = columns)' }),
  seed,
}

/**
 * W* = U Vᵀ rescaled to the Frobenius norm `frobenius`, with independent N(0, 1) entries in U (rows×rank) and V (columns×rank). By default
 * ‖W*‖_F = √(rows·columns): entries of root mean square 1. `symmetric` (default false): V = U, positive semidefinite.
 *
 * Making it throws an `InputError` when `rank` is above min(rows, columns), and for a symmetric matrix that is not square.
 *
 * Source: Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), section 4 and the code published with it.
 *
 * ```ts
 * const target = lowRank({ rows: 5, columns: 4, rank: 2, frobenius: 1 })
 * await simulate({ loss: whitened({ target }), network: linear, init: identity, dynamics: gradientFlow, until: { time: 1 } })
 * ```
 */
export const lowRank = entry(
  {
    kind: 'lowRank',
    title: 'Random low-rank matrix',
    symbol: 'W^* \\propto U V^\\top',
    help: 'product of two Gaussian factors, rescaled to a given Frobenius norm',
    source: 'Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), section 4 and the code published with it',
  },
  parameters,
  {
    create(spec: Parsed<typeof parameters>, context: MatrixContext): Matrix {
      const { engine } = context
      const { rows, columns, rank } = spec
      check(spec)
      const random = randomOf(spec, context)
      const product = engine.matrix(rows, columns)
      engine.scoped(() => {
        const U = engine.matrix(rows, rank)
        random.split('U').normalInto(U)
        const V = spec.symmetric ? U : engine.matrix(columns, rank)
        if (!spec.symmetric) random.split('V').normalInto(V)
        engine.multiplyInto(product, U, V, false, true)
      })
      // The factor 1/√r is absorbed by the rescaling.
      const frobenius = spec.frobenius ?? Math.sqrt(rows * columns)
      engine.scaleInto(product, frobenius / engine.norm(product))
      return product
    },
  },
)

function check({ rows, columns, rank, symmetric }: Parsed<typeof parameters>): void {
  if (rank > Math.min(rows, columns))
    throw new InputError(`lowRank: a ${rows}×${columns} matrix cannot have rank ${rank}; lower rank.`)
  if (symmetric && rows !== columns)
    throw new InputError(
      `lowRank: a symmetric matrix is square, but rows = ${rows} and columns = ${columns}; make them equal.`,
    )
}
