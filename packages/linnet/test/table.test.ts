import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { writeMatrixCsv } from '../src/files/matrix-table.ts'
import { readTable } from '../src/files/table.ts'
import type { MatrixTable, TripletTable } from '../src/files/table-forms.ts'

/** A table as `row column value` words and label lists, or as rows of a matrix. */
function summary(table: TripletTable | MatrixTable): unknown {
  if (table.kind === 'triplets') {
    const { rowLabels, columnLabels, entries } = table
    return entries.map(({ row, column, value }) => `${rowLabels[row]} ${columnLabels[column]} ${value}`)
  }
  const { rows, columns, data } = table.values
  const lines = Array.from({ length: rows }, (_, i) => [...data.subarray(i * columns, (i + 1) * columns)])
  return { rows: table.rowLabels, columns: table.columnLabels, lines }
}

describe('triplets', () => {
  const entries = ['1 7 4.5', '2 7 3', '2 9 5']
  test.each([
    ['comma, header', 'user,item,rating\n1,7,4.5\n2,7,3\n2,9,5\n'],
    ['no header', '1,7,4.5\n2,7,3\n2,9,5'],
    ['semicolon, Windows line ends', 'row;column;value\r\n1;7;4.5\r\n2;7;3\r\n2;9;5\r\n'],
    ['tab and times, as in MovieLens 100K', '1\t7\t4.5\t881250949\n2\t7\t3\t891717742\n2\t9\t5\t878887116\n'],
    [
      'double colons and times, as in MovieLens 1M',
      '1::7::4.5::978300760\n2::7::3::978302109\n2::9::5::978301968\n',
    ],
    ['times by their name', 'userId,movieId,rating,timestamp\n1,7,4.5,1\n2,7,3,2\n2,9,5,3\n'],
    [
      'quoted cells, spaces, blank lines, byte order mark',
      '\uFEFF"user", "item","rating"\n\n 1 ,"7","4.5"\n2,7,+3.0\n\n2,9,.5e1\n\n\n',
    ],
    ['old Mac line ends', '1,7,4.5\r2,7,3\r2,9,5\r'],
    ['missing values', '1,7,4.5\n1,9,\n2,7,3\n2,9,5\n3,7,NaN\n3,9,n/a\n4,7,NULL\n'],
    ['the same twice', '1,7,4.5\n2,7,3\n2,9,5\n2,7,3.0\n'],
  ])('%s', (_, text) => {
    const table = readTable(text)
    expect(table.kind).toBe('triplets')
    expect(summary(table)).toEqual(entries)
  })

  test('labels: whole numbers ascend, texts stay in the order of appearance', () => {
    const table = readTable('10,b,1\n9,b,2\n10,a,3\n') as TripletTable
    expect([table.rowLabels, table.columnLabels]).toEqual([
      ['9', '10'],
      ['b', 'a'],
    ])
    expect(summary(table)).toEqual(['10 b 1', '9 b 2', '10 a 3'])
    const places = readTable('Alabama,1990,5\nAlabama,1980,4\nTexas,1990,6\n') as TripletTable
    expect(places.columnLabels).toEqual(['1980', '1990'])
  })

  test('the mean of cells given twice', () => {
    const text = 'user,item,rating\n1,7,4\n1,7,5\n2,7,3\n2,9,5\n1,7,3\n'
    expect(summary(readTable(text, { duplicates: 'mean' }))).toEqual(['1 7 4', '2 7 3', '2 9 5'])
  })

  test('notes say what was assumed and left out', () => {
    const text = 'userId,movieId,rating,timestamp\n1,7,4.5,1\n2,7,,2\n2,7,3,9\n2,9,5,3\n2,9,5,4\n'
    expect(readTable(text).notes).toEqual([
      'Read as triplets row, column, value, the first line as its header.',
      'The fourth column (timestamp) is ignored.',
      'Lines without value: 1.',
      'Cells given more than once: 1 lines, all with equal values.',
    ])
  })
})

