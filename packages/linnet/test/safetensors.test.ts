import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FileError } from '../src/files/file-error.ts'
import { readSafetensors, readSafetensorsMetadata, writeSafetensors } from '../src/files/safetensors.ts'
import { weightsFromSafetensors, weightsToSafetensors } from '../src/files/weights.ts'

interface StoredFile {
  name: string
  base64: string
  metadata: Record<string, string>
  tensors: { name: string; dtype: string; shape: number[]; values: (number | 'nan' | 'inf' | '-inf')[] }[]
}

// Made by fixtures/safetensors.py: Python's struct around arrays of NumPy and PyTorch.
const path = new URL('../../../fixtures/safetensors.json', import.meta.url)
const fixture = JSON.parse(readFileSync(path, 'utf8')) as { files: StoredFile[]; written: StoredFile }
const bytesOf = (file: StoredFile) => new Uint8Array(Buffer.from(file.base64, 'base64'))
const numberOf = (value: number | 'nan' | 'inf' | '-inf') =>
  typeof value === 'number' ? value : { nan: Number.NaN, inf: Infinity, '-inf': -Infinity }[value]

describe('reading', () => {
  test.each(fixture.files.map((file) => [file.name, file] as const))('%s', (_, file) => {
    const tensors = readSafetensors(bytesOf(file))
    expect([...tensors.keys()]).toEqual(file.tensors.map(({ name }) => name))
    for (const { name, dtype, shape, values } of file.tensors) {
      expect(tensors.get(name)).toEqual({ dtype, shape, data: Float64Array.from(values, numberOf) })
    }
    expect(readSafetensorsMetadata(bytesOf(file))).toEqual(file.metadata)
  })

  test('from an odd offset of a larger buffer', () => {
    const bytes = bytesOf(fixture.files[0]!)
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    expect(readSafetensors(shifted.subarray(3))).toEqual(readSafetensors(bytes))
  })

  test('layers come in the order of their numbers, not of their names', () => {
    const file = fixture.files[1]!
    expect(file.tensors.map(({ name }) => name).slice(0, 4)).toEqual([
      '0.weight',
      '1.weight',
      '10.weight',
      '11.weight',
    ])
    const layers = weightsFromSafetensors(bytesOf(file))
    const stored = (j: number) => file.tensors.find(({ name }) => name === `${j}.weight`)!.values
    expect(layers.map(({ data }) => Array.from(data))).toEqual(
      Array.from({ length: 12 }, (_, j) => stored(j)),
    )
    expect(
      weightsFromSafetensors(bytesOf(fixture.files[2]!)).map(({ rows, columns }) => [rows, columns]),
    ).toEqual([
      [4, 3],
      [2, 4],
    ])
  })
})

