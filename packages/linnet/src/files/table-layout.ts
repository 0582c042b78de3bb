import { isMissing, isText, isWhole } from './cell.ts'
import type { Line } from './delimited.ts'
import { TableError } from './table-error.ts'
import type { TableOptions } from './table-forms.ts'

/** What the lines of a table are. */
export interface Layout {
  readonly kind: 'triplets' | 'matrix'
  /** The cells of the header line, where there is one. */
  readonly header?: readonly string[]
  /** The lines after the header. */
  readonly body: readonly Line[]
  /** The first column of a matrix holds labels. */
  readonly labelled: boolean
  readonly notes: readonly string[]
}

/** Applies rules 2–4 of `readTable`; what `options` says goes before them. */
export function layoutOf(lines: readonly Line[], options: TableOptions, name: string): Layout {
  const kind = options.as ?? kindOf(lines)
  const width = lines[0]!.cells.length
  if (kind === 'triplets' && width !== 3 && width !== 4)
    throw new TableError(
      `${name}: triplets have 3 columns (row, column, value), but there are ${width}; remove the others or read it as a matrix.`,
    )
  const hasHeader =
    options.header ?? (kind === 'triplets' ? isTripletHeader(lines[0]!.cells) : isMatrixHeader(lines))
  const header = hasHeader ? lines[0]!.cells : undefined
  const body = hasHeader ? lines.slice(1) : lines
  const labelled = kind === 'matrix' && (options.rowLabels ?? isLabelled(header, body))
  return { kind, body, labelled, ...(header && { header }), notes: notesOf(kind, width, header, labelled) }
}

function notesOf(
  kind: Layout['kind'],
  width: number,
  header: readonly string[] | undefined,
  labelled: boolean,
): string[] {
  const what = kind === 'triplets' ? 'triplets row, column, value' : 'a matrix'
  const labels = labelled ? ', labels in its first column' : ''
  const notes = [`Read as ${what}, ${header ? 'the first line as its header' : 'without header'}${labels}.`]
  if (kind === 'triplets' && width === 4)
    notes.push(`The fourth column${header ? ` (${header[3]})` : ''} is ignored.`)
  return notes
}

// ── rule 2 ────────────────────────────────────────────────────────────────────────────────────────────────────────

const ROW_NAME = /^(?:users?|user_?ids?|rows?|i)$/i
const COLUMN_NAME = /^(?:items?|item_?ids?|movies?|movie_?ids?|columns?|cols?|j)$/i
const VALUE_NAME = /^(?:ratings?|values?|scores?|x)$/i
const TIME_NAME = /^(?:timestamp|time|date)$/i
/** Seconds since 1970 of a day in 1973; no rating, count or index of a table is so large. */
const EARLIEST_TIME = 1e8

function kindOf(lines: readonly Line[]): Layout['kind'] {
  const [first] = lines
  const width = first!.cells.length
  if (width !== 3 && width !== 4) return 'matrix'
  const header = isTripletHeader(first!.cells) ? first!.cells : undefined
  const body = header ? lines.slice(1) : lines
  if (width === 4 && !holdsTimes(header, body)) return 'matrix'
  if (header && namesTriplets(header)) return 'triplets'
  return looksLikeKeys(body) ? 'triplets' : 'matrix'
}

function namesTriplets([row, column, value]: readonly string[]): boolean {
  const keys =
    ROW_NAME.test(row!) || COLUMN_NAME.test(column!) || (COLUMN_NAME.test(row!) && ROW_NAME.test(column!))
  return keys && VALUE_NAME.test(value!)
}

function holdsTimes(header: readonly string[] | undefined, body: readonly Line[]): boolean {
  if (header && TIME_NAME.test(header[3]!)) return true
  return body.length > 0 && body.every(({ cells }) => isWhole(cells[3]!) && Number(cells[3]) >= EARLIEST_TIME)
}

function looksLikeKeys(body: readonly Line[]): boolean {
  const columns = [0, 1].map((at) => body.map(({ cells }) => cells[at]!))
  const [rows, items] = columns as [string[], string[]]
  if (!columns.every((cells) => isMostly(cells, isText) || cells.every(isWhole))) return false
  if (columns.some((cells) => cells.some(isMissing))) return false
  const repeats = (cells: readonly string[]) => new Set(cells).size < cells.length
  const labelThenNumber = isMostly(rows, isText) && items.every(isWhole)
  return repeats(rows) || (!labelThenNumber && repeats(items))
}

// ── rules 3 and 4 ─────────────────────────────────────────────────────────────────────────────────────────────────

function isTripletHeader(cells: readonly string[]): boolean {
  return cells.slice(0, 3).every(isText)
}

function isMatrixHeader(lines: readonly Line[]): boolean {
  const [corner, ...names] = lines[0]!.cells
  if (names.length === 0) return isText(corner!)
  if (isMostly(names, isText)) return true
  const ascending = names.every(
    (name, i) => isWhole(name) && (i === 0 || Number(name) > Number(names[i - 1])),
  )
  return ascending && (corner === '' || (isText(corner!) && LABEL_NAME.test(corner!)))
}

const LABEL_NAME = /^(?:id|index|name|label|key|row|user|item|state|country|date|time|year|month|day)s?$/i

function isLabelled(header: readonly string[] | undefined, body: readonly Line[]): boolean {
  if (header && (header[0] === '' || LABEL_NAME.test(header[0]!))) return true
  return isMostly(
    body.map(({ cells }) => cells[0]!),
    isText,
  )
}

/** True when more than half of the cells that are not missing pass. */
function isMostly(cells: readonly string[], passes: (cell: string) => boolean): boolean {
  const given = cells.filter((cell) => !isMissing(cell))
  return 2 * given.filter(passes).length > given.length
}
