import { z } from 'zod'
import { InputError } from '../input-error.ts'
import type { Matrix } from '../linalg/matrix.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import type { MatrixContext } from './matrix-source.ts'

const parameters = {
  data: z
    .union([z.array(z.array(z.number()).min(1)).min(1), z.array(z.number()).min(1)], {
      error: 'expected a list of rows, [[1, 2], [3, 4]], or one list of numbers row by row, [1, 2, 3, 4]',
    })
    .meta({
      description:
        'the entries: a list of rows, [[1, 2], [3, 4]], or one list row by row, [1, 2, 3, 4], together with rows or columns',
      examples: [
        [
          [3, 0],
          [0, 1],
        ],
      ],
    }),
  rows: z.int().min(1).optional().meta({ description: 'number of rows; follows from data where it can' }),
  columns: z
    .int()
    .min(1)
    .optional()
    .meta({ description: 'number of columns; follows from data where it can' }),
}

/**
 * A matrix written out: `data` is a list of rows, or one list row by row together with `rows` or `columns`.
 *
 * Making it throws an `InputError` for rows of different lengths, a list without `rows` and `columns`, and numbers that do not fill them.
 *
 * ```ts
 * const target = values({ data: [1, 2, 3, 4, 5, 6], columns: 2 })
 * await simulate({ loss: whitened({ target }), network: linear, init: identity, dynamics: gradientFlow, until: { time: 1 } })
 * ```
 */
export const values = entry(
  {
    kind: 'values',
    title: 'Given values',
    symbol: '(w_{ij})',
    help: 'a matrix written out in the config',
    source: 'no source: the numbers are yours',
  },
  parameters,
  {
    create(spec: Parsed<typeof parameters>, { engine }: MatrixContext): Matrix {
      const [rows, columns] = isNested(spec.data) ? shapeOfRows(spec.data) : shapeOfList(spec)
      agree('rows', spec.rows, rows)
      agree('columns', spec.columns, columns)
      return engine.matrix(rows, columns, spec.data.flat())
    },
  },
)

function isNested(data: readonly number[] | readonly (readonly number[])[]): data is readonly number[][] {
  return Array.isArray(data[0])
}

function shapeOfRows(data: readonly (readonly number[])[]): [number, number] {
  const columns = data[0]!.length
  const odd = data.findIndex((row) => row.length !== columns)
  if (odd >= 0)
    throw new InputError(
      `values: row ${odd} of data has ${data[odd]!.length} numbers and row 0 has ${columns}; make all rows equally long.`,
    )
  return [data.length, columns]
}

function shapeOfList({ data, rows, columns }: Parsed<typeof parameters>): [number, number] {
  if (rows === undefined && columns === undefined)
    throw new InputError(
      'values: data is one list of numbers; give rows or columns, or write a list of rows.',
    )
  const height = rows ?? data.length / columns!
  const width = columns ?? data.length / rows!
  if (height * width !== data.length || !Number.isInteger(height) || !Number.isInteger(width))
    throw new InputError(
      `values: data has ${data.length} numbers, which do not fill ${rows ?? 'whole'} rows of ${columns ?? 'equally many'} columns; correct rows, columns or data.`,
    )
  return [height, width]
}

function agree(name: string, asked: number | undefined, found: number): void {
  if (asked !== undefined && asked !== found)
    throw new InputError(`values: ${name} is ${asked}, but data has ${found} ${name}; correct one of them.`)
}
