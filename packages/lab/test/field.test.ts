import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWithin, stepsOf, valueAt, withValue } from '../src/experiment/field.ts'
import type { JsonObject } from '../src/experiment/json.ts'

const config: JsonObject = {
  loss: { truth: { rank: 2 } },
  probes: [{ kind: 'loss' }, { kind: 'x', count: 3 }],
}

test('a value is found where the field says, and nowhere else', () => {
  expect(stepsOf('probes[1].count')).toEqual(['probes', 1, 'count'])
  expect(valueAt(config, 'probes[1].count')).toBe(3)
  for (const field of [
    'probes[2].count',
    'probes.count',
    'loss[0]',
    'constructor',
    'loss.toString',
    'probes.length',
  ])
    expect([field, valueAt(config, field)]).toEqual([field, undefined])
})

test('what is written is read again, beside everything that was there, and the old config stays', () => {
  const before = structuredClone(config)
  const field = fc.constantFrom(
    'loss.truth.rank',
    'probes[0].count',
    'probes[1]',
    'new.part[0].rank',
    'constructor',
  )
  fc.assert(
    fc.property(field, fc.integer(), (at, value) => {
      const changed = withValue(config, at, value)
      expect(valueAt(changed, at)).toBe(value)
      expect(config).toEqual(before)
      expect(valueAt(changed, 'probes[0].kind')).toBe('loss')
    }),
  )
})

test('a list has no gaps: it grows by one at most, and closes over what is removed', () => {
  const grown = withValue(config, 'probes[1000000000]', { kind: 'new' })
  expect(grown.probes).toEqual([{ kind: 'loss' }, { kind: 'x', count: 3 }, { kind: 'new' }])
  expect(withValue(config, 'probes[0]', undefined).probes).toEqual([{ kind: 'x', count: 3 }])
})

test('a removed key is gone', () => {
  expect(withValue(config, 'loss.truth.rank', undefined)).toEqual({ ...config, loss: { truth: {} } })
})

test('inside means step by step, not letter by letter', () => {
  expect(isWithin('loss.truth.rank', 'loss.truth')).toBe(true)
  expect(isWithin('loss', 'loss')).toBe(true)
  expect(isWithin('lossless', 'loss')).toBe(false)
  expect(isWithin('loss', 'loss.truth')).toBe(false)
  expect(isWithin('probes[10]', 'probes[1]')).toBe(false)
})
