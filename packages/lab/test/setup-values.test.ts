import * as fc from 'fast-check'
import {
  ConfigError,
  type ConfigProblem,
  gradientDescent,
  identity,
  linear,
  parseConfig,
  simulate,
  spectrum,
  whitened,
} from 'linnet'
import { describe, expect, test } from 'vitest'
import { withValue } from '../src/experiment/field.ts'
import type { Json, JsonObject } from '../src/experiment/json.ts'
import { readNumber, readNumbers, readRows, writeNumber } from '../src/setup/number-text.ts'
import { actOf, besideControl, smallestTried } from '../src/setup/remedy.ts'
import { experiment } from './setup-experiment.ts'

const opening = experiment.config

describe('numbers as text', () => {
  test.each([
    ['1e-3', 0.001],
    [' 0.5 ', 0.5],
    ['−2', -2],
    ['.5', 0.5],
    ['3.', 3],
    ['+1E2', 100],
  ])('%s', (text, value) => expect(readNumber(text)).toBe(value))

  test.each(['', 'abc', '1,5', '1e', '0x10', 'Infinity', 'NaN', '1e999', '1 2', '--1'])(
    '%s is none',
    (text) => expect(readNumber(text)).toBeUndefined(),
  )

  test('what is written is read as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readNumber(writeNumber(value))).toBe(value === 0 ? 0 : value)
      }),
    )
    expect(writeNumber(1e-5)).toBe('1e-5')
    expect(writeNumber(4000)).toBe('4000')
  })

  test('lists and rows', () => {
    expect(readNumbers('1, 2;3\t4')).toEqual([1, 2, 3, 4])
    expect(readNumbers('[1, 2]')).toEqual([1, 2])
    expect(readNumbers('1, two')).toBeUndefined()
    expect(readNumbers('')).toBeUndefined()
    expect(readRows('1 2\n3 4\n')).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(readRows('[[1, 2], [3, 4]]')).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(readRows('1 2\nx 4')).toBeUndefined()
  })
})

/** What the library says of a config. */
function problemsOf(config: JsonObject): readonly ConfigProblem[] {
  try {
    parseConfig(config)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  throw new Error('the config was accepted')
}

/** What the library says of the opening with another value. */
function problemsWith(field: string, value: Json | undefined): readonly ConfigProblem[] {
  return problemsOf(withValue(opening, field, value))
}

describe('remedies of the library as buttons', () => {
  test.each<[string, Json | undefined, string, Json | undefined]>([
    ['loss.truth.rank', -3, 'loss.truth.rank', 2],
    ['loss.noise', -1, 'loss.noise', undefined],
    ['loss.normalisation', 'haf', 'loss.normalisation', 'half'],
    ['network.depth', '3', 'network.depth', 3],
    ['network.deph', 3, 'network.deph', undefined],
    ['probes[4]', { kind: 'loss' }, 'probes[4]', undefined],
    ['dynamics.absolute', -1, 'dynamics.absolute', 1],
  ])('%s = %j', (field, given, where, value) => {
    const [problem] = problemsWith(field, given)
    const act = actOf(problem!)
    expect(act).toMatchObject({ field: where, value })
    // It helps: the library has nothing to say afterwards.
    expect(() => parseConfig(withValue(withValue(opening, field, given), where, value))).not.toThrow()
  })

  test('a truth that is missing', () => {
    const config = {
      ...opening,
      loss: { kind: 'squared', inputs: { kind: 'gaussian', rows: 2, columns: 3 } },
    }
    const [problem] = problemsOf(config)
    expect(actOf(problem!)).toEqual({ label: 'Remove probes[1]', field: 'probes[1]', value: undefined })
  })

  test('what needs a decision has no button', () => {
    const [problem] = problemsWith('until', { steps: 10 })
    expect(actOf(problem!)).toBeUndefined()
    expect(besideControl(problem!)).toContain('was given, but')
  })

  test('what is missing is set to what its control begins with', () => {
    const [problem] = problemsWith('until', { loss: 1e-3 })
    expect(actOf(problem!)).toBeUndefined()
    expect(actOf(problem!, 1000)).toEqual({ label: 'Set to 1000', field: 'until.time', value: 1000 })
  })

  test('the sentence does not name its own control', () => {
    const [problem] = problemsWith('loss.truth.rank', -3)
    expect(besideControl(problem!)).toBe(
      '-3 was given, but a whole number of at least 1 is expected; set it to 2, say.',
    )
  })
})

test('what the library says to try when a descent diverges', async () => {
  const messages = await Promise.all(
    [1, 2].map(async (depth) => {
      const run = await simulate({
        loss: whitened({ target: spectrum({ rows: 2, columns: 2, singularValues: [2, 1] }) }),
        network: linear({ depth }),
        init: identity({ scale: 0.1 }),
        dynamics: gradientDescent({ stepSize: 50 }),
        until: { steps: 200 },
      })
      return run.stopped.message
    }),
  )
  const tried = smallestTried([...messages, 'something else; try again'])!
  expect(tried).toBeGreaterThan(0)
  expect(tried).toBeLessThan(2)
  expect(smallestTried(['The run stalled.', 'try a larger tolerance'])).toBeUndefined()
})
