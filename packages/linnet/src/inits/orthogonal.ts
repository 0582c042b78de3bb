import { z } from 'zod'
import { randomOf, seed } from '../data/seed.ts'
import { haar } from '../linalg/haar.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Parameters } from '../networks/network.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import type { InitContext } from './init.ts'

const parameters = {
  scale: z.number().positive().default(1e-3).meta({
    description: 'singular value of the end-to-end matrix; each of the n layers has scale^(1/n)',
    symbol: '\\alpha',
  }),
  seed,
}

/**
 * W_j = scale^{1/n}·O_j E_j O_{j−1}ᵀ with independent uniformly distributed (Haar) orthogonal O_0, …, O_n and E_j the d_j×d_{j−1}
 * matrix with ones on its main diagonal. Every layer is scale^{1/n} times a uniformly distributed matrix with orthonormal rows or
 * columns, and W = scale·O_n E O_0ᵀ: all min_j d_j nonzero singular values are `scale`, which independent layers of different
 * widths would not give. Layers of equal widths are independent. Exactly balanced when min(d_j, d_{j−1}) is the same for all j.
 *
 * `scale` is the singular value of the end-to-end matrix (default 1e-3). Throws nothing.
 *
 * Source: Saxe, McClelland, Ganguli 2014 (arXiv 1312.6120); Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655).
 *
 * ```ts
 * const loss = whitened({ target: spectrum({ rows: 4, columns: 3, singularValues: [2, 1] }) })
 * const init = orthogonal({ scale: 1e-2, seed: 7 })
 * await simulate({ loss, network: linear({ depth: 3 }), init, dynamics: gradientFlow, until: { time: 1 } })
 * ```
 */
export const orthogonal = entry(
  {
    kind: 'orthogonal',
    title: 'Random orthogonal',
    symbol: 'W_j(0) = \\alpha^{1/n} O_j O_{j-1}^\\top',
    help: 'every layer a multiple of a random orthogonal matrix; all singular values of the product equal',
    source: 'Saxe, McClelland, Ganguli 2014 (arXiv 1312.6120); Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655)',
  },
  parameters,
  {
    fill({ layers }: Parameters, spec: Parsed<typeof parameters>, context: InitContext): void {
      const { engine, network } = context
      const random = randomOf(spec, context)
      const scale = engine.pow(spec.scale, 1 / network.depth)
      engine.scoped(() => {
        const commons = layers.map(({ rows, columns }) => Math.min(rows, columns))
        const frames = network.widths.map((d, j) =>
          haar(engine, random.split(`frame ${j}`), d, Math.max(commons[j - 1] ?? 0, commons[j] ?? 0)),
        )
        for (const [j, layer] of layers.entries()) {
          const common = commons[j]!
          const left = firstColumns(frames[j + 1]!, common, engine.matrix(layer.rows, common))
          const right = firstColumns(frames[j]!, common, engine.matrix(layer.columns, common))
          engine.multiplyInto(layer, left, right, false, true, scale)
        }
      })
    },
  },
)

function firstColumns(matrix: Matrix, count: number, out: Matrix): Matrix {
  for (let i = 0; i < matrix.rows; i++)
    for (let k = 0; k < count; k++) out.data[i * count + k] = matrix.data[i * matrix.columns + k]!
  return out
}
