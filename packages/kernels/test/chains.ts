// A chain by its definition, in plain loops: the oracle of the chain kernels.
import type { Kernels } from '../src/index.ts'
import { place, placeIndices } from './arrays.ts'

export type Matrix = { rows: number; columns: number; at: Float64Array }

export const matrixOf = (rows: number, columns: number, at: Float64Array): Matrix => ({ rows, columns, at })

export function times(a: Matrix, b: Matrix): Matrix {
  const out = matrixOf(a.rows, b.columns, new Float64Array(a.rows * b.columns))
  for (let i = 0; i < a.rows; i++) {
    for (let l = 0; l < a.columns; l++) {
      for (let j = 0; j < b.columns; j++) {
        out.at[i * b.columns + j]! += a.at[i * a.columns + l]! * b.at[l * b.columns + j]!
      }
    }
  }
  return out
}

export const parameterCount = (widths: number[]) =>
  widths.slice(1).reduce((total, width, j) => total + width * widths[j]!, 0)

export function endToEnd(widths: number[], theta: Float64Array): Matrix {
  let offset = 0
  let product: Matrix | undefined
  for (let j = 1; j < widths.length; j++) {
    const [rows, columns] = [widths[j]!, widths[j - 1]!]
    const layer = matrixOf(rows, columns, theta.subarray(offset, offset + rows * columns))
    product = product === undefined ? layer : times(layer, product)
    offset += rows * columns
  }
  return product!
}

/** One objective: its loss by the definition, and how it is given to a plan. */
export interface Objective {
  loss(w: Matrix): number
  attach(kernels: Kernels, plan: number): number
}

export function dense(
  widths: number[],
  left: Matrix | undefined,
  right: Matrix,
  factor: number,
  constant: number,
): Objective {
  return {
    loss: (w) => {
      const output = left === undefined ? w : times(w, left)
      return factor * output.at.reduce((sum, value, i) => sum + (value - right.at[i]!) ** 2, 0) + constant
    },
    attach: (kernels, plan) => {
      const l = left === undefined ? 0 : place(kernels, left.at)
      const q = left?.columns ?? widths[0]!
      return kernels.exports.chainDense(plan, q, l, place(kernels, right.at), factor, constant)
    },
  }
}

export function sensing(measurements: Float64Array[], b: Float64Array, factor: number): Objective {
  return {
    loss: (w) => {
      const residual = (a: Float64Array, i: number) =>
        a.reduce((sum, value, p) => sum + value * w.at[p]!, -b[i]!)
      return factor * measurements.reduce((sum, a, i) => sum + residual(a, i) ** 2, 0)
    },
    attach: (kernels, plan) => {
      const all = place(
        kernels,
        measurements.flatMap((a) => [...a]),
      )
      return kernels.exports.chainSensing(plan, measurements.length, all, place(kernels, b), factor)
    },
  }
}

/** `observed` are positions in W, ascending. */
export function completion(
  rows: number,
  columns: number,
  observed: number[],
  values: Float64Array,
  factor: number,
  pass: number,
): Objective {
  const row = (p: number) => Math.floor(p / columns)
  const starts = (count: number, index: (p: number) => number) =>
    Array.from({ length: count + 1 }, (_, i) => observed.filter((p) => index(p) < i).length)
  const order = observed
    .map((_, e) => e)
    .sort((e, f) => (observed[e]! % columns) - (observed[f]! % columns) || e - f)
  return {
    loss: (w) => factor * observed.reduce((sum, p, e) => sum + (w.at[p]! - values[e]!) ** 2, 0),
    attach: (kernels, plan) =>
      kernels.exports.chainCompletion(
        plan,
        observed.length,
        placeIndices(kernels, starts(rows, row)),
        placeIndices(
          kernels,
          observed.map((p) => p % columns),
        ),
        placeIndices(
          kernels,
          starts(columns, (p) => p % columns),
        ),
        placeIndices(
          kernels,
          order.map((e) => row(observed[e]!)),
        ),
        placeIndices(kernels, order),
        place(kernels, values),
        factor,
        pass,
      ),
  }
}

/** A plan with its objective. */
export function planOf(kernels: Kernels, widths: number[], objective: Objective): number {
  const plan = kernels.exports.chainCreate(widths.length - 1, placeIndices(kernels, widths))
  objective.attach(kernels, plan)
  return plan
}
