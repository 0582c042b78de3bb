import type { Engine } from '../../engine/engine.ts'
import type { Parameters } from '../../networks/network.ts'
import type { FlowPoint } from './integrator.ts'

/** The cubic through both ends with the slopes −∇φ there, at x in [0, 1] of a step of length h: error of order h⁴. */
export function hermite(engine: Engine, from: FlowPoint, to: FlowPoint) {
  const terms = [from.theta.vector, to.theta.vector, from.gradient.vector, to.gradient.vector]
  const coefficients = [0, 0, 0, 0]
  return (out: Parameters, h: number, x: number): void => {
    const y = 1 - x
    coefficients[0] = (1 + 2 * x) * y * y
    coefficients[1] = x * x * (3 - 2 * x)
    coefficients[2] = -h * x * y * y
    coefficients[3] = h * x * x * y
    engine.combineInto(out.vector, coefficients, terms)
  }
}
