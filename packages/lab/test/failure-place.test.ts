import { InputError, loadEngine, parseConfig, prepare } from 'linnet'
import { describe, expect, test } from 'vitest'
import { failurePlace } from '../src/experiment/failure-place.ts'
import { withValue } from '../src/experiment/field.ts'
import type { Json } from '../src/experiment/json.ts'
import { sampleExperiment } from './sample.ts'

const { config: sample } = sampleExperiment
const engine = await loadEngine('strict')

/** Where the library's own sentence about the sample with some changes belongs. */
function placeOf(changes: Readonly<Record<string, Json>>) {
  const config = Object.entries(changes).reduce((all, [field, value]) => withValue(all, field, value), sample)
  try {
    prepare(parseConfig(config), engine, new Map())
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return failurePlace(error.message, config)
  }
  throw new Error('it can be run')
}

describe('where the sentence of a failed run belongs', () => {
  test.each<[Record<string, Json>, string]>([
    [{ 'loss.observed': 2000 }, 'loss.observed'],
    [{ 'loss.truth.rank': 31 }, 'loss.truth'],
    [{ 'loss.truth': { kind: 'file', path: 'my data.csv' } }, 'loss.truth.path'],
    [{ 'network.widths': [3] }, 'network.widths'],
    [{ init: { kind: 'gaussian', deviation: [1, 2] } }, 'init.deviation'],
    [{ init: { kind: 'balanced', target: { kind: 'gaussian', rows: 2, columns: 2 } } }, 'init.target'],
    [
      {
        loss: { kind: 'whitened', target: { kind: 'gaussian', rows: 2, columns: 2 } },
        init: { kind: 'balanced', target: { kind: 'lowRank', rows: 2, columns: 2, rank: 3 } },
      },
      'init.target',
    ],
    [{ loss: { kind: 'sensing', truth: { kind: 'gaussian', rows: 2, columns: 2 } } }, 'loss'],
    [{ init: { kind: 'file' } }, 'init'],
  ])('%j: at %s', (changes, place) => {
    expect(placeOf(changes)).toBe(place)
  })

  test('a field; the whole', () => {
    expect(failurePlace('probes[1]: loss was given, but a probe is expected.', sample)).toBe('probes[1]')
    expect(failurePlace('until.time: 3 is too little.', sample)).toBe('until.time')
    for (const sentence of [
      'The run stalled.',
      'kernel: out of memory',
      'The file a.csv has not been read: correct it',
      '',
    ])
      expect(failurePlace(sentence, sample), sentence).toBeUndefined()
  })
})
