import {
  completion,
  gradientFlow,
  linear,
  makeCentring,
  type ObservedTable,
  orthogonal,
  probes,
  readTable,
  toObserved,
  values,
} from 'linnet'
import type { JsonObject } from './json.ts'

/** More cells than a page completes while one looks at it, or known ones than a link holds. */
const mostCells = 250_000
const mostKnown = 50_000
/** Hidden layers are no wider: no table of this size has more modes that one would look at. */
const widest = 50
/** Significant digits of the entries, which travel in the link. */
const digits = 5

/** A table of numbers as a completion that can be run, with what was made of it in sentences. */
export interface TableConfig {
  readonly config: JsonObject
  readonly note: string
}

/**
 * The completion of a table: of its known cells, or, where none is missing, of half of them. Columns are centred, and all is in units
 * of what is left, so that the same scale and horizon suit every table. A sentence where the table is too large; throws `TableError`
 * for what is no table.
 */
export function tableConfig(name: string, bytes: Uint8Array): TableConfig | string {
  const table = toObserved(readTable(bytes, { name }))
  const { rows, columns } = table
  const known = table.values.length
  if (rows * columns > mostCells || known > mostKnown)
    return `${name} has ${known} known cells of ${rows}×${columns}, and the page takes ${mostKnown} of ${mostCells}; run \`linnet complete\` on it instead.`
  const { unit, cells } = standardised(table)
  const isWhole = known === rows * columns
  const config = {
    title: name.slice(0, 200),
    seed: 1,
    loss: isWhole ? wholeLoss(cells) : holedLoss(cells, table),
    network: linear({ depth: 3, ...(Math.min(rows, columns) > widest && { widths: widest }) }),
    init: orthogonal({ scale: 1e-3 }),
    dynamics: gradientFlow(),
    probes: [
      probes.loss(),
      ...(isWhole ? [probes.reconstructionError()] : []),
      probes.singularValues({ count: Math.min(10, rows, columns) }),
      probes.effectiveRank(),
      probes.unbalancedness(),
    ],
    until: { time: horizonOf(table) },
    record: { samples: 240 },
  }
  const made = isWhole
    ? 'No cell is missing: half of them are observed, and the others are to be found.'
    : `${known} of ${rows}×${columns} cells are known; the others are to be found.`
  const scaled = `The mean of each column was subtracted, and the rest is in units of its root mean square, ${Number(unit.toPrecision(3))}.`
  const note = [`${name}: ${made}`, scaled, ...table.notes.map(asSentence)].join(' ')
  return { config: JSON.parse(JSON.stringify(config)) as JsonObject, note }
}

interface Cell {
  readonly row: number
  readonly column: number
  readonly value: number
}

function standardised(table: ObservedTable): { readonly unit: number; readonly cells: readonly Cell[] } {
  const { offset } = makeCentring(table, 'columns')
  const centred = Array.from(table.values, (value, e) => {
    const [row, column] = [table.rowOf[e]!, table.columnOf[e]!]
    return { row, column, value: value - offset(row, column) }
  })
  const squares = centred.reduce((sum, { value }) => sum + value * value, 0)
  // Columns that are constant leave nothing, and nothing has no unit.
  const unit = Math.sqrt(squares / centred.length) || 1
  return {
    unit,
    cells: centred.map((cell) => ({ ...cell, value: Number((cell.value / unit).toPrecision(digits)) })),
  }
}

function holedLoss(cells: readonly Cell[], { rows, columns }: ObservedTable) {
  const data = cells.map(({ row, column, value }) => [row, column, value])
  return completion({ entries: values({ data }), rows, columns, normalisation: 'half' })
}

function wholeLoss(cells: readonly Cell[]) {
  const data: number[][] = []
  for (const { row, column, value } of cells) {
    data[row] ??= []
    data[row][column] = value
  }
  return completion({ truth: values({ data }), observed: 0.5, normalisation: 'half' })
}

/**
 * Time in which what one would look at is learned: a mode of the observed entries with singular value s takes about 10/s from this
 * start, and noise of size ν has s near ν·√(known cells a row or column), so that this is the time of noise of a tenth.
 */
function horizonOf({ rows, columns, values: known }: ObservedTable): number {
  return Number((100 / Math.sqrt(known.length / Math.min(rows, columns))).toPrecision(1))
}

function asSentence(note: string): string {
  return `${note.charAt(0).toUpperCase()}${note.slice(1).replace(/\.?$/, '.')}`
}
