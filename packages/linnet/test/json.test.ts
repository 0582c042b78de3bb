import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FileError } from '../src/files/file-error.ts'
import { JSON_DEPTH_LIMIT, readJson } from '../src/files/json.ts'
import { decodeText, encodeText } from '../src/files/text.ts'

const faultOf = (text: string) => {
  const result = readJson(text)
  return 'fault' in result ? result.fault : undefined
}

describe('readJson agrees with JSON.parse', () => {
  test('on every JSON value, however it is indented', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(4), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(readJson(text)).toEqual({ value: JSON.parse(text) })
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  test('on texts one edit away from JSON: both read it or both refuse it', () => {
    const edited = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom(...'{}[]",:\\0 -.eE+tn\t\u0000'), fc.nat(2))
      .map(([text, at, character, removed]) => {
        const place = at % (text.length + 1)
        return text.slice(0, place) + character + text.slice(place + removed)
      })
    const counts = { read: 0, refused: 0 }
    fc.assert(
      fc.property(edited, (text) => {
        const fault = faultOf(text)
        // These two JSON.parse lets pass.
        if (fault?.expected === 'each key once' || fault?.expected === 'a number below 1.8e308') return
        let parsed: unknown
        try {
          parsed = JSON.parse(text)
        } catch {
          counts.refused++
          expect(fault, text).toBeDefined()
          return
        }
        counts.read++
        expect(readJson(text)).toEqual({ value: parsed })
      }),
      { seed: 2, numRuns: 3000 },
    )
    expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(300)
  })

  test('a key __proto__ is an ordinary property', () => {
    const result = readJson('{"__proto__": {"kind": 1}}')
    expect('value' in result && Object.keys(result.value as object)).toEqual(['__proto__'])
    expect('value' in result && (result.value as { kind?: number }).kind).toBeUndefined()
  })
})

describe('faults: place, what stands there, what is expected, what to do', () => {
  test.each([
    ['', 1, 1, 'the end of the text', 'a value', 'complete the text: it breaks off here'],
    ['{"a": 1', 1, 8, 'the end of the text', 'a comma or "}"', 'complete the text: it breaks off here'],
    ['{"a": 1 "b"', 1, 9, '"\\""', 'a comma or "}"', 'put a comma between the entries'],
    ['{"a": 1,\n "b": }', 2, 7, '"}"', 'a value', 'put text in double quotes'],
    ['{"a": 1,\r\n }', 2, 2, '"}"', 'a key', 'remove the comma before the "}"'],
    ['[1, 2,]', 1, 7, '"]"', 'a value', 'remove the comma before the "]"'],
    ['[1 2]', 1, 4, '"2"', 'a comma or "]"', 'put a comma between the items of a list'],
    ['{a: 1}', 1, 2, '"a"', 'a key in double quotes', 'put the key in double quotes'],
    ["{'a': 1}", 1, 2, '"\'"', 'a key in double quotes', 'put the key in double quotes'],
    ['{"a" 1}', 1, 6, '"1"', 'a colon', 'write "key": value'],
    ["['a']", 1, 2, '"\'"', 'a value', 'use double quotes'],
    ['// no\n{}', 1, 1, '"/"', 'a value', 'remove the comment: JSON has none'],
    ['{"σσ": NaN}', 1, 8, '"NaN"', 'a value', 'write a finite number, or leave the entry out'],
    ['[-Infinity]', 1, 2, '"-Infinity"', 'a value', 'write a finite number, or leave the entry out'],
    ['[True]', 1, 2, '"True"', 'a value', 'write true, false or null in small letters'],
    ['[-]', 1, 2, '"-"', 'a value', 'write numbers as in 5, -0.25 or 1e-3'],
    ['[01]', 1, 2, '"01"', 'a number', 'write numbers as in 5, -0.25 or 1e-3'],
    ['[.5]', 1, 2, '".5"', 'a value', 'write numbers as in 5, -0.25 or 1e-3'],
    ['[1e999]', 1, 2, '"1e999"', 'a number below 1.8e308', 'write a smaller number'],
    ['{} {}', 1, 4, '"{"', 'the end of the text', 'remove what follows the first value'],
    [
      '{"a": 1,\n"b": 2, "a": 3}',
      2,
      9,
      'the key "a" again, first given on line 1',
      'each key once',
      'keep one of the two',
    ],
  ])('%j', (text, line, column, given, expected, remedy) => {
    expect(faultOf(text)).toEqual({ line, column, given, expected, remedy })
  })

  test('an unclosed text, an unknown escape, a bare line break', () => {
    for (const text of ['["abc', '["a\\x"]', '["a\nb"]', '["\\u12g4"]'])
      expect(faultOf(text)?.expected, text).toMatch(/^a closing quote on the same line/)
  })

  test('nesting: as deep as the limit, and not deeper', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect(faultOf(nested(JSON_DEPTH_LIMIT))).toBeUndefined()
    expect(faultOf(nested(JSON_DEPTH_LIMIT + 1))?.expected).toBe('at most 64 levels of nesting')
    expect(faultOf('{"a":'.repeat(1e5))?.remedy).toBe('flatten it')
  })

  test('a text of millions of characters with escapes', () => {
    const text = JSON.stringify('\\"\n'.repeat(1e6))
    expect(readJson(text)).toEqual({ value: JSON.parse(text) })
  })
})

describe('decodeText', () => {
  const source = { name: 'a.csv', limit: 100 }

  test('UTF-8 with and without byte order mark', () => {
    expect(decodeText(encodeText('σ\n'), source)).toBe('σ\n')
    expect(decodeText(encodeText('\uFEFFσ'), source)).toBe('σ')
    expect(decodeText('\uFEFFσ', source)).toBe('σ')
  })

  test.each([
    [
      'Latin 1',
      [97, 10, 98, 0xe9, 10, 99],
      'a.csv is not UTF-8 text: line 2 holds bytes that are no characters',
    ],
    ['cut inside a character', [97, 10, 0xcf], 'a.csv is not UTF-8 text: line 2'],
    ['UTF-16, little end first', [0xff, 0xfe, 97, 0], 'a.csv is UTF-16 text'],
    ['UTF-16, big end first', [0xfe, 0xff, 0, 97], 'a.csv is UTF-16 text'],
    ['too long', Array(101).fill(97), 'a.csv is 101 bytes long, more than the 100 bytes that are read'],
  ])('refuses: %s', (_, bytes, sentence) => {
    expect(() => decodeText(Uint8Array.from(bytes), source)).toThrow(FileError)
    expect(() => decodeText(Uint8Array.from(bytes), source)).toThrow(sentence)
  })
})
