import type { Engine } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Network, Parameters } from './network.ts'

type Products = Pick<Network, 'endToEndInto' | 'pullbackInto' | 'pushforwardInto' | 'pullbackDerivativeInto'>

/**
 * The products of a linear network from the output side, where every factor has d_n rows: cheap when d_n < d_0 (the mirror
 * image of the input side). With B_j = W_n···W_{j+1} and F_j = G (W_j···W_1)ᵀ,
 *
 *     B_{j−1} = B_j W_j,   F_j = F_{j−1} W_jᵀ,   F_0 = G,   gradient_j = B_jᵀ F_{j−1}
 *
 * and, along a direction Δ with a dot for derivatives, Ḃ_{j−1} = Ḃ_j W_j + B_j Δ_j and Ḟ_j = Ḟ_{j−1} W_jᵀ + F_{j−1} Δ_jᵀ.
 */
export function fromOutput(engine: Engine, widths: readonly number[]): Products {
  const depth = widths.length - 1
  const outputs = widths[depth]!
  const unused = engine.matrix(0, 0)
  const hidden = () => widths.map((width, j) => (j > 0 && j < depth ? engine.matrix(outputs, width) : unused))
  /** B_j, Ḃ_j, F_j, Ḟ_j for 0 < j < n; the ends are the identity or handed in. */
  const [B, dB, F, dF] = [hidden(), hidden(), hidden(), hidden()]

  /** B_j for 0 < j < n. */
  function backward({ layers }: Parameters): void {
    for (let j = depth - 1; j >= 1; j--) {
      if (j === depth - 1) engine.copyInto(B[j]!, layers[depth - 1]!)
      else engine.multiplyInto(B[j]!, B[j + 1]!, layers[j]!)
    }
  }

  /** dOut = Ḃ_{j−1} = Ḃ_j W_j + B_j Δ_j. */
  function backwardDerivative(dOut: Matrix, j: number, weights: Parameters, direction: Parameters): void {
    if (j === depth) engine.copyInto(dOut, direction.layers[depth - 1]!)
    else {
      engine.multiplyInto(dOut, dB[j]!, weights.layers[j - 1]!)
      engine.multiplyInto(dOut, B[j]!, direction.layers[j - 1]!, false, false, 1, 1)
    }
  }

  return {
    endToEndInto(out, weights) {
      backward(weights)
      if (depth === 1) engine.copyInto(out, weights.layers[0]!)
      else engine.multiplyInto(out, B[1]!, weights.layers[0]!)
    },
    pullbackInto(gradient, weights, G) {
      backward(weights)
      for (let j = 1; j <= depth; j++) {
        const before = j === 1 ? G : F[j - 1]!
        if (j === depth) engine.copyInto(gradient.layers[j - 1]!, before)
        else {
          engine.multiplyInto(gradient.layers[j - 1]!, B[j]!, before, true)
          engine.multiplyInto(F[j]!, before, weights.layers[j - 1]!, false, true)
        }
      }
    },
    pushforwardInto(out, weights, direction) {
      backward(weights)
      for (let j = depth; j >= 1; j--) backwardDerivative(j === 1 ? out : dB[j - 1]!, j, weights, direction)
    },
    pullbackDerivativeInto(out, weights, direction, G) {
      backward(weights)
      for (let j = depth; j > 1; j--) backwardDerivative(dB[j - 1]!, j, weights, direction)
      for (let j = 1; j <= depth; j++) {
        const first = j === 1
        const before = first ? G : F[j - 1]!
        const outJ = out.layers[j - 1]!
        const layer = weights.layers[j - 1]!
        // Ḟ_0 = 0, for G is fixed.
        if (j === depth) {
          if (first) outJ.data.fill(0)
          else engine.copyInto(outJ, dF[j - 1]!)
          continue
        }
        engine.multiplyInto(outJ, dB[j]!, before, true)
        engine.multiplyInto(dF[j]!, before, direction.layers[j - 1]!, false, true)
        engine.multiplyInto(F[j]!, before, layer, false, true)
        if (first) continue
        engine.multiplyInto(outJ, B[j]!, dF[j - 1]!, true, false, 1, 1)
        engine.multiplyInto(dF[j]!, dF[j - 1]!, layer, false, true, 1, 1)
      }
    },
  }
}
