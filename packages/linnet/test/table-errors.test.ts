import { describe, expect, test } from 'vitest'
import { readTable } from '../src/files/table.ts'
import { TableError } from '../src/files/table-error.ts'
import type { TableOptions } from '../src/files/table-forms.ts'
import { TABLE_BYTE_LIMIT } from '../src/files/table-text.ts'
import { InputError } from '../src/input-error.ts'

const utf16 = new Uint8Array([0xff, 0xfe, ...Array.from('1,2\n3,4\n', (c) => [c.charCodeAt(0), 0]).flat()])
const latin1 = new Uint8Array(Buffer.from('name,a,b\nJos\u00e9,1,2\nAna,3,4\n', 'latin1'))
const wide = `${'1,'.repeat(5_001)}1\n`

describe('one sentence, with the line', () => {
  const cases: [string, string | Uint8Array, TableOptions, number | undefined, string][] = [
    [
      'nothing',
      '',
      {},
      undefined,
      't.csv is empty: give lines of row,column,value, or the rows of a matrix.',
    ],
    [
      'blank lines',
      '\n \n\r\n',
      {},
      undefined,
      't.csv is empty: give lines of row,column,value, or the rows of a matrix.',
    ],
    [
      'a header alone',
      'user,item,rating\n',
      {},
      undefined,
      't.csv holds a header and nothing else: add the lines with the numbers.',
    ],
    [
      'ragged',
      '1,2,3\n4,5,6\n\n7,8\n',
      {},
      4,
      't.csv, line 4: 2 cells where line 1 has 3 cells; give every line equally many, empty where the value is unknown.',
    ],
    [
      'ragged after a line break in quotes',
      '"a\nb",2,3\nc,4\n',
      {},
      3,
      't.csv, line 3: 2 cells where line 1 has 3 cells',
    ],
    [
      'a text among numbers',
      '1,2\n3,4\n5,many\n',
      {},
      3,
      't.csv, line 3: "many" in column 2 is not a number; write a number such as 2.5, or leave the cell empty if it is unknown.',
    ],
    [
      'a text in a named column',
      'user,item,rating\n1,7,good\n',
      {},
      2,
      't.csv, line 2: "good" in the column rating is not a number',
    ],
    [
      'a text in a named column of a matrix',
      'name,a,b\nx,1,2\ny,1,0x10\n',
      {},
      3,
      't.csv, line 3: "0x10" in the column b is not a number',
    ],
    [
      'a decimal comma',
      '1,5;2,5\n3,5;4\n',
      {},
      1,
      't.csv, line 1: "1,5" in column 1 is not a number; write decimals with a point.',
    ],
    [
      'a long text',
      `1,2\n3,${'x'.repeat(1e5)}\n5,6\n7,8`,
      {},
      2,
      `t.csv, line 2: "${'x'.repeat(40)}…" in column 2 is not a number`,
    ],
    [
      'an infinite word',
      '1,2\n3,-Inf\n',
      {},
      2,
      't.csv, line 2: "-Inf" in column 2 is infinite; give a finite number, or leave the cell empty if it is unknown.',
    ],
    ['an infinite number', '1,2\n3,1e999\n', {}, 2, 't.csv, line 2: "1e999" in column 2 is infinite'],
    [
      'one row',
      '1,2,3\n',
      {},
      undefined,
      't.csv has 1 row and 3 columns of numbers, but a matrix with structure to find has at least two of each; give more (a list of known cells needs three columns: row, column, value).',
    ],
    ['one column', '1\n2\n3\n', {}, undefined, 't.csv has 3 rows and 1 column of numbers'],
    [
      'one column beside labels',
      'id\trate\nx\t1\ny\t2\n',
      {},
      undefined,
      't.csv has 2 rows and 1 column of numbers',
    ],
    ['one row of triplets', 'u,1,2\nu,2,3\n', {}, undefined, 't.csv has 1 row and 2 columns of numbers'],
    [
      'nothing known',
      'a,b\n,\nNA,null\n',
      {},
      undefined,
      't.csv holds no numbers: all its cells are missing.',
    ],
    [
      'no value known',
      'user,item,rating\n1,1,\n2,2,\n',
      {},
      undefined,
      't.csv holds no numbers: all its values are missing.',
    ],
    [
      'a cell twice',
      '1,7,4\n2,7,3\n2,9,5\n1,7,3\n',
      {},
      4,
      't.csv, line 4: row 1, column 7 has the value 3 here and 4 on line 1; keep one of them, or take their mean (duplicates: mean); if this is a matrix of three columns, say so.',
    ],
    [
      'no row label',
      'user,item,rating\n1,7,4\n,7,3\n',
      {},
      3,
      't.csv, line 3: the row is missing; name it or remove the line.',
    ],
    [
      'two columns as triplets',
      '1,2\n3,4\n',
      { as: 'triplets' },
      undefined,
      't.csv: triplets have 3 columns (row, column, value), but there are 2; remove the others or read it as a matrix.',
    ],
    [
      'an open quote',
      '1,2\n"3,4\n5,6\n',
      {},
      2,
      't.csv, line 2: a quoted cell does not end where the cell ends; close its quote and write quotes inside as "".',
    ],
    ['a stray quote', '1,2\n"3"x,4\n', {}, 2, 't.csv, line 2: a quoted cell does not end'],
    [
      'UTF-16',
      utf16,
      {},
      undefined,
      't.csv is UTF-16 text (its first bytes are a UTF-16 mark): save it as UTF-8.',
    ],
    [
      'Latin 1',
      latin1,
      {},
      undefined,
      't.csv is not UTF-8 text: line 2 holds bytes that are no characters; save it as UTF-8.',
    ],
    [
      'a spreadsheet',
      new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]),
      {},
      undefined,
      't.csv is a spreadsheet or archive, not text: save it as CSV.',
    ],
    [
      'too long',
      new Uint8Array(TABLE_BYTE_LIMIT + 1),
      {},
      undefined,
      't.csv is 256.0 MB long, more than the 256.0 MB that are read',
    ],
    [
      'too many cells',
      wide.repeat(5_000),
      {},
      undefined,
      't.csv has 5000 rows and 5002 columns, more than the 25000000 cells that fit into memory; take a part of it.',
    ],
  ]
  test.each(cases)('%s', (_, input, options, line, sentence) => {
    const error = (() => {
      try {
        return readTable(input, { name: 't.csv', ...options })
      } catch (caught) {
        return caught
      }
    })()
    expect(error).toBeInstanceOf(TableError)
    expect(error).toBeInstanceOf(InputError)
    expect((error as TableError).message).toContain(sentence)
    expect((error as TableError).message).toMatch(/^[^\n]*\.$/)
    expect((error as TableError).line).toBe(line)
  })
})
