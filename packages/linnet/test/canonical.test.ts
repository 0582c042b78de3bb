import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, configHash } from '../src/config/canonical.ts'
import { configParser } from '../src/config/parser.ts'
import { editDistance, nearest } from '../src/config/spelling.ts'
import { toys, valid } from './toy-families.ts'

const { parse } = configParser(toys)

/** The same JSON value with the keys of all its objects in another order. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).reverse()
  return Object.fromEntries(entries.map(([key, inside]) => [key, reordered(inside)]))
}

describe('canonicalJson', () => {
  test('the example of RFC 8785, section 3.2.2, as far as JavaScript numbers go', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    }
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  test('reads back as what it was, whatever the order of the keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value)
        const read = JSON.parse(text)
        // JSON has one zero.
        expect(canonicalJson(read)).toBe(text)
        expect(canonicalJson(reordered(value))).toBe(text)
        expect(read).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      { seed: 1, numRuns: 500 },
    )
  })
})

describe('configHash', () => {
  test('is SHA-256 of the canonical JSON', () => {
    const config = parse({ ...valid(), title: 'σ' })
    expect(configHash(config)).toBe(createHash('sha256').update(canonicalJson(config), 'utf8').digest('hex'))
  })

  test('does not see order or spelled-out defaults, and sees every value', () => {
    const hash = configHash(parse(valid()))
    expect(configHash(parse(reordered(valid())))).toBe(hash)
    expect(configHash(parse({ ...valid(), seed: 0, network: { depth: 3, kind: 'linear' } }))).toBe(hash)
    expect(configHash(parse({ ...valid(), seed: 1 }))).not.toBe(hash)
    expect(configHash(parse({ ...valid(), until: { time: 10.000000000000002 } }))).not.toBe(hash)
  })
})

describe('the nearest known word', () => {
  test.each([
    ['completon', 'completion'],
    ['tiem', 'time'],
    ['Depth', 'depth'],
    ['xyz', undefined],
    ['', undefined],
    ['x'.repeat(1e6), undefined],
  ])('%.20s', (word, expected) => {
    expect(nearest(word, ['time', 'depth', 'completion', 'sensing'])).toBe(expected)
  })

  test('the distance is 1 for one insertion, deletion, substitution or swap, and symmetric', () => {
    const pairs = [
      ['abc', 'abxc'],
      ['abc', 'ac'],
      ['abc', 'axc'],
      ['abc', 'acb'],
    ] as const
    expect(pairs.map(([a, b]) => editDistance(a, b))).toEqual([1, 1, 1, 1])
    expect(editDistance('kitten', 'sitting')).toBe(3)
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b) === 0).toBe(a === b)
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
      }),
      { seed: 2, numRuns: 300 },
    )
  })
})
