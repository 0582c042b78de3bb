import { z } from 'zod'
import { randomOf, seed } from '../data/seed.ts'
import type { Engine } from '../engine/engine.ts'
import type { Network, Parameters } from '../networks/network.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import { fillGaussian } from './gaussian.ts'
import type { InitContext } from './init.ts'

const parameters = {
  scale: z.number().positive().default(1e-3).meta({
    description:
      'scale of the end-to-end matrix: its mean squared Frobenius norm is scale²·d_n at every depth',
    symbol: '\\alpha',
  }),
  seed,
}

/**
 * Independent normal weights, (W_j)_{ab} ~ N(0, scale^{2/n}/d_{j−1}), so that E‖W_n···W_1‖²_F = scale²·d_n exactly, at every
 * depth and for all widths: ‖W(0)‖_F ≈ scale·√d for d×d layers, as published. W_j is d_j×d_{j−1}. Not balanced.
 *
 * `scale` defaults to 1e-3. Throws nothing.
 *
 * Source: Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), section 4 and the code published with it.
 *
 * ```ts
 * const loss = whitened({ target: spectrum({ rows: 4, columns: 3, singularValues: [2, 1] }) })
 * const init = rooted({ scale: 1e-2 })
 * await simulate({ loss, network: linear({ depth: 3 }), init, dynamics: gradientFlow, until: { time: 1 } })
 * ```
 */
export const rooted = entry(
  {
    kind: 'rooted',
    title: 'Gaussian, by the scale of the product',
    symbol: '(W_j(0))_{ab} \\sim \\mathcal{N}(0, \\alpha^{2/n} / d_{j-1})',
    help: 'independent normal weights whose product has the same size at every depth; not balanced',
    source: 'Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), section 4 and the code published with it',
  },
  parameters,
  {
    fill(weights: Parameters, spec: Parsed<typeof parameters>, context: InitContext): void {
      const { engine, network } = context
      fillGaussian(weights, rootedDeviations(spec.scale, network, engine), engine, randomOf(spec, context))
    },
  },
)

/** scale^{1/n}/√d_{j−1} for each layer. */
export function rootedDeviations(scale: number, { depth, widths }: Network, engine: Engine): number[] {
  const root = engine.pow(scale, 1 / depth)
  return Array.from({ length: depth }, (_, j) => root / Math.sqrt(widths[j]!))
}
