import type { Clock } from '../dynamics/dynamics.ts'
import type { Trajectory } from '../simulate/run.ts'
import { makeTrajectory } from '../simulate/trajectory.ts'
import { writeCsv } from './csv.ts'
import { type Line, readDelimited } from './delimited.ts'
import { TableError } from './table-error.ts'
import { readTableText } from './table-text.ts'

/**
 * A trajectory as CSV text: a header, then one line a sample; the first column is the clock (`time` or `steps`). NaN and ±∞ are
 * written `NaN`, `Infinity`, `-Infinity`.
 *
 *     time,loss,singularValue1
 *     0,1.25,0.001
 */
export function trajectoryCsv({ clock, positions, columns, column }: Trajectory): string {
  const values = columns.map(({ name }) => column(name))
  const lines = Array.from(positions, (position, i) => [position, ...values.map((one) => one[i]!)])
  return writeCsv([[clock, ...columns.map(({ name }) => name)], ...lines])
}

/**
 * The trajectory in a text that `trajectoryCsv` wrote: every number with the same bits, the clock from the first column. What
 * CSV does not hold is made up: the symbol of a column is its name, its help is empty. `name` stands for the file in sentences.
 *
 * Throws `TableError`, naming the line, for a header that does not begin with `time` or `steps` or names a column twice, lines of
 * different lengths, cells that are no number, positions that are negative, infinite, not whole (steps) or that descend, a text
 * without samples, and one that breaks off before the end of its last line.
 *
 * ```ts
 * const { clock, positions, column } = readTrajectoryCsv('time,loss\n0,1.25\n0.5,1e-3\n')
 * if (clock !== 'time' || positions[1] !== 0.5 || column('loss')[1] !== 1e-3) throw new Error('not as written')
 * ```
 */
export function readTrajectoryCsv(input: string | Uint8Array, name = 'the trajectory'): Trajectory {
  const text = readTableText(input, name)
  const [header, ...body] = readDelimited(text, name, ',', true)
  const { clock, names } = readHeader(header, name)
  if (!text.endsWith('\n'))
    throw new TableError(`${name} breaks off in its last line; write it again, or take a whole copy.`)
  if (body.length === 0)
    throw new TableError(`${name} holds a header and nothing else; write it again with its samples.`)
  const values = [clock, ...names].map((column, c) =>
    Float64Array.from(body, ({ number, cells }) =>
      readCell(cells[c]!, `${name}, line ${number}`, column, number),
    ),
  )
  const positions = values[0]!
  for (const [i, { number }] of body.entries()) checkPosition(clock, positions, i, name, number)
  const columns = names.map((column) => ({ name: column, symbol: `\\text{${column}}`, help: '' }))
  return makeTrajectory(clock, positions, columns, values.slice(1))
}

function readHeader(header: Line | undefined, name: string): { clock: Clock; names: readonly string[] } {
  const [clock, ...names] = header?.cells ?? []
  if (clock !== 'time' && clock !== 'steps')
    throw new TableError(
      `${name} begins with ${clock === undefined ? 'nothing' : JSON.stringify(clock.slice(0, LONGEST))}, but the first column of a trajectory is time or steps; give a trajectory.csv that linnet wrote.`,
      header?.number,
    )
  const odd = names.find((one, i) => one === '' || one === clock || names.indexOf(one) !== i)
  if (odd !== undefined)
    throw new TableError(
      `${name} has ${odd === '' ? 'a column without a name' : `two columns ${JSON.stringify(odd)}`}; give each column a name of its own.`,
      header?.number,
    )
  return { clock, names }
}

/** Characters of a cell shown in a sentence. */
const LONGEST = 40
const WRITTEN = /^(?:-?(?:\d+(?:\.\d+)?(?:e[+-]\d+)?|Infinity)|NaN)$/

/** A number as `writeCsv` writes it. */
function readCell(cell: string, place: string, column: string, line: number): number {
  const value = WRITTEN.test(cell) ? Number(cell) : undefined
  if (value !== undefined && (Number.isFinite(value) || /[IN]/.test(cell))) return value
  throw new TableError(
    `${place}: ${JSON.stringify(cell.slice(0, LONGEST))} in the column ${column} is not a number as linnet writes them (2.5, 1e-7, NaN, Infinity); write the trajectory again.`,
    line,
  )
}

function checkPosition(clock: Clock, positions: Float64Array, i: number, name: string, line: number): void {
  const position = positions[i]!
  const fits = clock === 'time' ? Number.isFinite(position) : Number.isSafeInteger(position)
  if (fits && position >= (positions[i - 1] ?? 0)) return
  const expected = clock === 'time' ? 'times ascend from 0' : 'steps are whole numbers that ascend from 0'
  throw new TableError(
    `${name}, line ${line}: ${position} in the column ${clock} is out of place, because ${expected}; write the trajectory again.`,
    line,
  )
}
