import { readDelimited } from './delimited.ts'
import { readMatrixLines } from './matrix-table.ts'
import { TableError } from './table-error.ts'
import type { MatrixTable, TableOptions, TripletTable } from './table-forms.ts'
import { layoutOf } from './table-layout.ts'
import { readTableText } from './table-text.ts'
import { readTripletLines } from './triplet-table.ts'

/**
 * Reads a table of numbers of which some are unknown, from CSV or the like (UTF-8; cells may be quoted as in RFC 4180; empty,
 * `NaN`, `NA`, `N/A` and `null` are missing). Two layouts:
 *
 * - *triplets*: a line per known cell, `row,column,value`, in any order; a fourth column of times, as in MovieLens's `u.data`, is
 *   ignored. The labels of rows and columns may be numbers or texts.
 * - *matrix*: a line per row, with or without a header and a first column of labels.
 *
 * Unless the options say, these rules decide, and `notes` tells what they decided:
 *
 * 1. Delimiter: the first of `::`, tab, `;`, `,` that splits the first 50 lines into equally many cells.
 * 2. Layout: triplets if the header reads like user,item,rating or row,column,value; or if there
 *    are three columns (or four, the fourth with times), the first two of whole numbers or of labels, and labels repeat (where the
 *    first column holds labels and the second whole numbers: labels of the first). Else a matrix.
 * 3. Header: in triplets, a first line of texts; in a matrix, a first line whose cells after the first are texts for the most part,
 *    or whole numbers that ascend (years) after an empty cell or a label.
 * 4. Labels in the first column of a matrix: if most of its cells are texts, or its header is empty or a word like id, name, year.
 *
 * Throws `TableError` for what is not such a table, naming the line, and for fewer than two rows or columns.
 *
 *     readTable('user,item,rating\n1,7,4.5\n2,7,3\n2,9,5\n')
 *     // { kind: 'triplets', rowLabels: ['1', '2'], columnLabels: ['7', '9'], entries: [{ row: 0, column: 0, value: 4.5 }, …], … }
 */
export function readTable(
  input: string | Uint8Array,
  options: TableOptions = {},
): TripletTable | MatrixTable {
  const name = options.name ?? 'the table'
  const lines = readDelimited(readTableText(input, name), name, options.delimiter)
  if (lines.length === 0)
    throw new TableError(`${name} is empty: give lines of row,column,value, or the rows of a matrix.`)
  const layout = layoutOf(lines, options, name)
  if (layout.body.length === 0)
    throw new TableError(`${name} holds a header and nothing else: add the lines with the numbers.`)
  const table =
    layout.kind === 'triplets'
      ? readTripletLines(layout, { name, duplicates: options.duplicates ?? 'refuse' })
      : readMatrixLines(layout, name)
  checkStructure(table, name)
  return table
}

function checkStructure(table: TripletTable | MatrixTable, name: string): void {
  const [rows, columns] =
    table.kind === 'triplets'
      ? [table.rowLabels.length, table.columnLabels.length]
      : [table.values.rows, table.values.columns]
  if (rows >= 2 && columns >= 2) return
  throw new TableError(
    `${name} has ${rows} ${rows === 1 ? 'row' : 'rows'} and ${columns} ${columns === 1 ? 'column' : 'columns'} of numbers, but a matrix with structure to find has at least two of each; give more (a list of known cells needs three columns: row, column, value).`,
  )
}
