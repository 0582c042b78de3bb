import { z } from 'zod'
import { randomOf, seed } from '../data/seed.ts'
import type { Engine } from '../engine/engine.ts'
import type { Random } from '../engine/random.ts'
import { InputError } from '../input-error.ts'
import type { Parameters } from '../networks/network.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import type { InitContext } from './init.ts'

const deviation = z.number().positive()

const parameters = {
  deviation: z
    .union([deviation, z.array(deviation).min(1)], {
      error: 'expected one standard deviation for all layers, or a list with one a layer',
    })
    .default(1e-2)
    .meta({
      description: 'standard deviation of every weight: one for all layers, or a list, W_1 first',
      symbol: 's_j',
    }),
  seed,
}

/**
 * Independent N(0, s_j²) weights in every layer W_j (d_j×d_{j−1}). Not balanced. The product of square d×d layers has root mean square
 * entries sⁿ·d^{(n−1)/2}: to ask for the scale of the product instead, see `rooted`.
 *
 * `deviation` is s_j: one standard deviation for all layers (default 1e-2), or a list, W_1 first.
 *
 * Filling throws an `InputError` when the list does not have one number a layer.
 *
 * Source: Arora, Cohen, Hazan 2018 (arXiv 1802.06509), section 8.
 *
 * ```ts
 * const loss = whitened({ target: spectrum({ rows: 4, columns: 3, singularValues: [2, 1] }) })
 * const init = gaussian({ deviation: [0.1, 0.2, 0.1] })
 * await simulate({ loss, network: linear({ depth: 3 }), init, dynamics: gradientFlow, until: { time: 1 } })
 * ```
 */
export const gaussian = entry(
  {
    kind: 'gaussian',
    title: 'Gaussian, per layer',
    symbol: '(W_j(0))_{ab} \\sim \\mathcal{N}(0, s_j^2)',
    help: 'independent normal weights with a given standard deviation per layer; not balanced',
    source: 'Arora, Cohen, Hazan 2018 (arXiv 1802.06509), section 8',
  },
  parameters,
  {
    fill(weights: Parameters, spec: Parsed<typeof parameters>, context: InitContext): void {
      const { depth } = context.network
      if (Array.isArray(spec.deviation) && spec.deviation.length !== depth)
        throw new InputError(
          `gaussian: deviation lists ${spec.deviation.length} layers, but the network has ${depth}; give ${depth}, or one number for all.`,
        )
      const deviations = Array.isArray(spec.deviation)
        ? spec.deviation
        : new Array<number>(depth).fill(spec.deviation)
      fillGaussian(weights, deviations, context.engine, randomOf(spec, context))
    },
  },
)

/** Each layer with its own random source, so that another depth keeps the layers that it has in common. */
export function fillGaussian(
  { layers }: Parameters,
  deviations: readonly number[],
  engine: Engine,
  random: Random,
): void {
  for (const [j, layer] of layers.entries()) {
    random.split(`layer ${j + 1}`).normalInto(layer)
    engine.scaleInto(layer, deviations[j]!)
  }
}
