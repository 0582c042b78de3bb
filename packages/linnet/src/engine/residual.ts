import type { KernelExports } from '@linnet/kernels'
import type { Matrix } from '../linalg/matrix.ts'
import type { QuadraticObjective } from './chain.ts'
import type { EngineMemory } from './memory.ts'

/** The products that a chain is made of; see `KernelExports`. */
export type ChainKernels = Pick<
  KernelExports,
  | 'multiply'
  | 'multiplyVector'
  | 'transpose'
  | 'dot'
  | 'axpy'
  | 'combine'
  | 'scale'
  | 'sampledProduct'
  | 'sparseTimes'
>

/** The value of a quadratic objective at an end-to-end matrix, and its gradient there. */
export interface Residual {
  /** Reads the product, which it may overwrite, and returns the objective. */
  evaluate(product: Matrix): number
  /** Where `evaluate` left the matrix that times `scale` is the gradient. */
  pointer(product: Matrix): number
  readonly scale: number
}

type Dense = Extract<QuadraticObjective, { kind: 'dense' }>
type Sensing = Extract<QuadraticObjective, { kind: 'sensing' }>
export type Completion = Extract<QuadraticObjective, { kind: 'completion' }>

/** factor·‖P − right‖² + constant. */
export function differenceResidual(kernels: ChainKernels, objective: Dense): Residual {
  const { right, factor, constant } = objective
  const count = right.rows * right.columns
  return {
    evaluate(product) {
      kernels.axpy(count, -1, right.pointer, product.pointer)
      return factor * kernels.dot(count, product.pointer, product.pointer) + constant
    },
    pointer: (product) => product.pointer,
    scale: 2 * factor,
  }
}

/** factor·‖P·left − right‖² + constant, for a left factor with more columns than rows. */
export function regressionResidual(
  kernels: ChainKernels,
  memory: EngineMemory,
  objective: Dense,
  left: Matrix,
): Residual {
  const { rows, columns } = objective.right
  const inner = left.rows
  const difference = memory.matrix(rows, columns)
  const gradient = memory.matrix(rows, inner)
  const below = differenceResidual(kernels, objective)
  return {
    evaluate(product) {
      kernels.multiply(0, 0, rows, columns, inner, 1, product.pointer, left.pointer, 0, difference.pointer)
      const value = below.evaluate(difference)
      kernels.multiply(0, 1, rows, inner, columns, 1, difference.pointer, left.pointer, 0, gradient.pointer)
      return value
    },
    pointer: () => gradient.pointer,
    scale: below.scale,
  }
}

/** factor·Σ_i (⟨A_i, P⟩ − b_i)². */
export function sensingResidual(kernels: ChainKernels, memory: EngineMemory, objective: Sensing): Residual {
  const { measurements, observations, factor } = objective
  const { rows: count, columns: size } = measurements
  const errors = memory.matrix(count, 1)
  const gradient = memory.matrix(size, 1)
  return {
    evaluate(product) {
      errors.data.set(observations.data)
      kernels.multiplyVector(0, count, size, 1, measurements.pointer, product.pointer, -1, errors.pointer)
      kernels.multiplyVector(1, count, size, 1, measurements.pointer, errors.pointer, 0, gradient.pointer)
      return factor * kernels.dot(count, errors.pointer, errors.pointer)
    },
    pointer: () => gradient.pointer,
    scale: 2 * factor,
  }
}

/** factor·Σ_{(i,j) observed} (P_ij − x_ij)², from the whole product. */
export function completionResidual(memory: EngineMemory, objective: Completion): Residual {
  const { pattern, values, factor } = objective
  const { rows, columns, count } = pattern
  const gradient = memory.matrix(rows, columns) // zero for ever where nothing is observed
  const positions = new Int32Array(count)
  for (let row = 0; row < rows; row++)
    for (let e = pattern.rowStarts.data[row]!; e < pattern.rowStarts.data[row + 1]!; e++)
      positions[e] = row * columns + pattern.columnIndices.data[e]!
  return {
    evaluate(product) {
      const from = product.data
      const to = gradient.data
      const observed = values.data
      let sum = 0
      for (let e = 0; e < count; e++) {
        const position = positions[e]!
        const difference = from[position]! - observed[e]!
        to[position] = difference
        sum += difference * difference
      }
      return factor * sum
    },
    pointer: () => gradient.pointer,
    scale: 2 * factor,
  }
}
