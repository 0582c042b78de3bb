import type { DescentMethod, DescentReport, DescentStops } from '../engine/chain.ts'
import { stepping } from '../engine/stepping.ts'
import type { Parameters } from '../networks/network.ts'
import type { Objective } from './objective.ts'

/** What takes the steps: an engine's fused loop, or the loop over gradients. */
export interface Descender {
  /** Takes up to `steps` steps in place; the memory of the method goes on from call to call. */
  descend(theta: Parameters, method: DescentMethod, steps: number, stops: DescentStops): DescentReport
  /** Σ_t η_t²‖∇_{W_j}φ‖²_F over all steps, one number a layer. */
  readonly stepSquares: ArrayLike<number>
  /** Gradients evaluated beside those of the steps. */
  readonly looks?: number
}

/** The fused loop of the objective where it has one, a loop over its gradients otherwise. */
export function descenderOf(objective: Objective): Descender {
  const { chain } = objective
  if (chain === undefined)
    return composedDescender(objective, (gradient, theta) => objective.gradientInto(gradient, theta))
  chain.reset()
  return {
    descend: (theta, method, steps, stops) => chain.descend(theta.vector, method, steps, stops),
    stepSquares: chain.stepSquares,
  }
}

/**
 * The loop over any gradient, stochastic ones included: `gradientInto` writes a gradient at θ and returns the loss there. All
 * memory is taken here.
 */
export function composedDescender(
  { engine, network }: Pick<Objective, 'engine' | 'network'>,
  gradientInto: (gradient: Parameters, theta: Parameters) => number,
): Descender {
  return stepping(engine, { gradient: network.allocate(), velocity: network.allocate(), gradientInto })
}
