import type { Matrix } from '../linalg/matrix.ts'
import { FLOAT_BYTES } from './memory.ts'

/** `3×4`. */
export function written(matrix: Matrix): string {
  return `${matrix.rows}×${matrix.columns}`
}

/** `3×4`, or `(4×3)ᵀ` for one that is used transposed. */
export function operand(matrix: Matrix, transposed: boolean): string {
  return transposed ? `(${written(matrix)})ᵀ` : written(matrix)
}

/** Throws unless `matrix` is rows×columns. */
export function expectShape(what: string, matrix: Matrix, rows: number, columns: number): void {
  if (matrix.rows !== rows || matrix.columns !== columns)
    throw new RangeError(`${what} is ${written(matrix)} and must be ${rows}×${columns}.`)
}

/** Throws unless `a` and `b` have the same shape. */
export function expectSameShape(what: string, a: Matrix, b: Matrix): void {
  if (a.rows !== b.rows || a.columns !== b.columns)
    throw new RangeError(`${what}: a ${written(a)} and a ${written(b)} matrix must have the same shape.`)
}

/** Throws when `out` shares memory with `a`. */
export function expectApart(what: string, out: Matrix, a: Matrix): void {
  const outEnd = out.pointer + out.rows * out.columns * FLOAT_BYTES
  const aEnd = a.pointer + a.rows * a.columns * FLOAT_BYTES
  if (out.pointer < aEnd && a.pointer < outEnd)
    throw new RangeError(
      `${what}: the ${written(out)} result overlaps the ${written(a)} operand: give it memory of its own.`,
    )
}
