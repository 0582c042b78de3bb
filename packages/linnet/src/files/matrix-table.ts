import type { PlainMatrix } from '../linalg/matrix.ts'
import { readNumber } from './cell.ts'
import { writeCsv } from './csv.ts'
import { TableError } from './table-error.ts'
import type { MatrixTable } from './table-forms.ts'
import type { Layout } from './table-layout.ts'

/** Cells of a matrix, known and unknown: 200 MB of numbers. */
const TABLE_CELL_LIMIT = 25_000_000

/** Refuses more cells than fit into memory. */
export function checkSize(rows: number, columns: number, name: string): void {
  if (rows * columns > TABLE_CELL_LIMIT)
    throw new TableError(
      `${name} has ${rows} rows and ${columns} columns, more than the ${TABLE_CELL_LIMIT} cells that fit into memory; take a part of it.`,
    )
}

/** The matrix in the lines of a table, NaN where a cell is missing. */
export function readMatrixLines({ header, body, labelled, notes }: Layout, name: string): MatrixTable {
  const skipped = labelled ? 1 : 0
  const rows = body.length
  const columns = body[0]!.cells.length - skipped
  checkSize(rows, columns, name)
  const columnLabels = header?.slice(skipped)
  const data = new Float64Array(rows * columns)
  let known = 0
  for (const [i, { number: line, cells }] of body.entries()) {
    for (let j = 0; j < columns; j++) {
      const column = columnLabels?.[j] ? `the column ${columnLabels[j]}` : `column ${j + skipped + 1}`
      const value = readNumber(cells[j + skipped]!, { name, line, column })
      data[i * columns + j] = value
      if (!Number.isNaN(value)) known++
    }
  }
  if (known === 0) throw new TableError(`${name} holds no numbers: all its cells are missing.`)
  return {
    kind: 'matrix',
    values: { rows, columns, data },
    known,
    ...(labelled && { rowLabels: body.map(({ cells }) => cells[0]!) }),
    ...(columnLabels && { columnLabels }),
    notes,
  }
}

/** What stands around the numbers. */
export interface MatrixLabels {
  readonly rowLabels?: readonly string[]
  readonly columnLabels?: readonly string[]
}

/**
 * A matrix as CSV text, a line per row; empty cells for NaN, a header and a first column where there are labels (then the corner
 * is empty). `readTable` reads it back.
 *
 *     writeMatrixCsv({ rows: 2, columns: 2, data: [1, NaN, 3, 4] }, { columnLabels: ['a', 'b'] })   // 'a,b\n1,\n3,4\n'
 */
export function writeMatrixCsv(
  { rows, columns, data }: PlainMatrix,
  { rowLabels, columnLabels }: MatrixLabels = {},
): string {
  const lines: (string | number)[][] = []
  if (columnLabels) lines.push(rowLabels ? ['', ...columnLabels] : [...columnLabels])
  for (let i = 0; i < rows; i++) {
    const line: (string | number)[] = rowLabels ? [rowLabels[i]!] : []
    for (let j = 0; j < columns; j++) {
      const value = data[i * columns + j]!
      line.push(Number.isNaN(value) ? '' : value)
    }
    lines.push(line)
  }
  return writeCsv(lines)
}
