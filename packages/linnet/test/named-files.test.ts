import { describe, expect, test } from 'vitest'
import type { Config } from '../src/config/config.ts'
import { FileError } from '../src/files/file-error.ts'
import { filesNamedIn, readMatrixFile } from '../src/files/named-files.ts'
import { toObserved } from '../src/files/observed.ts'
import { writeSafetensors } from '../src/files/safetensors.ts'
import { readTable } from '../src/files/table.ts'
import { encodeText } from '../src/files/text.ts'

const matrix = (rows: number, columns: number) => ({
  shape: [rows, columns],
  data: Array.from({ length: rows * columns }, (_, i) => i + 0.5),
})

test('filesNamedIn: what the init names holds weights, all else matrices; each file once', () => {
  const file = (path: string, tensor?: string) => ({ kind: 'file', path, tensor })
  const config = {
    title: 'file',
    loss: {
      kind: 'squared',
      truth: file('truth.csv'),
      inputs: file('data.safetensors', 'X'),
      targets: file('truth.csv'),
    },
    network: { kind: 'linear' },
    init: { kind: 'file', path: 'weights.safetensors' },
    dynamics: { kind: 'gradientFlow' },
    probes: [{ kind: 'loss' }],
  } as unknown as Config
  expect(filesNamedIn(config)).toEqual([
    { path: 'weights.safetensors', holds: 'weights' },
    { path: 'truth.csv', holds: 'matrix' },
    { path: 'data.safetensors', holds: 'matrix' },
  ])
  const layerByLayer = { ...config, init: { kind: 'file', layers: [file('a.csv'), file('b.csv')] } } as Config
  expect(filesNamedIn(layerByLayer).slice(0, 2)).toEqual([
    { path: 'a.csv', holds: 'matrix' },
    { path: 'b.csv', holds: 'matrix' },
  ])
})

describe('readMatrixFile', () => {
  const weights = writeSafetensors(
    new Map([
      ['0.weight', matrix(2, 3)],
      ['2.weight', matrix(1, 2)],
    ]),
  )
  const single = writeSafetensors(
    new Map([
      ['truth', matrix(2, 2)],
      ['step', { shape: [], data: [3] }],
    ]),
  )

  test('weights: the layers by number', () => {
    const read = readMatrixFile({ path: 'w.safetensors', holds: 'weights' }, weights)
    expect([...read].map(([key, { rows, columns }]) => [key, rows, columns])).toEqual([
      ['w.safetensors#W1', 2, 3],
      ['w.safetensors#W2', 1, 2],
    ])
  })

  test('data: the tensors by name, a single one by the file too', () => {
    expect([...readMatrixFile({ path: 'd', holds: 'matrix' }, weights).keys()]).toEqual([
      'd#0.weight',
      'd#2.weight',
    ])
    expect([...readMatrixFile({ path: 'd', holds: 'matrix' }, single).keys()]).toEqual(['d#truth', 'd'])
  })

  test('a table: one matrix, of one row or column too, a header skipped, no column taken for labels', () => {
    const read = (text: string) =>
      readMatrixFile({ path: 't.csv', holds: 'matrix' }, encodeText(text)).get('t.csv')
    expect(read('1,2,3\n')).toEqual({ rows: 1, columns: 3, data: Float64Array.of(1, 2, 3) })
    expect(read('1\n2\n')).toEqual({ rows: 2, columns: 1, data: Float64Array.of(1, 2) })
    expect(read('row,column,value\n0,1,2.5\n1,0,-3\n')).toEqual({
      rows: 2,
      columns: 3,
      data: Float64Array.of(0, 1, 2.5, 1, 0, -3),
    })
  })

  test.each([
    ['weights', '1,2\n', 'f: the file has 4 bytes, too few for a safetensors file'],
    ['matrix', '', 'f: the file is empty: write the rows of a matrix, a line each'],
    ['matrix', 'a,b\n', 'f: the table holds a header and nothing else'],
    [
      'matrix',
      '1,2\n3,\n,5\n',
      'f: 2 cells of the table are missing, but this matrix is used as it is: fill them in',
    ],
    ['matrix', '1,2\n3,x\n4,5\n', 'f: the table, line 2: "x" in column 2 is not a number'],
    [
      'matrix',
      writeSafetensors(new Map([['a', { shape: [1], data: [1] }]])),
      'f: the file holds no tensor of two dimensions',
    ],
    ['matrix', single.subarray(0, 150), 'f: the safetensors file describes 40 bytes of data but holds 22'],
  ] as const)('refuses, as %s: file %#', (holds, content, sentence) => {
    const bytes = typeof content === 'string' ? encodeText(content) : content
    expect(() => readMatrixFile({ path: 'f', holds }, bytes)).toThrow(FileError)
    expect(() => readMatrixFile({ path: 'f', holds }, bytes)).toThrow(sentence)
  })
})

test('toObserved: both layouts in one form', () => {
  const expected = {
    rows: 2,
    columns: 3,
    rowOf: Int32Array.of(0, 0, 1),
    columnOf: Int32Array.of(0, 2, 1),
    values: Float64Array.of(4, 3, 5),
  }
  const table = toObserved(readTable('id,a,b,c\nx,4,,3\ny,,5,\n'))
  expect(table).toMatchObject({ ...expected, rowLabels: ['x', 'y'], columnLabels: ['a', 'b', 'c'] })
  const triplets = 'row,column,value\n1,10,4\n1,30,3\n2,20,5\n'
  expect(toObserved(readTable(triplets))).toMatchObject({
    ...expected,
    rowLabels: ['1', '2'],
    columnLabels: ['10', '20', '30'],
  })
})
