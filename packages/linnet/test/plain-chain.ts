// A chain and its objectives written out with plain arrays, as the definition says: the oracle of the fused loops.
import type { QuadraticObjective } from '../src/engine/chain.ts'

export interface Plain {
  readonly rows: number
  readonly columns: number
  readonly data: number[]
}

export function times(a: Plain, b: Plain): Plain {
  const data: number[] = []
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < b.columns; j++) {
      let sum = 0
      for (let l = 0; l < a.columns; l++) sum += a.data[i * a.columns + l]! * b.data[l * b.columns + j]!
      data.push(sum)
    }
  return { rows: a.rows, columns: b.columns, data }
}

export function transposed(a: Plain): Plain {
  const data: number[] = []
  for (let j = 0; j < a.columns; j++) for (let i = 0; i < a.rows; i++) data.push(a.data[i * a.columns + j]!)
  return { rows: a.columns, columns: a.rows, data }
}

function identity(size: number): Plain {
  const data = Array.from({ length: size * size }, (_, e) => (e % (size + 1) === 0 ? 1 : 0))
  return { rows: size, columns: size, data }
}

function plain(a: { rows: number; columns: number; data: ArrayLike<number> }): Plain {
  return { rows: a.rows, columns: a.columns, data: Array.from(a.data) }
}

/** The objective at W and its gradient there. */
export function objectiveAt(objective: QuadraticObjective, W: Plain): [value: number, gradient: Plain] {
  const { rows, columns } = W
  if (objective.kind === 'dense') {
    const left = objective.left === undefined ? identity(columns) : plain(objective.left)
    const product = times(W, left)
    const difference = { ...product, data: product.data.map((x, e) => x - objective.right.data[e]!) }
    const square = difference.data.reduce((sum, x) => sum + x * x, 0)
    const gradient = times(difference, transposed(left))
    const data = gradient.data.map((x) => 2 * objective.factor * x)
    return [objective.factor * square + objective.constant, { rows, columns, data }]
  }
  const data = Array<number>(rows * columns).fill(0)
  let value = 0
  if (objective.kind === 'sensing') {
    const { measurements: A, observations: b, factor } = objective
    for (let i = 0; i < A.rows; i++) {
      let residual = -b.data[i]!
      for (let e = 0; e < data.length; e++) residual += A.data[i * A.columns + e]! * W.data[e]!
      value += factor * residual * residual
      for (let e = 0; e < data.length; e++) data[e]! += 2 * factor * residual * A.data[i * A.columns + e]!
    }
    return [value, { rows, columns, data }]
  }
  const { pattern, values, factor } = objective
  for (let i = 0; i < rows; i++)
    for (let e = pattern.rowStarts.data[i]!; e < pattern.rowStarts.data[i + 1]!; e++) {
      const position = i * columns + pattern.columnIndices.data[e]!
      const residual = W.data[position]! - values.data[e]!
      value += factor * residual * residual
      data[position] = 2 * factor * residual
    }
  return [value, { rows, columns, data }]
}

export function layersOf(widths: readonly number[], theta: ArrayLike<number>): Plain[] {
  let start = 0
  return widths.slice(1).map((rows, j) => {
    const columns = widths[j]!
    const data = Array.from({ length: rows * columns }, (_, e) => theta[start + e]!)
    start += rows * columns
    return { rows, columns, data }
  })
}

/** φ(θ) and its gradient, layer by layer: ∂φ/∂W_j = (W_n···W_{j+1})ᵀ·G·(W_{j−1}···W_1)ᵀ. */
export function plainGradient(
  widths: readonly number[],
  objective: QuadraticObjective,
  theta: ArrayLike<number>,
): [value: number, layers: Plain[]] {
  const layers = layersOf(widths, theta)
  const product = (from: number, to: number): Plain =>
    layers.slice(from, to).reduce((below, layer) => times(layer, below), identity(widths[from]!))
  const [value, G] = objectiveAt(objective, product(0, layers.length))
  const gradients = layers.map((_, j) =>
    times(transposed(product(j + 1, layers.length)), times(G, transposed(product(0, j)))),
  )
  return [value, gradients]
}

export const squaredNorm = (layer: Plain) => layer.data.reduce((sum, x) => sum + x * x, 0)
