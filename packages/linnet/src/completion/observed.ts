import { InputError } from '../input-error.ts'

/** Some entries of a rows×columns matrix: entry e is `values[e]` at (rowOf[e], columnOf[e]). No position twice. */
export interface Observed {
  readonly rows: number
  readonly columns: number
  readonly rowOf: Int32Array
  readonly columnOf: Int32Array
  readonly values: Float64Array
}

/** The entries of `observed` at the given numbers, in that order. */
export function pick(observed: Observed, entries: ArrayLike<number>): Observed {
  const rowOf = new Int32Array(entries.length)
  const columnOf = new Int32Array(entries.length)
  const values = new Float64Array(entries.length)
  for (let e = 0; e < entries.length; e++) {
    rowOf[e] = observed.rowOf[entries[e]!]!
    columnOf[e] = observed.columnOf[entries[e]!]!
    values[e] = observed.values[entries[e]!]!
  }
  return { rows: observed.rows, columns: observed.columns, rowOf, columnOf, values }
}

/** Larger values would overflow when squared and added up. */
const LARGEST = 1e140

/** Refuses what cannot be completed, with a sentence. */
export function checkObserved({ rows, columns, rowOf, columnOf, values }: Observed): void {
  if (rows < 2 || columns < 2)
    throw new InputError(
      `the matrix is ${rows}×${columns}; completing needs at least 2 rows and 2 columns, so that rows can tell about each other`,
    )
  if (values.length < 10)
    throw new InputError(
      `${values.length} entries are observed; at least 10 are needed to learn from some and hold out others`,
    )
  const seen = new Set<number>()
  for (let e = 0; e < values.length; e++) {
    const [i, j] = [rowOf[e]!, columnOf[e]!]
    if (i < 0 || i >= rows || j < 0 || j >= columns)
      throw new InputError(
        `entry ${e} lies at (${i}, ${j}), outside the ${rows}×${columns} matrix; positions count from 0`,
      )
    if (!Number.isFinite(values[e]!))
      throw new InputError(
        `entry ${e} at (${i}, ${j}) is ${values[e]}; give finite numbers and leave missing cells empty`,
      )
    if (Math.abs(values[e]!) > LARGEST)
      throw new InputError(
        `entry ${e} at (${i}, ${j}) is ${values[e]}, and its square would overflow; correct it, or give all values in a larger unit (up to ${LARGEST})`,
      )
    if (seen.size === seen.add(i * columns + j).size)
      throw new InputError(`the position (${i}, ${j}) is given twice; keep one value for each position`)
  }
}
