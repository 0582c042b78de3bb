import type { MatrixTable, TripletTable } from './table-forms.ts'

/** The known cells of a table: number e has `values[e]` at row `rowOf[e]` and column `columnOf[e]`, counted from 0. */
export interface ObservedTable {
  readonly rows: number
  readonly columns: number
  readonly rowOf: Int32Array
  readonly columnOf: Int32Array
  readonly values: Float64Array
  readonly rowLabels?: readonly string[]
  readonly columnLabels?: readonly string[]
  readonly notes: readonly string[]
}

/** The known cells of either kind of table in one form, row by row for a matrix and in the order of the lines for triplets. */
export function toObserved(table: TripletTable | MatrixTable): ObservedTable {
  return table.kind === 'triplets' ? ofTriplets(table) : ofMatrix(table)
}

function ofTriplets({ rowLabels, columnLabels, entries, notes }: TripletTable): ObservedTable {
  return {
    rows: rowLabels.length,
    columns: columnLabels.length,
    rowOf: Int32Array.from(entries, ({ row }) => row),
    columnOf: Int32Array.from(entries, ({ column }) => column),
    values: Float64Array.from(entries, ({ value }) => value),
    rowLabels,
    columnLabels,
    notes,
  }
}

function ofMatrix({ values, known, rowLabels, columnLabels, notes }: MatrixTable): ObservedTable {
  const { rows, columns, data } = values
  const places = new Int32Array(known)
  let count = 0
  for (let place = 0; place < data.length; place++) if (!Number.isNaN(data[place])) places[count++] = place
  return {
    rows,
    columns,
    rowOf: places.map((place) => Math.floor(place / columns)),
    columnOf: places.map((place) => place % columns),
    values: Float64Array.from(places, (place) => data[place]!),
    ...(rowLabels && { rowLabels }),
    ...(columnLabels && { columnLabels }),
    notes,
  }
}
