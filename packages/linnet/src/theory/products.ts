import type { Engine } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'

// Statements are checked at a few snapshots, so here products may allocate (inside `engine.scoped`).

/** op(a)·op(b) as a new matrix. */
export function product(
  engine: Engine,
  a: Matrix,
  b: Matrix,
  transposeA = false,
  transposeB = false,
): Matrix {
  const rows = transposeA ? a.columns : a.rows
  const columns = transposeB ? b.rows : b.columns
  const out = engine.matrix(rows, columns)
  engine.multiplyInto(out, a, b, transposeA, transposeB)
  return out
}

/** a − b as a new matrix. */
export function difference(engine: Engine, a: Matrix, b: Matrix): Matrix {
  const out = engine.matrix(a.rows, a.columns)
  engine.combineInto(out, [1, -1], [a, b])
  return out
}

/** ‖a‖, the largest singular value. */
export function operatorNorm(engine: Engine, a: Matrix): number {
  return engine.singularValues(a)[0] ?? 0
}

/** a·diag(weights), as a new matrix. */
export function scaleColumns(engine: Engine, a: Matrix, weights: ArrayLike<number>): Matrix {
  const out = engine.matrix(a.rows, a.columns)
  const [from, to] = [a.data, out.data]
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < a.columns; j++) to[i * a.columns + j] = from[i * a.columns + j]! * weights[j]!
  return out
}

/** The columns `start` … `end`−1 of a, as a new matrix. */
export function columnsOf(engine: Engine, a: Matrix, start: number, end: number): Matrix {
  const width = end - start
  const out = engine.matrix(a.rows, width)
  const [from, to] = [a.data, out.data]
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < width; j++) to[i * width + j] = from[i * a.columns + start + j]!
  return out
}

/** [a b] as a new matrix. */
export function sideBySide(engine: Engine, a: Matrix, b: Matrix): Matrix {
  const width = a.columns + b.columns
  const out = engine.matrix(a.rows, width)
  const [left, right, to] = [a.data, b.data, out.data]
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) to[i * width + j] = left[i * a.columns + j]!
    for (let j = 0; j < b.columns; j++) to[i * width + a.columns + j] = right[i * b.columns + j]!
  }
  return out
}
