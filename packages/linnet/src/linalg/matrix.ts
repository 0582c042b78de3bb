/**
 * Row-major matrices.
 *
 * `Matrix` lives in the memory of an engine, so that kernels work on it in place. Its `data` is a view of that memory; it is
 * made anew when the memory has grown (growing detaches every older view), so keep the matrix, not its `data`, across calls
 * that may allocate. `PlainMatrix` is the same thing outside: what people hand in and take out.
 */
export interface PlainMatrix {
  readonly rows: number
  readonly columns: number
  /** rows·columns entries, row by row. */
  readonly data: ArrayLike<number>
}

/** A matrix in the memory of an engine: see `PlainMatrix`. */
export interface Matrix extends PlainMatrix {
  readonly data: Float64Array
  /** Byte offset of entry (0, 0) in the engine's memory. */
  readonly pointer: number
}

/** 32-bit whole numbers in engine memory: indices, row starts, permutations. */
export interface Indices {
  readonly length: number
  readonly data: Int32Array
  readonly pointer: number
}

/** The shape of a matrix: `[rows, columns]`. */
export type Shape = readonly [rows: number, columns: number]

/** A copy of `matrix` outside any engine. */
export function copyOut(matrix: PlainMatrix): PlainMatrix & { readonly data: Float64Array } {
  return { rows: matrix.rows, columns: matrix.columns, data: Float64Array.from(matrix.data) }
}
