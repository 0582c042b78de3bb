import Ajv2020 from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { ConfigError } from '../src/config/config-error.ts'
import { kindsOf, phraseOf, type SchemaNode } from '../src/config/expectation.ts'
import {
  configSchema,
  dynamics,
  gradientDescent,
  gradientFlow,
  identity,
  inits,
  linear,
  losses,
  networks,
  parseConfig,
  probes,
  whitened,
} from '../src/index.ts'

// What configs say about mistakes in every entry that there is, iterated over the registries.

const matrix = { kind: 'gaussian', rows: 3, columns: 3 }
const base = {
  loss: whitened({ target: matrix }),
  network: linear(),
  init: identity(),
  dynamics: gradientFlow(),
  probes: [probes.loss()],
  until: { time: 1 },
}
const families = { loss: losses, network: networks, init: inits, dynamics, probes }
type Family = keyof typeof families

/** Parameters without default, by kind; everything else is left out. */
const required: Readonly<Record<string, object>> = {
  whitened: { target: matrix },
  lp: { power: 4 },
  gradientDescent: { stepSize: 0.1 },
  heavyBall: { stepSize: 0.1 },
  sgd: { stepSize: 0.1, batchSize: 2 },
}

function configWith(family: Family, kind: string, options: object): unknown {
  const spec = { kind, ...required[kind], ...options }
  if (family === 'probes') return { ...base, probes: [spec] }
  const steps = family === 'dynamics' && dynamics.get(kind).clock === 'steps'
  return { ...base, [family]: spec, until: steps ? { steps: 1000 } : { time: 1 } }
}

const entries = (Object.keys(families) as Family[]).flatMap((family) =>
  families[family].entries.map(({ kind, schema }) => ({
    family,
    kind,
    parameters: Object.keys(schema.shape),
  })),
)
const schema = configSchema()
const validates = new Ajv2020.default({ strict: false, validateFormats: false }).compile(schema)

const problemsOf = (config: unknown) => {
  try {
    parseConfig(config)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

/** The JSON Schema of an entry. */
function schemaOf(family: Family, kind: string): SchemaNode {
  const part = schema.properties![family]!
  const choice = family === 'probes' ? (part.items as SchemaNode) : part
  return (choice.oneOf ?? [choice]).find(({ properties }) => properties!.kind!.const === kind)!
}

describe.each(entries)('$family $kind', ({ family, kind, parameters }) => {
  const field = family === 'probes' ? 'probes[0]' : family

  test('is accepted with what it requires, by both schemas', () => {
    expect(problemsOf(configWith(family, kind, {}))).toEqual([])
    expect(validates(configWith(family, kind, {}))).toBe(true)
  })

  test('every parameter can be said in words', () => {
    for (const [name, node] of Object.entries(schemaOf(family, kind).properties!))
      expect(phraseOf(node), name).not.toMatch(/another value|undefined|^$/)
  })

  test('a wrong value for any parameter: one problem, at its place', () => {
    for (const name of parameters) {
      const wrong = { not: 'this' }
      const problems = problemsOf(configWith(family, kind, { [name]: wrong }))
      const place = `${field}.${name}`
      expect(problems.map((problem) => problem.field).every((at) => at.startsWith(place))).toBe(true)
      expect(problems.length, place).toBeGreaterThan(0)
      for (const { given, expected, remedy } of problems)
        expect(`${given} ${expected} ${remedy}`).not.toMatch(/undefined|object Object|Invalid/)
    }
  })

  test('a slip in the name of a parameter: the nearest name', () => {
    for (const name of parameters.filter((one) => one !== 'kind')) {
      const slip = `${name.slice(0, -1)}${name.at(-1) === 'q' ? 'z' : 'q'}`
      const [problem] = problemsOf(configWith(family, kind, { [slip]: 1 }))
      expect(problem?.field).toBe(`${field}.${slip}`)
      if (!(name in (required[kind] ?? {}))) expect(problem?.remedy).toBe(`"${name}" is the nearest`)
    }
  })

  test('an independent validator agrees on every value of every parameter', () => {
    const values = [
      null,
      true,
      -1,
      0,
      0.5,
      1,
      3,
      1e300,
      '',
      'mean',
      'all',
      [],
      [1],
      [[1]],
      [[1, 2]],
      [0.5],
      ['a'],
      {},
      matrix,
      [matrix],
      { kind: 'values', data: [[1]] },
      { kind: 'file', path: 'a' },
      { kind: 'lowRank', rank: 1 },
    ]
    for (const name of parameters) {
      for (const value of values) {
        const config = configWith(family, kind, { [name]: value })
        expect([name, value, validates(config)]).toEqual([name, value, problemsOf(config).length === 0])
      }
    }
  })
})

test('every family is a choice by kind in the schema', () => {
  for (const family of Object.keys(families) as Family[]) {
    const part = schema.properties![family]!
    const kinds = kindsOf(family === 'probes' ? (part.items as SchemaNode) : part)
    expect(kinds).toEqual(families[family].entries.map(({ kind }) => kind))
  }
})

test('the horizon goes with the clock of the dynamics, in both', () => {
  const flow = { ...base, dynamics: { kind: 'gradientFlow' }, probes: [{ kind: 'loss' }] }
  const plain = { ...flow, loss: base.loss, network: base.network, init: base.init }
  const descent = { ...plain, dynamics: gradientDescent({ stepSize: 0.1 }) }
  for (const until of [{}, { time: 1 }, { steps: 10 }, { time: 1, steps: 10 }, { loss: 0.1 }]) {
    expect([until, validates({ ...plain, until })]).toEqual([until, 'time' in until && !('steps' in until)])
    expect([until, problemsOf({ ...plain, until }).length === 0]).toEqual([
      until,
      'time' in until && !('steps' in until),
    ])
    expect([until, validates({ ...descent, until })]).toEqual([until, 'steps' in until && !('time' in until)])
    expect([until, problemsOf({ ...descent, until }).length === 0]).toEqual([
      until,
      'steps' in until && !('time' in until),
    ])
  }
})
