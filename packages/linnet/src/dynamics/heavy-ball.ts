import { z } from 'zod'
import { entry, type Parsed } from '../registry/entry.ts'
import { descenderOf } from './descent.ts'
import { DescentMotion } from './descent-motion.ts'
import type { DynamicsContext } from './dynamics.ts'
import { stepSizeParameter } from './gradient-descent.ts'

/** The share of the velocity that is kept from step to step. */
export const momentumParameter = (byDefault: number) =>
  z
    .number()
    .min(0)
    .lt(1)
    .default(byDefault)
    .meta({ description: 'share of the velocity kept from step to step', symbol: '\\beta' })

const parameters = { stepSize: stepSizeParameter, momentum: momentumParameter(0.9) }

/**
 * v ← βv − η∇φ(θ), θ ← θ + v, with v = 0 at first: the same as PyTorch's SGD with momentum at a constant step size. Does not conserve
 * W_{j+1}ᵀW_{j+1} − W_jW_jᵀ; `stepSquares` counts η²‖∇φ‖² all the same.
 *
 * `stepSize` is η, `momentum` is β (default 0.9). Starting throws nothing.
 *
 * Source: Polyak 1964, Some methods of speeding up the convergence of iteration methods.
 *
 * ```ts
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * const dynamics = heavyBall({ stepSize: 0.05, momentum: 0.8 })
 * await simulate({ loss, network: linear, init: identity, dynamics, until: { steps: 20 } })
 * ```
 */
export const heavyBall = entry(
  {
    kind: 'heavyBall',
    title: 'Heavy-ball momentum',
    symbol: 'v_{t+1} = \\beta v_t - \\eta \\nabla\\phi(\\theta_t),\\ \\theta_{t+1} = \\theta_t + v_{t+1}',
    help: 'gradient descent with a velocity; faster on ill-conditioned losses, and breaks the conservation law',
    source: 'Polyak 1964, Some methods of speeding up the convergence of iteration methods',
  },
  parameters,
  {
    clock: 'steps' as const,
    start({ stepSize, momentum }: Parsed<typeof parameters>, context: DynamicsContext) {
      return new DescentMotion(
        context,
        { kind: 'heavyBall', stepSize, momentum },
        descenderOf(context.objective),
      )
    },
  },
)
