import { describe, expect, test } from 'vitest'
import { ConfigError } from '../src/config/config-error.ts'
import { configParser } from '../src/config/parser.ts'
import { InputError } from '../src/input-error.ts'
import { descent, toys, valid } from './toy-families.ts'

const { parse } = configParser(toys)

const messageOf = (input: unknown) => {
  try {
    parse(input)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'accepted'
}

describe('one mistake, one sentence', () => {
  const lowRank = { kind: 'lowRank', rows: 4, columns: 3 }
  const completion = (extra: object) => ({ ...valid(), loss: { ...valid().loss, ...extra } })
  test.each([
    [
      completion({ truth: { ...lowRank, rank: -3 } }),
      'loss.truth.rank: -3 was given, but a whole number of at least 1 is expected; set loss.truth.rank to 5, say.',
    ],
    [
      completion({ truth: { ...lowRank, rank: 1.5 } }),
      'loss.truth.rank: 1.5 was given, but a whole number of at least 1 is expected; set loss.truth.rank to 5, say.',
    ],
    [
      completion({ truth: lowRank }),
      'loss.truth.rank: nothing was given, but a whole number of at least 1 is expected; set loss.truth.rank to 5, say.',
    ],
    [
      completion({ observed: Number.NaN }),
      'loss.observed: NaN was given, but a whole number of at least 1 is expected; set loss.observed to 1, say.',
    ],
    [
      completion({ observed: Infinity }),
      'loss.observed: Infinity was given, but a whole number of at least 1 is expected; set loss.observed to 1, say.',
    ],
    [
      completion({ observed: 1e300 }),
      'loss.observed: 1e+300 was given, but a whole number of at least 1 is expected; set loss.observed to 1, say.',
    ],
    [
      completion({ observed: '2000' }),
      'loss.observed: "2000" was given, but a whole number of at least 1 is expected; write 2000 without quotes.',
    ],
    [
      completion({ observed: [[3]] }),
      'loss.observed: a list of 1 was given, but a whole number of at least 1 is expected; set loss.observed to 1, say.',
    ],
    [
      completion({ observed: null }),
      'loss.observed: null was given, but a whole number of at least 1 is expected; set loss.observed to 1, say.',
    ],
    [
      completion({ normalisation: 'maen' }),
      'loss.normalisation: "maen" was given, but one of "mean", "half", "sum" is expected; "mean" is the nearest.',
    ],
    [
      completion({ normalisation: 7 }),
      'loss.normalisation: 7 was given, but one of "mean", "half", "sum" is expected; leave loss.normalisation out for "mean".',
    ],
    [
      completion({ obsreved: 3 }),
      'loss.obsreved: an unknown key was given, but one of the keys kind, truth, observed, normalisation, noise is expected; remove loss.obsreved.',
    ],
    [
      { ...valid(), loss: { kind: 'completion', obsreved: 3, observed: 3, nois: 1 } },
      /loss\.nois: an unknown key was given.*; "noise" is the nearest\./,
    ],
    [
      { ...valid(), loss: { kind: 'completon' } },
      'loss.kind: "completon" was given, but one of "completion", "power" is expected; "completion" is the nearest.',
    ],
    [
      { ...valid(), loss: { kind: 'zzz' } },
      'loss.kind: "zzz" was given, but one of "completion", "power" is expected; set loss.kind to "completion", say.',
    ],
    [
      { ...valid(), loss: 'completion' },
      'loss: "completion" was given, but an object such as { "kind": "completion" } (known kinds: completion, power) is expected; set loss to { "kind": "completion" }, say.',
    ],
    [
      { ...valid(), loss: undefined },
      'loss: nothing was given, but an object such as { "kind": "completion" } (known kinds: completion, power) is expected; set loss to { "kind": "completion" }, say.',
    ],
    [
      { ...valid(), loss: { observed: 3 } },
      'loss.kind: nothing was given, but one of "completion", "power" is expected; set loss.kind to "completion", say.',
    ],
    [
      { ...valid(), loss: { kind: 'power', exponent: 3 } },
      'loss.exponent: 3 was given, but an even exponent is expected; change loss.exponent.',
    ],
    [
      { ...valid(), network: { kind: 'linear', hidden: [] } },
      'network.hidden: an empty list was given, but a whole number of at least 1 or a list of at least 1, each a whole number of at least 1 is expected; leave network.hidden out.',
    ],
    [
      { ...valid(), network: { kind: 'linear', hidden: [5, 0] } },
      'network.hidden[1]: 0 was given, but a whole number of at least 1 is expected; set network.hidden[1] to 1, say.',
    ],
    [
      { ...valid(), network: { kind: 'linear', hidden: 'wide' } },
      'network.hidden: "wide" was given, but a whole number of at least 1 or a list of at least 1, each a whole number of at least 1 is expected; leave network.hidden out.',
    ],
    [
      { ...valid(), network: { kind: 'linear', widths: 'wide' } },
      'network.widths: "wide" was given, but one width, or a list of widths is expected; leave network.widths out.',
    ],
    [
      { ...valid(), network: { kind: 'linear', fused: 'yes' } },
      'network.fused: "yes" was given, but true or false is expected; leave network.fused out for true.',
    ],
    [
      { ...valid(), network: { kind: 'linear', bias: true } },
      'network.bias: true was given, but false is expected; leave network.bias out.',
    ],
    [
      { ...valid(), network: { kind: 'linear', window: [1] } },
      'network.window: [1] was given, but a list of 2 (a number, a number) is expected; leave network.window out.',
    ],
    [
      { ...valid(), init: { kind: 'file' } },
      'init.path: nothing was given, but a text is expected; add init.path.',
    ],
    [
      { ...valid(), ...descent, dynamics: { kind: 'gradientDescent', stepSize: -1 } },
      'dynamics.stepSize: -1 was given, but a number above 0 is expected; set dynamics.stepSize to 1, say.',
    ],
    [
      { ...valid(), ...descent, dynamics: { kind: 'gradientDescent', stepSize: 1, momentum: 1 } },
      'dynamics.momentum: 1 was given, but a number of at least 0 and below 1 is expected; leave dynamics.momentum out for 0.',
    ],
    [
      { ...valid(), dynamics: { kind: 'gradientFlow', tolerance: 0.5 } },
      'dynamics.tolerance: 0.5 was given, but a number of at least 1e-13 and at most 0.1 is expected; leave dynamics.tolerance out for 0.000001.',
    ],
    [
      { ...valid(), probes: [] },
      'probes: an empty list was given, but a list of at least 1, each an object such as { "kind": "loss" } (known kinds: loss, singularValues, reconstructionError) is expected; leave probes out.',
    ],
    [
      { ...valid(), probes: [{ kind: 'loss' }, { kind: 'singularValue' }] },
      /^probes\[1\]\.kind: "singularValue" was given, .* "singularValues" is the nearest\.$/,
    ],
    [
      { ...valid(), seed: -1 },
      'seed: -1 was given, but a whole number of at least 0 is expected; leave seed out for 0.',
    ],
    [
      { ...valid(), unitl: { time: 3 } },
      'unitl: an unknown key was given, but one of the keys $schema, title, seed, loss, network, init, dynamics, probes, until, record is expected; remove unitl.',
    ],
    [
      { ...valid(), until: undefined, unitl: { time: 3 } },
      /unitl: an unknown key was given.*; "until" is the nearest\./,
    ],
    [
      JSON.parse(`{"__proto__": {"a": 1}, ${JSON.stringify(valid()).slice(1)}`),
      /^__proto__: an unknown key was given/,
    ],
    [{ ...valid(), constructor: 3 }, /^constructor: an unknown key was given/],
    [{ ...valid(), 'a b\n': 3 }, /^\["a b\\n"\]: an unknown key was given/],
    [null, /^config: null was given, but an object with .* is expected; correct config\./],
    [[valid()], /^config: a list of 1 was given, but an object with/],
  ])('%#', (input, sentence) => {
    if (typeof sentence === 'string') expect(messageOf(input)).toBe(sentence)
    else expect(messageOf(input)).toMatch(sentence)
  })
})

describe('parts that do not go together', () => {
  test.each([
    [
      { ...valid(), until: { steps: 10 } },
      'until.steps: 10 was given, but until.time (flow time, the clock of gradientFlow) is expected; give until.time instead.',
    ],
    [
      { ...valid(), until: { steps: 10, time: 3 } },
      'until.steps: 10 was given, but until.time (flow time, the clock of gradientFlow) is expected; remove until.steps.',
    ],
    [
      { ...valid(), ...descent, until: { time: 3 } },
      'until.time: 3 was given, but until.steps (a number of steps, the clock of gradientDescent) is expected; give until.steps instead.',
    ],
    [
      { ...valid(), until: {} },
      'until.time: nothing was given, but flow time to run gradientFlow for is expected; add until.time; the limits loss and gradientNorm can end the run earlier.',
    ],
    [
      { ...valid(), ...descent, until: { steps: 20 }, record: { samples: 21 } },
      'record.samples: 21 was given, but at most one sample a step, 20 for this until.steps, is expected; set record.samples to 20 or less, or leave it out.',
    ],
    [
      {
        ...valid(),
        probes: [{ kind: 'singularValues' }, { kind: 'loss' }, { kind: 'singularValues', count: 10 }],
      },
      'probes[2]: singularValues was given, but a probe that differs from probes[0] is expected; remove probes[2].',
    ],
    [
      { ...valid(), loss: { kind: 'completion', observed: 3 }, probes: [{ kind: 'reconstructionError' }] },
      'probes[0]: reconstructionError was given, but a probe that needs no truth (loss.truth is not given) is expected; give loss.truth or remove probes[0].',
    ],
  ])('%#', (input, sentence) => expect(messageOf(input)).toBe(sentence))
})

describe('several mistakes', () => {
  test('each has its problem, in the order of the fields', () => {
    const error = (() => {
      try {
        return parse({ ...valid(), seed: 0.5, loss: { kind: 'completion', observed: 0, noise: -1, x: 1 } })
      } catch (caught) {
        return caught
      }
    })()
    expect(error).toBeInstanceOf(InputError)
    expect((error as ConfigError).problems).toEqual([
      {
        field: 'seed',
        given: '0.5',
        expected: 'a whole number of at least 0',
        remedy: 'leave seed out for 0',
      },
      {
        field: 'loss.observed',
        given: '0',
        expected: 'a whole number of at least 1',
        remedy: 'set loss.observed to 1, say',
      },
      {
        field: 'loss.noise',
        given: '-1',
        expected: 'a number of at least 0',
        remedy: 'leave loss.noise out for 0',
      },
      {
        field: 'loss.x',
        given: 'an unknown key',
        expected: 'one of the keys kind, truth, observed, normalisation, noise',
        remedy: 'remove loss.x',
      },
    ])
    expect((error as ConfigError).message.split('\n')).toHaveLength(4)
  })
})
