import type { Engine } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Parameters } from '../networks/network.ts'
import type { Objective } from './objective.ts'

/** Power iterations behind a sentence about a step size: two digits are enough there. */
const ITERATIONS = 30

/**
 * The largest eigenvalue of ∇²φ(θ) to about two digits, by power iteration on exact Hessian-vector products (Marion and
 * Chizat 2024, arXiv 2405.13456, call it the sharpness). Where a negative eigenvalue is larger in absolute value, a second
 * iteration on the shifted Hessian finds the largest one all the same. Frees what it takes.
 */
export function largestCurvature(objective: Objective, theta: Parameters, iterations = ITERATIONS): number {
  const { engine, network } = objective
  return engine.scoped(() => {
    const direction = network.allocate()
    const image = network.allocate()
    const iterate = (shift: number): number => {
      fillDirection(engine, direction.vector)
      let eigenvalue = 0
      for (let i = 0; i < iterations; i++) {
        objective.hessianVectorInto(image, theta, direction)
        engine.combineInto(image.vector, [1, shift], [image.vector, direction.vector])
        eigenvalue = engine.dot(direction.vector, image.vector)
        const length = engine.norm(image.vector)
        if (!(length > 0) || length === Number.POSITIVE_INFINITY) break
        engine.combineInto(direction.vector, [1 / length], [image.vector])
      }
      return eigenvalue - shift
    }
    const dominant = iterate(0)
    return dominant >= 0 ? dominant : iterate(-dominant)
  })
}

/** A unit vector without symmetry: signs and sizes from the golden ratio's multiples, the same everywhere. */
export function fillDirection(engine: Engine, out: Matrix): void {
  const golden = 0.6180339887498949
  const data = out.data
  for (let i = 0; i < data.length; i++) {
    const turn = golden * (i + 1)
    data[i] = turn - Math.floor(turn) - 0.5
  }
  engine.scaleInto(out, 1 / engine.norm(out))
}
