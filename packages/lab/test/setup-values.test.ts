import * as fc from 'fast-check'
import { ConfigError, type ConfigProblem, parseConfig } from 'linnet'
import { describe, expect, test } from 'vitest'
import { withValue } from '../src/experiment/field.ts'
import { isObject, type Json, type JsonObject } from '../src/experiment/json.ts'
import { catalogue } from '../src/setup/catalogue.ts'
import { sectionOfFailure } from '../src/setup/failure.ts'
import { readNumber, readNumbers, readRows, writeNumber } from '../src/setup/number-text.ts'
import { actOf, besideControl } from '../src/setup/remedy.ts'
import { sectionsOf } from '../src/setup/sections.ts'
import { asSpectrum } from '../src/setup/spectrum.ts'
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

describe('sensible values to begin with', () => {
  /** Every spec of the config, switched to every kind of its family. */
  test.each(['loss', 'network', 'init', 'dynamics'])('%s of any kind parses', (part) => {
    const section = sectionsOf(opening, catalogue).find(({ id }) => id === part)!
    const [control] = section.controls
    if (control?.kind !== 'spec') throw new Error('no spec')
    for (const { value: kind } of control.choices) {
      const spec = control.switched(kind)
      const clock = kind !== 'gradientFlow' && part === 'dynamics' ? { steps: 100 } : { time: 1 }
      const probes = [{ kind: 'loss' }]
      const config = { ...opening, [part]: spec, until: clock, probes, record: { samples: 10 } } as JsonObject
      expect(() => parseConfig(config), kind).not.toThrow()
    }
  })

  test('what both kinds have is kept', () => {
    const [control] = sectionsOf(opening, catalogue).find(({ id }) => id === 'loss')!.controls
    const spec = control?.kind === 'spec' ? control.switched('sensing') : undefined
    expect(isObject(spec) && spec.truth).toEqual(isObject(opening.loss) && opening.loss.truth)
    expect(spec).not.toHaveProperty('observed')
  })
})

test('a random target as one with given singular values', () => {
  const spec = { kind: 'lowRank', rows: 4, columns: 3, rank: 2, seed: 9 }
  expect(asSpectrum(spec, [2.123456, 1.00001, 1e-17])).toEqual({
    kind: 'spectrum',
    rows: 4,
    columns: 3,
    singularValues: [2.123, 1],
    seed: 9,
  })
  expect(asSpectrum(spec, undefined)).toBeUndefined()
  expect(asSpectrum({ ...spec, kind: 'gaussian' }, [1])).toBeUndefined()
})

test('failures stand at the section that they speak of', () => {
  const config = { ...opening, loss: { kind: 'squared', inputs: { kind: 'values', data: [1] } } }
  expect(sectionOfFailure('values: data is one list', config)).toBe('loss')
  expect(sectionOfFailure('identity: something', config)).toBe('init')
  expect(sectionOfFailure('something else happened', config)).toBeUndefined()
})
