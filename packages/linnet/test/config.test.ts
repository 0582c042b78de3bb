import { describe, expect, test } from 'vitest'
import { ConfigError } from '../src/config/config-error.ts'
import { configParser } from '../src/config/parser.ts'
import { InputError } from '../src/input-error.ts'
import { descent, toys, valid } from './toy-families.ts'

const { parse, parseText } = configParser(toys)

const messageOf = (input: unknown) => {
  try {
    parse(input)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'accepted'
}

describe('a config that can be run', () => {
  test('gets every default', () => {
    expect(parse(valid())).toEqual({
      seed: 0,
      loss: { ...valid().loss, normalisation: 'mean', noise: 0 },
      network: { kind: 'linear', depth: 3, fused: true },
      init: { kind: 'identity', scale: 1e-3 },
      dynamics: { kind: 'gradientFlow', tolerance: 1e-6 },
      probes: [{ kind: 'loss' }],
      until: { time: 10 },
      record: { samples: 200, spacing: 'linear', snapshots: 11 },
    })
  })

  test('parsed again is the same', () => {
    const config = parse({ ...valid(), ...descent, title: 'σ', $schema: './config.schema.json' })
    expect(parse(config)).toEqual(config)
    expect(parseText(JSON.stringify(config))).toEqual(config)
  })

  test('takes entries for specs, typed arrays for lists, undefined for nothing', () => {
    const [linear, identity, loss] = [toys.networks, toys.inits, toys.probes].map(({ entries }) => entries[0])
    const rows = [Float64Array.of(1, 2), [3, 4]]
    const truth = { kind: 'values', rows }
    const written = { ...valid(), network: linear, init: identity, probes: [loss], title: undefined }
    const config = parse({ ...written, loss: { kind: 'completion', truth, observed: 2 } })
    expect(config.network).toEqual({ kind: 'linear', depth: 3, fused: true })
    expect(config.init).toEqual({ kind: 'identity', scale: 1e-3 })
    expect(config.probes).toEqual([{ kind: 'loss' }])
    expect(config.loss).toMatchObject({
      truth: {
        kind: 'values',
        rows: [
          [1, 2],
          [3, 4],
        ],
      },
    })
    expect(config).not.toHaveProperty('title')
  })

  test('is copied: nothing in it is what was handed in', () => {
    const input = { ...valid(), probes: [{ kind: 'singularValues', count: 3 }] }
    const config = parse(input)
    input.probes[0]!.count = 5
    expect(config.probes).toEqual([{ kind: 'singularValues', count: 3 }])
  })

  test('a default number of samples shrinks to the steps there are', () => {
    expect(parse({ ...valid(), ...descent, until: { steps: 20 } }).record.samples).toBe(20)
    expect(parse({ ...valid(), ...descent, until: { steps: 20 }, record: { snapshots: 3 } }).record).toEqual({
      samples: 20,
      spacing: 'linear',
      snapshots: 3,
    })
  })
})

describe('what is no plain JSON', () => {
  const cyclic: Record<string, unknown> = { ...valid() }
  cyclic.init = cyclic
  const twins = Array.from({ length: 60 }).reduce<unknown>((inner) => [inner, inner], [])
  let deep: unknown = 1
  for (let i = 0; i < 1000; i++) deep = [deep]
  test.each([
    [
      'a function',
      { ...valid(), init: () => 1 },
      'init: a function was given, but plain JSON or an entry of a registry is expected; give it as plain JSON.',
    ],
    ['a Map', { ...valid(), init: new Map() }, 'init: an instance of a class was given'],
    ['a Date', new Date(0), 'config: an instance of a class was given'],
    ['a bigint', { ...valid(), seed: 1n }, 'seed: a bigint was given'],
    ['a cycle', cyclic, 'init: nesting without end was given, but at most 64 levels of nesting is expected'],
    ['depth', { ...valid(), probes: deep }, 'nesting without end'],
    ['an exponential tree', { ...valid(), probes: twins }, 'an object without end'],
  ])('%s', (_, input, sentence) => expect(messageOf(input)).toContain(sentence))
})

describe('as text', () => {
  test('the place of a syntax error', () => {
    expect(() => parseText('{\n  "seed": 1,\n  "loss": {kind: "completion"}\n}', 'run.json')).toThrow(
      'run.json, line 3, column 12: "kind" was given, but a key in double quotes is expected; put the key in double quotes.',
    )
    expect(() => parseText('{"seed": 1, "seed": 2}')).toThrow(ConfigError)
    expect(() => parseText(new Uint8Array([0xff, 0xfe, 0x7b, 0]), 'run.json')).toThrow(
      'run.json is UTF-16 text',
    )
    expect(() => parseText(new Uint8Array([0x7b, 0xe9]), 'run.json')).toThrow(InputError)
  })

  test('a byte order mark is skipped', () => {
    expect(parseText(`\uFEFF${JSON.stringify(valid())}`)).toEqual(parse(valid()))
  })
})
