import type { Matrix } from '../linalg/matrix.ts'
import type { QuadraticObjective } from './chain.ts'
import type { ChainLayout } from './chain-layout.ts'
import { type ChainWalk, chainWalk } from './chain-walk.ts'
import type { EngineMemory } from './memory.ts'
import {
  type ChainKernels,
  type Completion,
  completionResidual,
  differenceResidual,
  type Residual,
  regressionResidual,
  sensingResidual,
} from './residual.ts'

/** φ and ∇φ of a chain, on byte offsets of θ and of a vector for the gradient. */
export interface Passes {
  loss(theta: number): number
  /** Writes ∇φ(θ) and returns φ(θ). */
  gradient(gradient: number, theta: number): number
}

function densePasses(walk: ChainWalk, depth: number, residual: Residual): Passes {
  const { output } = walk
  function loss(theta: number): number {
    walk.forward(theta, depth)
    return residual.evaluate(output)
  }
  return {
    loss,
    gradient(gradient, theta) {
      const value = loss(theta)
      walk.backward(gradient, theta, depth, residual.pointer(output), residual.scale)
      return value
    },
  }
}

/** The passes of a single layer, which is the end-to-end matrix itself. */
function directPasses(
  kernels: ChainKernels,
  memory: EngineMemory,
  { widths, size }: ChainLayout,
  residual: Residual,
): Passes {
  const output = memory.matrix(widths[1]!, widths[0]!)
  const from = memory.indices([0])
  const factor = memory.matrix(1, 1)
  function scaled(to: number, x: number, by: number): void {
    from.data[0] = x
    factor.data[0] = by
    kernels.combine(to, 1, from.pointer, factor.pointer, size)
  }
  function loss(theta: number): number {
    scaled(output.pointer, theta, 1)
    return residual.evaluate(output)
  }
  return {
    loss,
    gradient(gradient, theta) {
      const value = loss(theta)
      scaled(gradient, residual.pointer(output), residual.scale)
      return value
    },
  }
}

/**
 * The passes of completion over the observed entries alone. The kernels want P_{n−1} by columns, so it is made transposed:
 * Q = P_{n−1}ᵀ, and the first step back gives M_{n−1}ᵀ.
 */
function sparsePasses(
  kernels: ChainKernels,
  memory: EngineMemory,
  { widths, depth }: ChainLayout,
  walk: ChainWalk,
  { pattern, values, factor }: Completion,
): Passes {
  const [columns, inner, rows] = [widths[0]!, widths[depth - 1]!, widths[depth]!]
  const { count } = pattern
  const [Q, M, errors] = [
    memory.matrix(columns, inner),
    memory.matrix(columns, inner),
    memory.matrix(count, 1),
  ]
  const byColumns = memory.matrix(count, 1)

  // Moving the errors once is cheaper than looking for each of them for every few columns of the product.
  function orderByColumns(): void {
    const from = errors.data
    const to = byColumns.data
    const order = pattern.order.data
    for (let e = 0; e < count; e++) to[e] = from[order[e]!]!
  }

  function transposedProduct(theta: number): void {
    const below = depth - 1
    if (below === 1) kernels.transpose(Q.pointer, theta, inner, columns)
    else {
      walk.forward(theta, below - 1)
      const w = walk.layerAt(theta, below)
      const p = walk.productAt(theta, below - 1)
      kernels.multiply(1, 1, columns, inner, widths[below - 1]!, 1, p, w, 0, Q.pointer)
    }
  }

  function loss(theta: number): number {
    transposedProduct(theta)
    const { rowStarts, columnIndices } = pattern
    const top = walk.layerAt(theta, depth)
    const e = errors.pointer
    kernels.sampledProduct(
      1,
      rows,
      columns,
      inner,
      rowStarts.pointer,
      columnIndices.pointer,
      top,
      Q.pointer,
      e,
    )
    kernels.axpy(count, -1, values.pointer, e)
    return factor * kernels.dot(count, e, e)
  }

  function topGradients(gradient: number, theta: number): void {
    const { rowStarts, columnIndices, columnStarts, rowIndices } = pattern
    const e = errors.pointer
    const g = walk.layerAt(gradient, depth)
    kernels.scale(count, 2 * factor, e)
    kernels.sparseTimes(rows, columns, inner, rowStarts.pointer, columnIndices.pointer, e, Q.pointer, g)
    orderByColumns()
    kernels.sparseTimes(
      columns,
      rows,
      inner,
      columnStarts.pointer,
      rowIndices.pointer,
      byColumns.pointer,
      walk.layerAt(theta, depth),
      M.pointer,
    )
  }

  function secondGradients(gradient: number, theta: number): void {
    const j = depth - 1
    if (j === 1) {
      kernels.transpose(gradient, M.pointer, columns, inner)
      return
    }
    const below = widths[j - 1]!
    const g = walk.layerAt(gradient, j)
    kernels.multiply(1, 1, inner, below, columns, 1, M.pointer, walk.productAt(theta, j - 1), 0, g)
    const back = walk.errorAt(gradient, j - 1)
    kernels.multiply(1, 1, below, columns, inner, 1, walk.layerAt(theta, j), M.pointer, 0, back)
    walk.backward(gradient, theta, j - 1, back, 1)
  }

  return {
    loss,
    gradient(gradient, theta) {
      const value = loss(theta)
      topGradients(gradient, theta)
      secondGradients(gradient, theta)
      return value
    },
  }
}

function residualOf(
  kernels: ChainKernels,
  memory: EngineMemory,
  objective: QuadraticObjective,
  left: Matrix | undefined,
): Residual {
  if (objective.kind === 'sensing') return sensingResidual(kernels, memory, objective)
  if (objective.kind === 'completion') return completionResidual(memory, objective)
  return objective.left === undefined || left !== undefined
    ? differenceResidual(kernels, objective)
    : regressionResidual(kernels, memory, objective, objective.left)
}

/**
 * Density of the observed entries below which a pass over them alone beats a library's dense products: 15 against 50–60
 * GFLOP/s on x86-64 with AVX-512.
 */
const SPARSE_BELOW = 0.25

/** Whether the passes of a completion go over the observed entries alone. */
export function takesEntriesOnly({ pattern, pass = 'auto' }: Completion): boolean {
  if (pass !== 'auto') return pass === 'sparse'
  return pattern.count < SPARSE_BELOW * pattern.rows * pattern.columns
}

/** The passes of a chain on an objective. */
export function chainPasses(
  kernels: ChainKernels,
  memory: EngineMemory,
  layout: ChainLayout,
  objective: QuadraticObjective,
): Passes {
  const { widths, depth } = layout
  // With fewer columns than rows the left factor goes into the chain, which then has narrower products.
  const left =
    objective.kind === 'dense' && objective.left !== undefined && objective.left.columns <= widths[0]!
      ? objective.left
      : undefined
  if (depth === 1 && left === undefined)
    return directPasses(kernels, memory, layout, residualOf(kernels, memory, objective, left))
  const walk = chainWalk(kernels, memory, layout, left)
  if (objective.kind === 'completion' && takesEntriesOnly(objective))
    return sparsePasses(kernels, memory, layout, walk, objective)
  return densePasses(walk, depth, residualOf(kernels, memory, objective, left))
}
