import type { PlainMatrix } from '../linalg/matrix.ts'

/** What the reader is told; whatever is left out it finds by the rules of `readTable`. */
export interface TableOptions {
  /** For sentences: `ratings.csv`. */
  readonly name?: string
  /** Which of the two layouts. */
  readonly as?: 'triplets' | 'matrix'
  /** Between cells: `,`, `;`, a tab, `::`. */
  readonly delimiter?: string
  /** The first line holds names. */
  readonly header?: boolean
  /** The first column of a matrix holds names. */
  readonly rowLabels?: boolean
  /** A cell given twice with different values: an error, or their mean. Default `refuse`. */
  readonly duplicates?: 'refuse' | 'mean'
}

/** One known cell; `row` and `column` count from 0 into the labels. */
export interface TableEntry {
  readonly row: number
  readonly column: number
  readonly value: number
}

/** A list of known cells: ratings, for example. */
export interface TripletTable {
  readonly kind: 'triplets'
  /** Whole numbers ascending, anything else in the order of first appearance. */
  readonly rowLabels: readonly string[]
  readonly columnLabels: readonly string[]
  readonly entries: readonly TableEntry[]
  /** What the reader assumed or left out, a sentence each. */
  readonly notes: readonly string[]
}

/** A whole matrix with cells that may be missing. */
export interface MatrixTable {
  readonly kind: 'matrix'
  readonly rowLabels?: readonly string[]
  readonly columnLabels?: readonly string[]
  /** NaN where the cell is missing. */
  readonly values: PlainMatrix & { readonly data: Float64Array }
  /** Number of cells that are not missing. */
  readonly known: number
  readonly notes: readonly string[]
}
