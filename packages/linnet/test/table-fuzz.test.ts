import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writeMatrixCsv } from '../src/files/matrix-table.ts'
import { readTable } from '../src/files/table.ts'
import type { MatrixTable, TableOptions, TripletTable } from '../src/files/table-forms.ts'
import { InputError } from '../src/input-error.ts'

describe('only InputError escapes', () => {
  const outcome = (input: string | Uint8Array, options: TableOptions = {}) => {
    try {
      readTable(input, options)
      return 'read'
    } catch (error) {
      if (error instanceof InputError) return 'refused'
      throw error
    }
  }
  const kind = fc.constantFrom<TableOptions>({}, { as: 'triplets' }, { as: 'matrix' }, { duplicates: 'mean' })

  test('from random bytes and random text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), kind, (bytes, options) => void outcome(bytes, options)),
      { seed: 1, numRuns: 1000 },
    )
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        kind,
        (text, options) => void outcome(text, options),
      ),
      { seed: 2, numRuns: 1000 },
    )
  })

  test('from what looks like a table', () => {
    const cell = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }).map(String) },
      fc.constantFrom(
        '',
        'NaN',
        '-1.5',
        '1e3',
        '1e999',
        'x',
        '__proto__',
        'constructor',
        '"',
        '"a,b"',
        '1,5',
        '881250949',
      ),
    )
    const joined = fc.constantFrom(',', ';', '\t', '::')
    const table = fc
      .tuple(fc.integer({ min: 1, max: 5 }), joined)
      .chain(([width, delimiter]) =>
        fc
          .array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 })
          .map((rows) => rows.map((cells) => cells.join(delimiter)).join('\n')),
      )
    const outcomes = { read: 0, refused: 0 }
    fc.assert(
      fc.property(table, kind, (text, options) => void outcomes[outcome(text, options)]++),
      { seed: 3, numRuns: 3000 },
    )
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(200)
  })

  test('from valid tables with a few bytes changed', () => {
    const text = 'userId,movieId,rating,timestamp\n1,7,4.5,964982703\n2,7,3,964981247\n"2",9,5,964982224\n'
    const bytes = new TextEncoder().encode(text)
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const damaged = bytes.slice()
        for (const [at, byte] of changes) damaged[at] = byte
        outcome(damaged)
      }),
      { seed: 4, numRuns: 2000 },
    )
  })
})

describe('what is written is read back', () => {
  const label = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 6 })
    .map((text) => `a${text.replace(/\r\n?/g, '\n')}b`)
  const labels = (count: number) => fc.array(label, { minLength: count, maxLength: count })
  const number = fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constant(Number.NaN))

  test('matrices with labels', () => {
    const matrix = fc
      .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 6 }))
      .chain(([rows, columns]) =>
        fc.record({
          rows: fc.constant(rows),
          columns: fc.constant(columns),
          data: fc.array(number, { minLength: rows * columns, maxLength: rows * columns }),
          rowLabels: labels(rows),
          columnLabels: labels(columns),
        }),
      )
      .filter(({ data }) => data.some((value) => !Number.isNaN(value)))
    fc.assert(
      fc.property(matrix, ({ rowLabels, columnLabels, ...values }) => {
        const text = writeMatrixCsv(values, { rowLabels, columnLabels })
        const table = readTable(text, { as: 'matrix', delimiter: ',', header: true }) as MatrixTable
        expect(table.values).toEqual({ ...values, data: Float64Array.from(values.data) })
        expect([table.rowLabels, table.columnLabels]).toEqual([rowLabels, columnLabels])
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  test('triplets, in any order', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0) // no -0
    const cells = fc.uniqueArray(fc.tuple(label, label, value), {
      minLength: 2,
      selector: ([row, column]) => JSON.stringify([row, column]),
    })
    const spread = cells.filter((all) => [0, 1].every((at) => new Set(all.map((cell) => cell[at])).size > 1))
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(spread, (all) => {
        const text = all.map(([row, column, value]) => `${quoted(row)},${quoted(column)},${value}`).join('\n')
        const options = { as: 'triplets', delimiter: ',', header: false } as const
        const { rowLabels, columnLabels, entries } = readTable(text, options) as TripletTable
        const read = entries.map(({ row, column, value }) => [rowLabels[row], columnLabels[column], value])
        expect(read).toEqual(all)
      }),
      { seed: 6, numRuns: 300 },
    )
  })
})
