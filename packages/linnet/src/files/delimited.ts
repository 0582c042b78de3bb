/// <reference path="./papaparse.d.ts" />
import Papa from 'papaparse'
import { TableError } from './table-error.ts'

/** One row of a table. */
export interface Line {
  /** Where it begins, from 1. */
  readonly number: number
  readonly cells: readonly string[]
}

/** In the order in which they are tried. Comma last: it also occurs within numbers and labels. `::` is MovieLens's. */
const DELIMITERS = ['::', '\t', ';', ','] as const

/** Rows looked at to find the delimiter. */
const SAMPLE = 50

/**
 * The rows of a delimited text, all of the same length; blank lines are skipped. Without `delimiter` it is the first of
 * `DELIMITERS` that splits the first 50 rows into equally many cells, more than one. Cells are trimmed, but not where they are
 * to be `verbatim`. Throws `TableError` for rows of different lengths and for quotes that do not close.
 */
export function readDelimited(
  text: string,
  name: string,
  delimiter?: string,
  verbatim = false,
): readonly Line[] {
  const unix = text.replace(/\r\n?/g, '\n')
  const lines = readLines(unix, name, delimiter ?? detectDelimiter(unix), verbatim)
  const width = lines[0]?.cells.length
  const ragged = lines.find(({ cells }) => cells.length !== width)
  if (ragged)
    throw new TableError(
      `${name}, line ${ragged.number}: ${count(ragged.cells.length)} where line ${lines[0]!.number} has ${count(width!)}; give every line equally many, empty where the value is unknown.`,
      ragged.number,
    )
  return lines
}

function count(cells: number): string {
  return cells === 1 ? '1 cell' : `${cells} cells`
}

function detectDelimiter(text: string): string {
  let fallback = ','
  let most = 1
  for (const delimiter of DELIMITERS) {
    const rows = Papa.parse(text, { delimiter, newline: '\n', preview: SAMPLE }).data.filter(isFilled)
    const widths = new Set(rows.map((cells) => cells.length))
    if (widths.size === 1 && !widths.has(1)) return delimiter
    const widest = Math.max(...widths)
    if (widest > most) {
      most = widest
      fallback = delimiter
    }
  }
  return fallback
}

function isFilled(cells: readonly string[]): boolean {
  return cells.length > 1 || cells[0]!.trim() !== ''
}

function readLines(text: string, name: string, delimiter: string, verbatim: boolean): readonly Line[] {
  const lines: Line[] = []
  let number = 1
  let start = 0
  Papa.parse(text, {
    delimiter,
    newline: '\n',
    step({ data, errors, meta }) {
      if (errors.length > 0) throw badQuotes(name, number)
      if (isFilled(data)) lines.push({ number, cells: verbatim ? data : data.map((cell) => cell.trim()) })
      number += newlinesBetween(text, start, meta.cursor)
      start = meta.cursor
    },
  })
  return lines
}

function newlinesBetween(text: string, start: number, end: number): number {
  let newlines = 0
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) newlines++
  return newlines
}

function badQuotes(name: string, line: number): TableError {
  return new TableError(
    `${name}, line ${line}: a quoted cell does not end where the cell ends; close its quote and write quotes inside as "".`,
    line,
  )
}
