import { readTable, toObserved } from 'linnet'
import table from '../../../../examples/us-employment-with-holes.csv?raw'
import type { Json } from '../experiment/json.ts'

/** Every third month: forty rows are enough to look at, and to travel in a link. */
const every = 3
/** Decimals kept of the standardised values. */
const decimals = 3

/**
 * US employment by month and industry, three cells in ten missing, as the observed entries of a completion: each industry less its
 * mean and in units of its own standard deviation, both over the cells that are known.
 */
export function employment(): { readonly rows: number; readonly columns: number; readonly entries: Json } {
  const { rows, columns, rowOf, columnOf, values } = toObserved(readTable(table, { name: 'US employment' }))
  const cells = Array.from(values, (value, e) => ({ row: rowOf[e]!, column: columnOf[e]!, value })).filter(
    ({ row }) => row % every === 0,
  )
  const industries = Array.from({ length: columns }, (_, column) =>
    spreadOf(cells.filter((cell) => cell.column === column).map(({ value }) => value)),
  )
  const data = cells.map(({ row, column, value }) => {
    const { mean, deviation } = industries[column]!
    return [row / every, column, Number(((value - mean) / deviation).toFixed(decimals))]
  })
  return { rows: Math.ceil(rows / every), columns, entries: { kind: 'values', data } }
}

function spreadOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / values.length) || 1 }
}
