import { TableError } from './table-error.ts'

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const MISSING = /^(?:|nan|na|n\/a|null)$/i
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/
const INFINITE = /^[+-]?inf(?:inity)?$/i

/** True for an empty cell, `NaN`, `NA`, `N/A` and `null` in any case: the value is unknown. */
export function isMissing(cell: string): boolean {
  return MISSING.test(cell)
}

/** True for a number as in 5, -0.25 or 1e-3. */
function isNumber(cell: string): boolean {
  return NUMBER.test(cell)
}

/** True for a whole number without sign, point or exponent, as identifiers are. */
export function isWhole(cell: string): boolean {
  return /^\d{1,15}$/.test(cell)
}

/** True for what can only be a label; a number with a decimal comma is a mistake, not a label. */
export function isText(cell: string): boolean {
  return !isMissing(cell) && !isNumber(cell) && !DECIMAL_COMMA.test(cell)
}

/** Where a cell stands, for sentences. */
export interface CellPlace {
  /** Name of the file. */
  readonly name: string
  readonly line: number
  /** `the column rating`, `column 3`. */
  readonly column: string
}

/** The number in a cell, NaN where it is missing. Throws `TableError` for anything else. */
export function readNumber(cell: string, place: CellPlace): number {
  if (isMissing(cell)) return Number.NaN
  const value = isNumber(cell) ? Number(cell) : Number.NaN
  if (Number.isFinite(value)) return value
  const { name, line, column } = place
  const shown = JSON.stringify(cell.length > LONGEST ? `${cell.slice(0, LONGEST)}…` : cell)
  if (INFINITE.test(cell) || isNumber(cell))
    throw new TableError(
      `${name}, line ${line}: ${shown} in ${column} is infinite; give a finite number, or leave the cell empty if it is unknown.`,
      line,
    )
  const remedy = DECIMAL_COMMA.test(cell)
    ? 'write decimals with a point'
    : 'write a number such as 2.5, or leave the cell empty if it is unknown'
  throw new TableError(`${name}, line ${line}: ${shown} in ${column} is not a number; ${remedy}.`, line)
}

/** Characters of a cell shown in a sentence. */
const LONGEST = 40
