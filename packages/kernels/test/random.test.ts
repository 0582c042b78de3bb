import { describe, expect, test } from 'vitest'
import { instantiate } from '../src/index.ts'
import { fixture, fromHexadecimal } from './fixture.ts'

interface Table {
  blocks: [number[], number[], number[]][]
  streams: {
    key: [number, number]
    stream: number
    offset: number
    bits: string[]
    uniforms: string[]
    normals: string[]
  }[]
  keys: [[number, number], string, number[]][]
  samples: [number, number, [number, number], number, number[]][]
  orders: [number, [number, number], number, number[]][]
}

// Relative error of the normal quantiles: AS 241 promises about 1e-16, its rational functions round a dozen times.
const QUANTILE_RELATIVE = 2e-15

const table = fixture<Table>('philox')

describe.each(['strict', 'fma'] as const)('%s', async (binary) => {
  const { exports, memory } = await instantiate(binary)
  const out = exports.allocate(8 * 1024)
  const words = (count: number) => [...new Uint32Array(memory.buffer, out, count)]
  const doubles = (count: number) => [...new Float64Array(memory.buffer, out, count)]

  test("gives the known answers of the authors' library", () => {
    const ones = 0xffffffff
    exports.philox(out, 0, 0, 0, 0, 0, 0)
    expect(words(4)).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8])
    exports.philox(out, ones, ones, ones, ones, ones, ones)
    expect(words(4)).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd])
    exports.philox(out, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0)
    expect(words(4)).toEqual([0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1])
  })

  test('enciphers like an independent implementation', () => {
    for (const [[c0, c1, c2, c3], [k0, k1], expected] of table.blocks) {
      exports.philox(out, c0!, c1!, c2!, c3!, k0!, k1!)
      expect(words(4)).toEqual(expected)
    }
  })

  test('bits, uniforms and normals are those of the description, at any offset', () => {
    for (const { key, stream, offset, bits, uniforms, normals } of table.streams) {
      exports.fillBits(out, bits.length, ...key, stream, offset)
      const got = [...new BigUint64Array(memory.buffer, out, bits.length)]
      expect(got.map((word) => word.toString(16).padStart(16, '0'))).toEqual(bits)
      exports.fillUniform(out, uniforms.length, ...key, stream, offset)
      expect(doubles(uniforms.length)).toEqual(uniforms.map(fromHexadecimal))
      exports.fillNormal(out, normals.length, ...key, stream, offset)
      for (const [i, exact] of normals.map(fromHexadecimal).entries()) {
        expect(Math.abs(doubles(normals.length)[i]! / exact - 1)).toBeLessThan(QUANTILE_RELATIVE)
      }
    }
  })

  test('an element depends only on its position', () => {
    for (const name of ['fillUniform', 'fillNormal'] as const) {
      exports[name](out, 100, 1, 2, 3, 7)
      const together = doubles(100)
      for (const i of [0, 1, 2, 50, 99]) {
        exports[name](out, 1, 1, 2, 3, 7 + i)
        expect(doubles(1)[0]).toBe(together[i])
      }
    }
  })

  test('keys derived from labels are those of the description and differ', () => {
    const label = exports.allocate(64)
    const derive = (key: [number, number], text: string) => {
      const bytes = new TextEncoder().encode(text)
      new Uint8Array(memory.buffer, label, bytes.length).set(bytes)
      exports.deriveKey(out, ...key, label, bytes.length)
      return words(2)
    }
    for (const [key, text, expected] of table.keys) expect(derive(key, text)).toEqual(expected)
    const seen = new Set<string>()
    for (let i = 0; i < 2000; i++) seen.add(derive([5, 6], `layer ${i}`).join())
    for (const text of ['', '\0', '\0\0', 'a', 'a\0', 'aaaaaaaa', 'aaaaaaaa\0'])
      seen.add(derive([5, 6], text).join())
    expect(seen.size).toBe(2007)
  })

  test('samples and orders are those of the description', () => {
    const scratch = exports.allocate(exports.sampleScratch(1000))
    const integers = (count: number) => [...new Int32Array(memory.buffer, out, count)]
    for (const [k, n, key, stream, expected] of table.samples) {
      exports.sampleWithoutReplacement(out, k, n, ...key, stream, scratch)
      expect(integers(k)).toEqual(expected)
    }
    for (const [n, key, stream, expected] of table.orders) {
      new Int32Array(memory.buffer, out, n).set([...expected.keys()])
      exports.shuffle(out, n, ...key, stream)
      expect(integers(n)).toEqual(expected)
    }
  })
})
