import { z } from 'zod'
import { entry, type Parsed } from '../registry/entry.ts'
import { descenderOf } from './descent.ts'
import { DescentMotion } from './descent-motion.ts'
import type { DynamicsContext } from './dynamics.ts'

const parameters = {
  stepSize: z.number().positive().default(1e-3).meta({
    description: 'length of a step where the gradient is as large as its running average',
    symbol: '\\eta',
  }),
  decay: z
    .number()
    .min(0)
    .lt(1)
    .default(0.99)
    .meta({ description: 'share of the running average kept from step to step', symbol: '\\alpha' }),
  epsilon: z
    .number()
    .positive()
    .default(1e-4)
    .meta({ description: 'added to the root of the average', symbol: '\\epsilon' }),
}

/**
 * a ← αa + (1−α)‖∇φ‖², θ ← θ − η∇φ/(√(a/(1−αᵗ)) + ε): ONE running average over all parameters, so that the direction is that
 * of gradient descent and only the step adapts.
 *
 * `stepSize` is η (default 1e-3), `decay` is α (default 0.99), `epsilon` is ε (default 1e-4). Starting throws nothing.
 *
 * Source: Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), appendix on experiments, and their code.
 *
 * ```ts
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * await simulate({ loss, network: linear, init: identity, dynamics: groupRMSprop, until: { steps: 20 } })
 * ```
 */
export const groupRMSprop = entry(
  {
    kind: 'groupRMSprop',
    title: 'GroupRMSprop',
    symbol: '\\theta_{t+1} = \\theta_t - \\eta \\nabla\\phi / (\\sqrt{\\hat a_t} + \\epsilon)',
    help: 'gradient descent whose step adapts by one global scalar: long steps on plateaus, the same direction',
    source: 'Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), appendix on experiments, and their code',
  },
  parameters,
  {
    clock: 'steps' as const,
    start({ stepSize, decay, epsilon }: Parsed<typeof parameters>, context: DynamicsContext) {
      const method = { kind: 'groupRMSprop', stepSize, decay, epsilon } as const
      return new DescentMotion(context, method, descenderOf(context.objective))
    },
  },
)
