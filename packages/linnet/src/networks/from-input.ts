import type { Engine } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Network, Parameters } from './network.ts'

type Products = Pick<Network, 'endToEndInto' | 'pullbackInto' | 'pushforwardInto' | 'pullbackDerivativeInto'>

/**
 * The products of a linear network from the input side, where every factor has d_0 columns: cheap when d_0 ≤ d_n. With
 * A_j = W_j···W_1 and E_j = (W_n···W_{j+1})ᵀ G,
 *
 *     A_j = W_j A_{j−1},   E_{j−1} = W_jᵀ E_j,   E_n = G,   gradient_j = E_j A_{j−1}ᵀ
 *
 * and, along a direction Δ with a dot for derivatives, Ȧ_j = Δ_j A_{j−1} + W_j Ȧ_{j−1} and Ė_{j−1} = Δ_jᵀ E_j + W_jᵀ Ė_j.
 */
export function fromInput(engine: Engine, widths: readonly number[]): Products {
  const depth = widths.length - 1
  const inputs = widths[0]!
  const unused = engine.matrix(0, 0)
  const hidden = () => widths.map((width, j) => (j > 0 && j < depth ? engine.matrix(width, inputs) : unused))
  /** A_j, Ȧ_j, E_j, Ė_j for 0 < j < n; the ends are the identity or handed in. */
  const [A, dA, E, dE] = [hidden(), hidden(), hidden(), hidden()]

  /** A_j for 0 < j < n. */
  function forward({ layers }: Parameters): void {
    for (let j = 1; j < depth; j++) {
      if (j === 1) engine.copyInto(A[1]!, layers[0]!)
      else engine.multiplyInto(A[j]!, layers[j - 1]!, A[j - 1]!)
    }
  }

  /** dOut = Δ_j A_{j−1} + W_j Ȧ_{j−1}. */
  function forwardDerivative(dOut: Matrix, j: number, weights: Parameters, direction: Parameters): void {
    if (j === 1) engine.copyInto(dOut, direction.layers[0]!)
    else {
      engine.multiplyInto(dOut, direction.layers[j - 1]!, A[j - 1]!)
      engine.multiplyInto(dOut, weights.layers[j - 1]!, dA[j - 1]!, false, false, 1, 1)
    }
  }

  return {
    endToEndInto(out, weights) {
      forward(weights)
      if (depth === 1) engine.copyInto(out, weights.layers[0]!)
      else engine.multiplyInto(out, weights.layers[depth - 1]!, A[depth - 1]!)
    },
    pullbackInto(gradient, weights, G) {
      forward(weights)
      for (let j = depth; j >= 1; j--) {
        const Ej = j === depth ? G : E[j]!
        if (j === 1) engine.copyInto(gradient.layers[0]!, Ej)
        else {
          engine.multiplyInto(gradient.layers[j - 1]!, Ej, A[j - 1]!, false, true)
          engine.multiplyInto(E[j - 1]!, weights.layers[j - 1]!, Ej, true)
        }
      }
    },
    pushforwardInto(out, weights, direction) {
      forward(weights)
      for (let j = 1; j <= depth; j++) forwardDerivative(j === depth ? out : dA[j]!, j, weights, direction)
    },
    pullbackDerivativeInto(out, weights, direction, G) {
      forward(weights)
      for (let j = 1; j < depth; j++) forwardDerivative(dA[j]!, j, weights, direction)
      for (let j = depth; j >= 1; j--) {
        const last = j === depth
        const Ej = last ? G : E[j]!
        const outJ = out.layers[j - 1]!
        const layer = weights.layers[j - 1]!
        // Ė_n = 0, for G is fixed.
        if (j === 1) {
          if (last) outJ.data.fill(0)
          else engine.copyInto(outJ, dE[1]!)
          continue
        }
        engine.multiplyInto(outJ, Ej, dA[j - 1]!, false, true)
        engine.multiplyInto(dE[j - 1]!, direction.layers[j - 1]!, Ej, true)
        engine.multiplyInto(E[j - 1]!, layer, Ej, true)
        if (last) continue
        engine.multiplyInto(outJ, dE[j]!, A[j - 1]!, false, true, 1, 1)
        engine.multiplyInto(dE[j - 1]!, layer, dE[j]!, true, false, 1, 1)
      }
    },
  }
}
