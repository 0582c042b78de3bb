import Ajv2020 from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ConfigError } from '../src/config/config-error.ts'
import { configParser } from '../src/config/parser.ts'
import { descent, toys, valid } from './toy-families.ts'

const { parse, jsonSchema } = configParser(toys)
const schema = jsonSchema()
// `strict` off: it forbids keywords apart from their type, which draft 2020-12 allows.
const validates = new Ajv2020.default({ strict: false, allErrors: true }).compile(schema)

const parses = (input: unknown) => {
  try {
    parse(input)
    return true
  } catch (error) {
    // JSON Schema cannot compare two numbers; this rule only parseConfig has.
    if (error instanceof ConfigError)
      return error.problems.every(({ expected }) => expected.startsWith('at most one sample a step'))
    throw error
  }
}

test('says what it is', () => {
  expect(schema).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:linnet:config',
    title: 'Linnet config',
    required: ['loss', 'network', 'init', 'dynamics', 'until'],
    additionalProperties: false,
  })
  const properties = Object.values(schema.properties ?? {}) as { description?: string }[]
  expect(properties.filter(({ description }) => !description)).toEqual([])
  expect(schema.properties?.seed?.default).toBe(0)
  expect(schema.properties?.record?.properties?.spacing?.default).toBe('linear')
})

test('is a copy each time', () => {
  const mine = jsonSchema() as Record<string, unknown>
  mine.title = 'spoilt'
  expect(jsonSchema()).toEqual(schema)
})

describe('an independent validator says of each config what parseConfig says', () => {
  // Each value for each field: right and wrong ones of every sort.
  const values = [
    null,
    true,
    false,
    -1,
    0,
    0.5,
    1,
    2,
    3,
    1e300,
    '',
    'mean',
    'x',
    [],
    [1],
    [1, 2],
    [0],
    {},
    { kind: 'loss' },
    { kind: 'linear' },
    { kind: 'lowRank', rows: 2, columns: 2, rank: 1 },
    { kind: 'values', rows: [[1]] },
    [{ kind: 'loss' }],
    [{ kind: 'singularValues', count: 2 }, { kind: 'loss' }],
    [{ kind: 'none' }],
    { time: 1 },
    { steps: 5 },
    { time: 1, loss: 0 },
    { samples: 3 },
    { samples: 0 },
    { snapshots: 1 },
  ]
  const fields = [
    ['title'],
    ['seed'],
    ['probes'],
    ['until'],
    ['record'],
    ['other'],
    ['$schema'],
    ['loss'],
    ['loss', 'kind'],
    ['loss', 'truth'],
    ['loss', 'truth', 'rank'],
    ['loss', 'observed'],
    ['loss', 'normalisation'],
    ['loss', 'noise'],
    ['network'],
    ['network', 'depth'],
    ['network', 'hidden'],
    ['network', 'fused'],
    ['network', 'window'],
    ['network', 'bias'],
    ['init', 'scale'],
    ['dynamics'],
    ['dynamics', 'tolerance'],
    ['dynamics', 'stepSize'],
    ['until', 'time'],
    ['until', 'steps'],
    ['until', 'loss'],
    ['record', 'samples'],
  ]
  const changed = (config: object, [step, ...rest]: string[], value: unknown): object => {
    const inside = (config as Record<string, object>)[step!] ?? {}
    return { ...config, [step!]: rest.length === 0 ? value : changed(inside, rest, value) }
  }

  test.each([
    ['a flow', valid()],
    ['a descent', { ...valid(), ...descent }],
  ])('%s, one field changed', (_, base) => {
    const counts = { accepted: 0, refused: 0 }
    for (const field of fields) {
      for (const value of values) {
        const config = changed(base, field, value)
        const accepted = parses(config)
        counts[accepted ? 'accepted' : 'refused']++
        expect([field, value, validates(config)]).toEqual([field, value, accepted])
      }
    }
    expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(60)
  })

  test('two fields changed', () => {
    const change = fc.tuple(fc.constantFrom(...fields), fc.constantFrom(...values))
    fc.assert(
      fc.property(change, change, fc.boolean(), ([first, a], [second, b], flow) => {
        const config = changed(changed(flow ? valid() : { ...valid(), ...descent }, first, a), second, b)
        expect(validates(config)).toBe(parses(config))
      }),
      { seed: 1, numRuns: 3000 },
    )
  })
})
