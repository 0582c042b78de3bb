import type { Indices } from '../linalg/matrix.ts'

/**
 * Which entries of a rows×columns matrix are observed. Entries are ordered row by row (compressed rows); the second view
 * (compressed columns) points into that order, so that both S·B and Sᵀ·B run over contiguous memory.
 */
export interface Pattern {
  readonly rows: number
  readonly columns: number
  readonly count: number
  /** rows+1 starts into `columnIndices`. */
  readonly rowStarts: Indices
  readonly columnIndices: Indices
  /** columns+1 starts into `rowIndices` and `order`. */
  readonly columnStarts: Indices
  readonly rowIndices: Indices
  /** Position in the row order of each entry of the column order. */
  readonly order: Indices
}
