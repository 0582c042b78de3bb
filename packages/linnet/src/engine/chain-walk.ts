import type { Matrix } from '../linalg/matrix.ts'
import type { ChainLayout } from './chain-layout.ts'
import { type EngineMemory, FLOAT_BYTES } from './memory.ts'
import type { ChainKernels } from './residual.ts'

/**
 * The dense products of a chain, on byte offsets of θ and of a vector for the gradient. With P_j = W_j···W_1·left and M_n
 * the gradient of the objective in P_n, ∂φ/∂W_j = M_j·P_{j−1}ᵀ and M_{j−1} = W_jᵀ·M_j: three products a layer, none taken twice.
 */
export interface ChainWalk {
  /** Where W_j, or its gradient, begins in a vector. */
  layerAt(vector: number, j: number): number
  /** Where P_j lies after `forward`; P_0 is the left factor, P_1 is W_1 when there is none. */
  productAt(theta: number, j: number): number
  /** Where M_j is put on the way back; M_1 is the gradient of W_1 when there is no left factor. */
  errorAt(gradient: number, j: number): number
  /** Computes P_j for all j up to `last`. */
  forward(theta: number, last: number): void
  /** From M_from times `scale`, at `back`, the gradients of W_from, …, W_1. Needs `forward` up to from − 1. */
  backward(gradient: number, theta: number, from: number, back: number, scale: number): void
  /** P_n. */
  readonly output: Matrix
}

export function chainWalk(
  kernels: ChainKernels,
  memory: EngineMemory,
  { widths, depth, starts }: ChainLayout,
  left: Matrix | undefined,
): ChainWalk {
  const columns = left === undefined ? widths[0]! : left.columns
  const first = left === undefined ? 2 : 1 // the first layer that is multiplied from the right
  const products = widths.slice(first).map((rows) => memory.matrix(rows, columns))
  const places = products.map((product) => product.pointer)
  const widest = Math.max(...widths.slice(0, depth))
  const spares = [0, 1].map(() => memory.matrix(widest, columns).pointer)
  const layerAt = (vector: number, j: number) => vector + starts[j - 1]! * FLOAT_BYTES
  const productAt = (theta: number, j: number) => {
    if (j >= first) return places[j - first]!
    return left === undefined ? theta : left.pointer
  }
  const errorAt = (gradient: number, j: number) => (j === 1 && left === undefined ? gradient : spares[j & 1]!)
  return {
    layerAt,
    productAt,
    errorAt,
    output: products[products.length - 1]!,

    forward(theta, last) {
      for (let j = first; j <= last; j++) {
        const inner = widths[j - 1]!
        const w = layerAt(theta, j)
        kernels.multiply(
          0,
          0,
          widths[j]!,
          columns,
          inner,
          1,
          w,
          productAt(theta, j - 1),
          0,
          productAt(theta, j),
        )
      }
    },

    backward(gradient, theta, from, back, scale) {
      let m = back
      let factor = scale
      for (let j = from; j >= first; j--) {
        const rows = widths[j]!
        const inner = widths[j - 1]!
        const g = layerAt(gradient, j)
        kernels.multiply(0, 1, rows, inner, columns, factor, m, productAt(theta, j - 1), 0, g)
        if (j === 1) return
        const next = errorAt(gradient, j - 1)
        kernels.multiply(1, 0, inner, columns, rows, factor, layerAt(theta, j), m, 0, next)
        m = next
        factor = 1
      }
    },
  }
}
