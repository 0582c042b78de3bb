import type { Parameters } from '../../networks/network.ts'
import { genericDirectionInto } from '../generic-direction.ts'
import type { FlowPoint, GradientField } from './integrator.ts'

/** Differences are taken over √ε of the size of θ: truncation and rounding are then alike. */
const DIFFERENCE = 1 / 2 ** 26

export interface SpectralRadiusOptions {
  /** Stop when two estimates in a row differ by less than this share. */
  readonly agreement: number
  readonly iterations: number
}

/**
 * Estimates the spectral radius of ∇²φ along a path by the nonlinear power method of RKC (Sommeijer, Shampine, Verwer 1997,
 * section 4): the product with the Hessian is the difference of two gradients, one of which is known already, so that an
 * iteration costs one gradient where an exact product costs three. Each call begins with the vector where the last one
 * ended, so that two or three iterations do. Approaches the radius from below: callers add a margin.
 */
export function spectralRadiusEstimator(
  field: GradientField,
  { agreement, iterations }: SpectralRadiusOptions,
): (at: FlowPoint) => number {
  const { engine, network } = field.objective
  const direction = network.allocate()
  const moved: Parameters = network.allocate()
  const difference = network.allocate()
  genericDirectionInto(engine, direction.vector)
  return (at) => {
    const size = engine.norm(at.theta.vector)
    const distance = DIFFERENCE * (size > 0 ? size : 1)
    let radius = 0
    for (let i = 1; i <= iterations; i++) {
      engine.combineInto(moved.vector, [1, distance], [at.theta.vector, direction.vector])
      field.gradientInto(difference, moved)
      engine.combineInto(difference.vector, [1, -1], [difference.vector, at.gradient.vector])
      const length = engine.norm(difference.vector)
      const previous = radius
      radius = length / distance
      if (!(length > 0 && length < Number.POSITIVE_INFINITY)) return radius
      engine.combineInto(direction.vector, [1 / length], [difference.vector])
      if (i > 1 && Math.abs(radius - previous) <= agreement * radius) return radius
    }
    return radius
  }
}
