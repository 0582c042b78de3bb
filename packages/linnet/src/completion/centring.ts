import type { Observed } from './observed.ts'

/** What is subtracted before learning: the means of the columns, of the rows, of all entries, or nothing. */
export type Centre = 'columns' | 'rows' | 'global' | 'none'

/** What is subtracted before learning and added back after it; made from training entries alone. */
export interface Centring {
  offset(row: number, column: number): number
}

/** Means by `group`; the global mean for groups without a training entry. */
function means(training: Observed, groups: Int32Array, count: number): Float64Array {
  const sums = new Float64Array(count)
  const counts = new Int32Array(count)
  let total = 0
  for (let e = 0; e < training.values.length; e++) {
    sums[groups[e]!]! += training.values[e]!
    counts[groups[e]!]!++
    total += training.values[e]!
  }
  const overall = total / training.values.length
  return sums.map((sum, g) => (counts[g]! > 0 ? sum / counts[g]! : overall))
}

/**
 * The centring of training entries: `offset(row, column)` is the mean of the training entries of the column or row, or of all of
 * them (`global`; also for columns and rows without a training entry), or 0 (`none`). Throws nothing.
 *
 * ```ts
 * const at = { rowOf: Int32Array.of(0, 1), columnOf: Int32Array.of(0, 0), values: Float64Array.of(1, 3) }
 * makeCentring({ rows: 2, columns: 2, ...at }, 'columns').offset(0, 0) // 2
 * ```
 */
export function makeCentring(training: Observed, centre: Centre): Centring {
  switch (centre) {
    case 'columns': {
      const columns = means(training, training.columnOf, training.columns)
      return { offset: (_row, column) => columns[column]! }
    }
    case 'rows': {
      const rows = means(training, training.rowOf, training.rows)
      return { offset: (row) => rows[row]! }
    }
    case 'global': {
      const [overall] = means(training, new Int32Array(training.values.length), 1)
      return { offset: () => overall! }
    }
    case 'none':
      return { offset: () => 0 }
  }
}