describe('matrices', () => {
  const nan = Number.NaN
  test.each([
    [
      'numbers only',
      '1,2.5\n-3,4e1\n',
      {
        lines: [
          [1, 2.5],
          [-3, 40],
        ],
      },
    ],
    [
      'missing cells',
      '1,\n,4\nNA,nan\n',
      {
        lines: [
          [1, nan],
          [nan, 4],
          [nan, nan],
        ],
      },
    ],
    [
      'header',
      'a,b\n1,2\n3,4\n',
      {
        columns: ['a', 'b'],
        lines: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    [
      'labels',
      'x\t1\t2\ny\t3\t4\n',
      {
        rows: ['x', 'y'],
        lines: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    [
      'both, named corner',
      'month,a,b\n2006-01,1,2\n2006-02,3,4\n',
      {
        rows: ['2006-01', '2006-02'],
        columns: ['a', 'b'],
        lines: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    [
      'both, empty corner, as pandas writes',
      ',a,b\n0,1,2\n1,3,4\n',
      {
        rows: ['0', '1'],
        columns: ['a', 'b'],
        lines: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    [
      'years as header',
      'country,1990,2000\nChile,1,2\nPeru,3,4\n',
      {
        rows: ['Chile', 'Peru'],
        columns: ['1990', '2000'],
        lines: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    [
      'years as labels',
      'year,a,b\n1990,1,2\n2000,3,4\n',
      {
        rows: ['1990', '2000'],
        columns: ['a', 'b'],
        lines: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    [
      'three columns that are no keys',
      '0.5,1,2\n0.5,3,4\n',
      {
        lines: [
          [0.5, 1, 2],
          [0.5, 3, 4],
        ],
      },
    ],
    [
      'three whole columns without repetition',
      '1,2,3\n4,5,6\n',
      {
        lines: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      },
    ],
    [
      'label and two numbers',
      'x,1,2\ny,1,4\n',
      {
        rows: ['x', 'y'],
        lines: [
          [1, 2],
          [1, 4],
        ],
      },
    ],
    [
      'four columns without times',
      '1,7,4,3\n2,7,3,2\n2,9,5,1\n',
      {
        lines: [
          [1, 7, 4, 3],
          [2, 7, 3, 2],
          [2, 9, 5, 1],
        ],
      },
    ],
    [
      'a label with comma, quote and line break',
      '"a, ""b""\nc",1,2\nd,3,4\n',
      {
        rows: ['a, "b"\nc', 'd'],
        lines: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
  ])('%s', (_, text, expected) => {
    const table = readTable(text)
    expect(table.kind).toBe('matrix')
    expect(summary(table)).toEqual({ rows: undefined, columns: undefined, ...expected })
  })

  test('known counts the cells that are not missing', () => {
    expect((readTable('1,\n,4\nNA,7\n') as MatrixTable).known).toBe(3)
  })

  test('what the options say goes before the rules', () => {
    const keys = '1,7,4\n2,7,3\n2,9,5\n'
    expect(summary(readTable(keys, { as: 'matrix' }))).toMatchObject({
      lines: [
        [1, 7, 4],
        [2, 7, 3],
        [2, 9, 5],
      ],
    })
    expect(summary(readTable('1,2,3\n4,5,6\n', { as: 'triplets' }))).toEqual(['1 2 3', '4 5 6'])
    expect(summary(readTable('1,2,3\n4,5,6\n7,8,9\n', { header: true, rowLabels: true }))).toEqual({
      rows: ['4', '7'],
      columns: ['2', '3'],
      lines: [
        [5, 6],
        [8, 9],
      ],
    })
    expect(summary(readTable('1|2\n3|4', { delimiter: '|' }))).toMatchObject({
      lines: [
        [1, 2],
        [3, 4],
      ],
    })
  })
})

test('real tables: employment in the United States by industry and month', () => {
  const file = new URL('../../../node_modules/vega-datasets/data/us-employment.csv', import.meta.url)
  const bytes = readFileSync(file)
  const table = readTable(bytes) as MatrixTable
  const lines = bytes.toString().trim().split('\n')
  expect(table.columnLabels).toEqual(lines[0]!.split(',').slice(1))
  expect(table.rowLabels).toEqual(lines.slice(1).map((line) => line.split(',')[0]))
  expect(table.values.rows).toBe(lines.length - 1)
  expect([...table.values.data]).toEqual(
    lines.slice(1).flatMap((line) => line.split(',').slice(1).map(Number)),
  )
})

describe('writeMatrixCsv', () => {
  const matrix = { rows: 2, columns: 2, data: [1, Number.NaN, -0.1, 1e-7] }
  test('with and without labels', () => {
    expect(writeMatrixCsv(matrix)).toBe('1,\n-0.1,1e-7\n')
    expect(writeMatrixCsv(matrix, { columnLabels: ['a', 'b'] })).toBe('a,b\n1,\n-0.1,1e-7\n')
    expect(writeMatrixCsv(matrix, { rowLabels: ['x,y', 'z'], columnLabels: ['a', '"b"'] })).toBe(
      ',a,"""b"""\n"x,y",1,\nz,-0.1,1e-7\n',
    )
  })
})