describe('writing', () => {
  test('gives the bytes that Python gives', () => {
    const layers = fixture.written.tensors.map(({ shape, values }) => ({
      rows: shape[0]!,
      columns: shape[1]!,
      data: values.map(numberOf),
    }))
    expect(weightsToSafetensors(layers, { b: '2', a: '1' })).toEqual(bytesOf(fixture.written))
  })

  test('round trip, bit for bit', () => {
    const tensor = fc.tuple(fc.nat(3), fc.nat(3)).chain(([rows, columns]) =>
      fc.record({
        shape: fc.constant([rows, columns]),
        data: fc.float64Array({ minLength: rows * columns, maxLength: rows * columns }),
      }),
    )
    const names = fc.string({ unit: 'binary' }).filter((name) => !name.startsWith('__'))
    fc.assert(
      fc.property(fc.dictionary(names, tensor), (tensors) => {
        const bytes = writeSafetensors(new Map(Object.entries(tensors)))
        const read = readSafetensors(bytes)
        expect(bytes.length % 8).toBe(0)
        expect(new Set(read.keys())).toEqual(new Set(Object.keys(tensors)))
        for (const [name, { shape, data }] of Object.entries(tensors))
          expect(read.get(name)).toEqual({ shape, dtype: 'F64', data })
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  test('refuses a shape that disagrees with its data', () => {
    const tensors = new Map([['a', { shape: [2, 2], data: [1, 2, 3] }]])
    expect(() => writeSafetensors(tensors)).toThrow('tensor a has shape [2, 2] but 3 numbers: give 4')
  })
})

/** A file with the given header text and as many zero bytes of data. */
function fileOf(header: unknown, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + text.length + dataBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true)
  bytes.set(text, 8)
  return bytes
}
const matrix = (begin: number, rows = 1, columns = 1, dtype = 'F64') => ({
  dtype,
  shape: [rows, columns],
  data_offsets: [begin, begin + 8 * rows * columns],
})

describe('files that are refused, each with its sentence', () => {
  test.each([
    ['nothing', new Uint8Array(0), 'the file has 0 bytes, too few'],
    [
      'a longer header than the file',
      fileOf('{}', 0).fill(9, 0, 1),
      'announces a header of 9 bytes but has only 2',
    ],
    ['a huge header', new Uint8Array(16).fill(255), 'announces a header of 18446744073709551615 bytes'],
    ['a header that is no object', fileOf('[]', 0), 'is not JSON text'],
    ['a pickle', new Uint8Array([4, 0, 0, 0, 0, 0, 0, 0, 0x80, 2, 0x63, 0x71]), 'is not JSON text'],
    [
      'a broken header',
      fileOf('{"a":}', 0),
      'is not valid JSON (character 6: "}" where a value is expected)',
    ],
    ['a tensor twice', fileOf('{"a":1,"a":2}', 0), 'the key "a" again'],
    [
      'no description',
      fileOf({ a: 3 }, 0),
      'tensor "a" of the safetensors file is not described by an object',
    ],
    ['no dtype', fileOf({ a: { shape: [], data_offsets: [0, 8] } }, 8), 'has no dtype'],
    [
      'whole numbers',
      fileOf({ a: matrix(0, 1, 1, 'I64') }, 8),
      'has dtype I64, but F64, F32, F16 and BF16 are read',
    ],
    ['a prototype as dtype', fileOf({ a: matrix(0, 1, 1, 'constructor') }, 8), 'has dtype constructor'],
    ['a negative shape', fileOf({ a: matrix(0, -1, -1) }, 8), 'has no shape of whole numbers'],
    [
      'a shape without end',
      fileOf({ a: { ...matrix(0), shape: [1e15, 1e15] } }, 8),
      'but its data_offsets span 8',
    ],
    ['descending offsets', fileOf({ a: { ...matrix(0), data_offsets: [8, 0] } }, 8), 'no ascending pair'],
    [
      'overlapping tensors',
      fileOf({ a: matrix(0), b: matrix(4) }, 12),
      'begins at byte 4 where byte 8 is expected',
    ],
    ['a gap', fileOf({ a: matrix(0), b: matrix(16) }, 24), 'begins at byte 16 where byte 8 is expected'],
    ['data cut off', fileOf({ a: matrix(0) }, 7), 'describes 8 bytes of data but holds 7'],
    ['data too many', fileOf({ a: matrix(0) }, 9), 'describes 8 bytes of data but holds 9'],
    ['metadata that are no texts', fileOf({ __metadata__: { a: 1 } }, 0), 'must hold texts only'],
  ])('%s', (_, bytes, sentence) => {
    const read = () => {
      readSafetensorsMetadata(bytes)
      readSafetensors(bytes)
    }
    expect(read).toThrow(FileError)
    expect(read).toThrow(sentence)
  })

  const weights = (tensors: Record<string, { shape: number[]; data: number[] }>) =>
    writeSafetensors(new Map(Object.entries(tensors)))
  const one = { shape: [1, 1], data: [1] }
  test.each([
    ['no layers', weights({}), 'the file holds no tensors'],
    ['a bias', weights({ '0.weight': one, '0.bias': { shape: [1], data: [1] } }), '"0.bias" is a bias'],
    ['no numbers', weights({ 'left.weight': one, 'right.weight': one }), 'carries no layer number'],
    ['two networks', weights({ 'a.0.weight': one, 'b.0.weight': one }), 'are not layers of one network'],
    ['a number twice', weights({ 'a.1.weight': one, 'a.01.weight': one }), 'have the layer number 1'],
    [
      'a vector',
      weights({ '0.weight': { shape: [2], data: [1, 2] } }),
      'has shape [2], but a layer is a matrix',
    ],
    ['an empty matrix', weights({ '0.weight': { shape: [0, 2], data: [] } }), 'of at least 1×1'],
    [
      'not a number',
      weights({ '0.weight': { shape: [1, 2], data: [1, NaN] } }),
      'holds NaN in row 1, column 2',
    ],
    [
      'layers that do not fit',
      weights({
        '0.weight': { shape: [1, 2], data: [1, 2] },
        '1.weight': { shape: [1, 3], data: [1, 2, 3] },
      }),
      'layer 1.weight is 1×3 but the layer before it, 0.weight, is 1×2',
    ],
  ])('as weights: %s', (_, bytes, sentence) => {
    expect(() => weightsFromSafetensors(bytes)).toThrow(FileError)
    expect(() => weightsFromSafetensors(bytes)).toThrow(sentence)
  })
})

describe('damaged files', () => {
  const valid = bytesOf(fixture.files[2]!)
  const outcome = (bytes: Uint8Array) => {
    try {
      weightsFromSafetensors(bytes)
      return 'read'
    } catch (error) {
      if (error instanceof FileError) return 'refused'
      throw error
    }
  }

  test('cut off after any number of bytes: refused', () => {
    expect(outcome(valid)).toBe('read')
    for (let length = 0; length < valid.length; length++)
      expect([length, outcome(valid.subarray(0, length))]).toEqual([length, 'refused'])
  })

  test('any byte of the header changed in any bit: read or refused, nothing else', () => {
    const headerEnd = 8 + Number(new DataView(valid.buffer).getBigUint64(0, true))
    const outcomes = new Set<string>()
    for (let at = 0; at < headerEnd; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const damaged = valid.slice()
        damaged[at]! ^= 1 << bit
        outcomes.add(outcome(damaged))
      }
    }
    expect(outcomes).toEqual(new Set(['read', 'refused']))
  })

  test('random bytes, alone and behind a plausible header length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(40), (bytes, length) => {
        outcome(bytes)
        const framed = fileOf('', bytes.length)
        framed.set(bytes, 8)
        framed[0] = length
        outcome(framed)
      }),
      { seed: 2, numRuns: 1000 },
    )
  })

  test('random JSON as header', () => {
    const description = fc.record(
      { dtype: fc.constantFrom('F64', 'F16', 'I8', 3), shape: fc.jsonValue(), data_offsets: fc.jsonValue() },
      { requiredKeys: [] },
    )
    const header = fc.dictionary(fc.string(), fc.oneof(description, fc.jsonValue()))
    fc.assert(
      fc.property(header, fc.nat(64), (json, size) => void outcome(fileOf(json, size))),
      { seed: 3, numRuns: 1000 },
    )
  })
})
