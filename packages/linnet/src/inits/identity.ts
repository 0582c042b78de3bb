import { z } from 'zod'
import type { Parameters } from '../networks/network.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import type { InitContext } from './init.ts'

const parameters = {
  scale: z.number().positive().default(1e-3).meta({
    description:
      'singular value of the end-to-end matrix: each of the n layers is scale^(1/n) times the identity',
    symbol: '\\alpha',
  }),
}

/**
 * Every layer W_j (d_j×d_{j−1}) is scale^{1/n}·I (rectangular layers: on the main diagonal, zero elsewhere), so that W = scale·I at every
 * depth (up to the rank min_j d_j). Exactly balanced when min(d_j, d_{j−1}) is the same for all layers, as for equal widths.
 *
 * `scale` is the singular value of the end-to-end matrix (default 1e-3). Throws nothing.
 *
 * Source: Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), section 4, figure 3.
 *
 * ```ts
 * const loss = whitened({ target: spectrum({ rows: 4, columns: 3, singularValues: [2, 1] }) })
 * const init = identity({ scale: 1e-4 })
 * await simulate({ loss, network: linear({ depth: 3 }), init, dynamics: gradientFlow, until: { time: 1 } })
 * ```
 */
export const identity = entry(
  {
    kind: 'identity',
    title: 'Scaled identity',
    symbol: 'W_j(0) = \\alpha^{1/n} I',
    help: 'every layer a multiple of the identity, the end-to-end matrix scale·I at every depth; balanced for equal widths',
    source: 'Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), section 4, figure 3',
  },
  parameters,
  {
    fill(weights: Parameters, spec: Parsed<typeof parameters>, { engine, network }: InitContext): void {
      const layerScale = engine.pow(spec.scale, 1 / network.depth)
      weights.vector.data.fill(0)
      for (const layer of weights.layers) {
        for (let i = 0; i < Math.min(layer.rows, layer.columns); i++)
          layer.data[i * layer.columns + i] = layerScale
      }
    },
  },
)
