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
 * v ← βv − η∇φ(θ), θ ← θ + v (Polyak 1964), the same as PyTorch's SGD with momentum at a constant step size. Does not conserve
 * W_{j+1}ᵀW_{j+1} − W_jW_jᵀ; `stepSquares` counts η²‖∇φ‖² all the same.
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
