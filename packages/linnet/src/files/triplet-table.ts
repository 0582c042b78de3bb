import { isMissing, isWhole, readNumber } from './cell.ts'
import { checkSize } from './matrix-table.ts'
import { TableError } from './table-error.ts'
import type { TableEntry, TripletTable } from './table-forms.ts'
import type { Layout } from './table-layout.ts'

interface TripletOptions {
  readonly name: string
  readonly duplicates: 'refuse' | 'mean'
}

/** A cell as it is gathered: the sum and number of the values given for it, and the line of the first. */
interface Gathered {
  readonly row: number
  readonly column: number
  readonly first: number
  readonly line: number
  sum: number
  count: number
}

/** The known cells in the lines of a triplet table. */
export function readTripletLines({ header, body, notes }: Layout, options: TripletOptions): TripletTable {
  const rows = new Map<string, number>()
  const columns = new Map<string, number>()
  const cells = new Map<string, Gathered>()
  const left = { missing: 0, repeated: 0 }
  for (const { number: line, cells: texts } of body) {
    const [rowLabel, columnLabel, text] = texts as [string, string, string]
    const row = numberOf(rows, rowLabel, 'row', { name: options.name, line })
    const column = numberOf(columns, columnLabel, 'column', { name: options.name, line })
    const value = readNumber(text, { name: options.name, line, column: valueColumn(header) })
    if (Number.isNaN(value)) {
      left.missing++
      continue
    }
    const before = cells.get(`${row},${column}`)
    if (!before) cells.set(`${row},${column}`, { row, column, first: value, line, sum: value, count: 1 })
    else {
      left.repeated++
      gather(before, value, { ...options, line, labels: [rowLabel, columnLabel] })
    }
  }
  checkSize(rows.size, columns.size, options.name)
  if (cells.size === 0) throw new TableError(`${options.name} holds no numbers: all its values are missing.`)
  return {
    kind: 'triplets',
    ...inLabelOrder([...cells.values()], [...rows.keys()], [...columns.keys()]),
    notes: [...notes, ...notesOn(left, options)],
  }
}

function valueColumn(header: readonly string[] | undefined): string {
  return header ? `the column ${header[2]}` : 'the third column'
}

function numberOf(
  known: Map<string, number>,
  label: string,
  which: 'row' | 'column',
  { name, line }: { readonly name: string; readonly line: number },
): number {
  const found = known.get(label)
  if (found !== undefined) return found
  if (isMissing(label))
    throw new TableError(`${name}, line ${line}: the ${which} is missing; name it or remove the line.`, line)
  known.set(label, known.size)
  return known.size - 1
}

function gather(
  before: Gathered,
  value: number,
  { name, duplicates, line, labels }: TripletOptions & { readonly line: number; readonly labels: string[] },
): void {
  if (duplicates === 'mean') {
    before.sum += value
    before.count++
  } else if (value !== before.first)
    throw new TableError(
      `${name}, line ${line}: row ${labels[0]}, column ${labels[1]} has the value ${value} here and ${before.first} on line ${before.line}; keep one of them, or take their mean (duplicates: mean); if this is a matrix of three columns, say so.`,
      line,
    )
}

function notesOn(
  { missing, repeated }: { readonly missing: number; readonly repeated: number },
  { duplicates }: TripletOptions,
): string[] {
  const notes: string[] = []
  if (missing > 0) notes.push(`Lines without value: ${missing}.`)
  if (repeated > 0)
    notes.push(
      `Cells given more than once: ${repeated} lines, ${duplicates === 'mean' ? 'averaged' : 'all with equal values'}.`,
    )
  return notes
}

function inLabelOrder(
  cells: readonly Gathered[],
  rows: readonly string[],
  columns: readonly string[],
): Pick<TripletTable, 'rowLabels' | 'columnLabels' | 'entries'> {
  const rowOrder = orderOf(rows)
  const columnOrder = orderOf(columns)
  const entries: TableEntry[] = cells.map(({ row, column, first, sum, count }) => ({
    row: rowOrder.places[row]!,
    column: columnOrder.places[column]!,
    value: count === 1 ? first : sum / count,
  }))
  return { rowLabels: rowOrder.labels, columnLabels: columnOrder.labels, entries }
}

/** Labels that are all whole numbers in ascending order, others as they are; and the new place of each. */
function orderOf(labels: readonly string[]): { labels: readonly string[]; places: Int32Array } {
  const order = Array.from(labels, (_, i) => i)
  if (labels.every(isWhole)) order.sort((a, b) => Number(labels[a]) - Number(labels[b]) || a - b)
  const places = new Int32Array(labels.length)
  for (const [place, i] of order.entries()) places[i] = place
  return { labels: order.map((i) => labels[i]!), places }
}
