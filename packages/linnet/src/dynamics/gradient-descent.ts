import { z } from 'zod'
import { entry, type Parsed } from '../registry/entry.ts'
import { descenderOf } from './descent.ts'
import { DescentMotion } from './descent-motion.ts'
import type { DynamicsContext } from './dynamics.ts'

/** The step size of a descent; there is no default that is right for every loss. */
export const stepSizeParameter = z
  .number()
  .positive()
  .meta({
    description: 'step size (learning rate); stable at a minimum below 2/λ',
    symbol: '\\eta',
    examples: [0.01],
  })

const parameters = { stepSize: stepSizeParameter }

/**
 * θ ← θ − η∇φ(θ) over all layers θ = (W_1, …, W_n). Conserves W_{j+1}ᵀW_{j+1} − W_jW_jᵀ up to η² a step, exactly accounted for in
 * `stepSquares`. Until how many `steps` is for the config to say.
 *
 * `stepSize` is η, in units of flow time. Starting throws nothing; too long a step ends the run as diverged.
 *
 * Source: Arora, Cohen, Golowich, Hu 2019 (arXiv 1810.02281), section 2.
 *
 * ```ts
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * const run = await simulate({ loss, network: linear, init: identity, dynamics: gradientDescent({ stepSize: 0.1 }), until: { steps: 20 } })
 * run.accounts.stepSquares
 * ```
 */
export const gradientDescent = entry(
  {
    kind: 'gradientDescent',
    title: 'Gradient descent',
    symbol: '\\theta_{t+1} = \\theta_t - \\eta \\nabla\\phi(\\theta_t)',
    help: 'full-batch steps of one size',
    source: 'Arora, Cohen, Golowich, Hu 2019 (arXiv 1810.02281), section 2',
  },
  parameters,
  {
    clock: 'steps' as const,
    start({ stepSize }: Parsed<typeof parameters>, context: DynamicsContext) {
      return new DescentMotion(context, { kind: 'gradientDescent', stepSize }, descenderOf(context.objective))
    },
  },
)
