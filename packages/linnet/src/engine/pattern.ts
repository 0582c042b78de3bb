import { InputError } from '../input-error.ts'
import type { Indices } from '../linalg/matrix.ts'
import type { Engine } from './engine.ts'

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

/** Observed entries in any order: row-major positions i·columns + j, or pairs [i, j]. */
export type Entries = ArrayLike<number> | ArrayLike<readonly [row: number, column: number]>

function position(entry: number | readonly [number, number], rows: number, columns: number): number {
  const [row, column] =
    typeof entry === 'number' ? [Math.floor(entry / columns), entry % columns] : [entry[0], entry[1]]
  const inside = row >= 0 && row < rows && column >= 0 && column < columns
  if (!(inside && Number.isInteger(row) && Number.isInteger(column)))
    throw new InputError(
      `The observed entry ${typeof entry === 'number' ? entry : `(${row}, ${column})`} is not in a ${rows}×${columns} matrix: rows and columns are whole numbers counted from 0.`,
    )
  return row * columns + column
}

function sortedPositions(entries: Entries, rows: number, columns: number): Float64Array {
  const positions = new Float64Array(entries.length)
  for (let e = 0; e < positions.length; e++) positions[e] = position(entries[e]!, rows, columns)
  positions.sort()
  for (let e = 1; e < positions.length; e++) {
    const here = positions[e]!
    if (here === positions[e - 1])
      throw new InputError(
        `The entry (${Math.floor(here / columns)}, ${here % columns}) is observed twice: keep one of the two.`,
      )
  }
  return positions
}

/** counts[k] entries of each k → the start of each k, and the end of the last. */
function starts(keys: Int32Array, size: number): Int32Array {
  const result = new Int32Array(size + 1)
  for (const key of keys) result[key + 1]!++
  for (let k = 0; k < size; k++) result[k + 1]! += result[k]!
  return result
}

/**
 * The pattern of the observed `entries` of a rows×columns matrix, in the memory of `engine`. Whatever the order of
 * `entries`, the pattern counts them row by row: values that go with it must be in that order.
 *
 * Throws an `InputError` for an entry outside the matrix and for one that is given twice.
 *
 * ```ts
 * const engine = await loadEngine()
 * const pattern = makePattern(engine, 2, 3, [[0, 0], [1, 2]]) // the same as [0, 5]
 * ```
 */
export function makePattern(engine: Engine, rows: number, columns: number, entries: Entries): Pattern {
  const positions = sortedPositions(entries, rows, columns)
  const count = positions.length
  const row = Int32Array.from(positions, (position) => Math.floor(position / columns))
  const column = Int32Array.from(positions, (position) => position % columns)
  const columnStarts = starts(column, columns)
  const next = columnStarts.slice()
  const rowIndices = new Int32Array(count)
  const order = new Int32Array(count)
  for (let e = 0; e < count; e++) {
    const to = next[column[e]!]!++
    rowIndices[to] = row[e]!
    order[to] = e
  }
  return {
    rows,
    columns,
    count,
    rowStarts: engine.indices(starts(row, rows)),
    columnIndices: engine.indices(column),
    columnStarts: engine.indices(columnStarts),
    rowIndices: engine.indices(rowIndices),
    order: engine.indices(order),
  }
}
