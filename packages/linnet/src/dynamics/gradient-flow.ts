import { z } from 'zod'
import type { Parameters } from '../networks/network.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import type { DynamicsContext } from './dynamics.ts'
import { FlowMotion } from './flow-motion.ts'
import { autoStepper } from './integrators/auto.ts'
import { dop853 } from './integrators/dop853.ts'
import { integrators } from './integrators/index.ts'
import type { Objective } from './objective.ts'

const parameters = {
  integrator: z
    .enum(['auto', ...integrators.entries.map((one) => one.kind)])
    .default('auto')
    .meta({
      description:
        'auto: an explicit method of high order while accuracy limits the step, a stabilised one while stability does',
    }),
  tolerance: z
    .number()
    .min(1e-13)
    .max(0.1)
    .default(1e-6)
    .meta({ description: 'error allowed in a step, relative to each weight' }),
  absolute: z.number().positive().optional().meta({
    description:
      'error allowed in a step for weights near zero; default: tolerance times the root mean square weight of the smallest initial layer',
  }),
  maximumStep: z.number().positive().optional().meta({ description: 'longest step, in flow time' }),
}

/**
 * θ̇ = −∇φ(θ) on the layers, with error control: each step keeps √(mean_i (e_i/(absolute + tolerance·|θ_i|))²) ≤ 1 for its
 * estimated local error e.
 *
 * The default absolute tolerance follows the smallest layer of the start that is not zero: greedy learning from a small start
 * amplifies what happens there, and an error that is small beside the final weights is not small beside the first. What it
 * cannot follow is a singular value that shrinks below `resolution` of the accounts: see there.
 *
 * Near a minimum the weights settle only up to the tolerance: limits on loss or gradient norm that are finer need a finer one.
 *
 * `tolerance` (relative, default 1e-6, from 1e-13 to 0.1), `absolute` and `maximumStep` (default none) as above; `integrator` is one of
 * `integrators` or `auto` (default). Starting throws nothing.
 *
 * Source: Arora, Cohen, Hazan 2018 (arXiv 1802.06509), section 3; Hairer, Nørsett, Wanner 1993.
 *
 * ```ts
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * const dynamics = gradientFlow({ integrator: 'dop853', tolerance: 1e-10 })
 * await simulate({ loss, network: linear, init: identity, dynamics, until: { time: 10 } })
 * ```
 */
export const gradientFlow = entry(
  {
    kind: 'gradientFlow',
    title: 'Gradient flow',
    symbol: '\\dot\\theta = -\\nabla\\phi(\\theta)',
    help: 'continuous time, solved to a tolerance: what the theorems speak of, and far fewer gradients than small steps',
    source: 'Arora, Cohen, Hazan 2018 (arXiv 1802.06509), section 3; Hairer, Nørsett, Wanner 1993',
  },
  parameters,
  {
    clock: 'time' as const,
    start(spec: Parsed<typeof parameters>, context: DynamicsContext) {
      const chosen = spec.integrator === 'auto' ? undefined : integrators.get(spec.integrator)
      return new FlowMotion(context, {
        relative: spec.tolerance,
        absolute: spec.absolute ?? spec.tolerance * smallestLayer(context.objective, context.start),
        maximumStep: spec.maximumStep,
        order: (chosen ?? dop853).order,
        create: chosen?.create ?? autoStepper,
      })
    },
  },
)

/** Root mean square entry of the smallest layer that is not zero; 1 when all are. */
function smallestLayer({ engine }: Pick<Objective, 'engine'>, { layers }: Parameters): number {
  const sizes = layers
    .map((layer) => engine.norm(layer) / Math.sqrt(layer.rows * layer.columns))
    .filter((size) => size > 0)
  return sizes.length === 0 ? 1 : Math.min(...sizes)
}
