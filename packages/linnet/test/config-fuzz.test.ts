import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { configParser } from '../src/config/parser.ts'
import { InputError } from '../src/input-error.ts'
import { toys, valid } from './toy-families.ts'

const { parse, parseText } = configParser(toys)

describe('only InputError escapes', () => {
  const outcome = (run: () => unknown) => {
    try {
      run()
      return 'accepted'
    } catch (error) {
      if (error instanceof InputError) return 'refused'
      throw error
    }
  }
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withNullPrototype: true,
    withObjectString: true,
  })

  test('from anything at all', () => {
    fc.assert(
      fc.property(anything, (input) => outcome(() => parse(input)) === 'refused'),
      { seed: 1, numRuns: 1000 },
    )
  })

  test('from a valid config with anything in one place', () => {
    const places = [
      'seed',
      'loss',
      'network',
      'init',
      'dynamics',
      'probes',
      'until',
      'record',
      'title',
      'x',
    ] as const
    const inside = [
      'kind',
      'truth',
      'rank',
      'observed',
      'time',
      'steps',
      'samples',
      '__proto__',
      '0',
    ] as const
    const outcomes = new Set<string>()
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.option(fc.constantFrom(...inside)),
        anything,
        (place, key, value) => {
          const config: Record<string, unknown> = valid()
          config[place] = key === null ? value : { ...(config[place] as object), [key]: value }
          outcomes.add(outcome(() => parse(config)))
        },
      ),
      { seed: 2, numRuns: 3000 },
    )
    expect(outcomes).toEqual(new Set(['accepted', 'refused']))
  })

  test('from damaged text', () => {
    const text = JSON.stringify(valid())
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.string({ unit: 'binary', maxLength: 5 }),
        fc.nat(5),
        (at, put, cut) => {
          outcome(() => parseText(text.slice(0, at) + put + text.slice(at + cut)))
        },
      ),
      { seed: 3, numRuns: 2000 },
    )
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 100 }),
        (bytes) => outcome(() => parseText(bytes)) === 'refused',
      ),
      { seed: 4, numRuns: 1000 },
    )
  })
})
