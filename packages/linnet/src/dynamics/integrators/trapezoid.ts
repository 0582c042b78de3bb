import type { Engine } from '../../engine/engine.ts'
import type { Matrix } from '../../linalg/matrix.ts'
import type { FlowPoint } from './integrator.ts'

/**
 * The local error that an RKC2 step of length h between these points has to leading order, h³θ‴/15, from the two ends alone:
 * ⅘(θ_0 − θ_1) − ⅖h(∇φ_0 + ∇φ_1) (Sommeijer, Shampine, Verwer 1997, equation 4.1). It does not matter by which method the
 * step was made, which is how another method can tell what RKC2 would do.
 */
export function trapezoidError(engine: Engine, from: FlowPoint, to: FlowPoint) {
  const terms = [from.theta.vector, to.theta.vector, from.gradient.vector, to.gradient.vector]
  const coefficients = [0.8, -0.8, 0, 0]
  return (out: Matrix, h: number): void => {
    coefficients[2] = -0.4 * h
    coefficients[3] = -0.4 * h
    engine.combineInto(out, coefficients, terms)
  }
}
