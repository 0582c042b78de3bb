import { entry, type Registry, registry, specOf } from 'linnet'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Node } from '../src/experiment/schema.ts'
import { type Catalogue, catalogue } from '../src/setup/catalogue.ts'
import type { Control } from '../src/setup/control.ts'
import { sectionsOf } from '../src/setup/sections.ts'
import { experiment } from './setup-experiment.ts'

/** All controls, those inside others too, by field. */
function byField(controls: readonly Control[], found = new Map<string, Control>()) {
  for (const control of controls) {
    found.set(control.field, control)
    if (control.kind === 'spec' || control.kind === 'group') byField(control.controls, found)
    if (control.kind === 'specs') byField(control.items, found)
  }
  return found
}

function fieldsOf(config: Parameters<typeof sectionsOf>[0], offered: Catalogue = catalogue) {
  return byField(sectionsOf(config, offered).flatMap(({ controls }) => controls))
}

const matrix = { kind: 'lowRank', rows: 5, columns: 5, rank: 2 }

describe('controls of the opening', () => {
  const fields = fieldsOf(experiment.config)

  test('a parameter of a matrix inside the loss', () => {
    expect(fields.get('loss.truth.rank')).toMatchObject({
      kind: 'integer',
      label: 'rank',
      symbol: 'r',
      value: 5,
      required: true,
      range: { minimum: 1 },
    })
    // The largest whole number of a double is no limit of the control.
    expect(fields.get('loss.truth.rank')).not.toHaveProperty('range.maximum')
  })

  test('a family: every entry with what its registry says', () => {
    const loss = fields.get('loss')!
    if (loss.kind !== 'spec') throw new Error('no spec')
    expect(loss.family).toBe('loss')
    expect(loss.choices.map(({ value }) => value)).toEqual(
      catalogue.families[0]!.entries.map(({ kind }) => kind),
    )
    expect(loss.current?.symbol).toContain('\\Omega')
    expect(loss.current?.source).toContain('arXiv')
    const truth = fields.get('loss.truth')!
    expect(truth.kind === 'spec' && truth.family).toBe('matrix')
    const init = fields.get('init')!
    // `gaussian` is a kind of matrix, too: families are told apart by all their kinds.
    expect(init.kind === 'spec' && init.choices.find(({ value }) => value === 'gaussian')?.title).toBe(
      'Gaussian, per layer',
    )
  })

  test('forms, defaults, lists', () => {
    const observed = fields.get('loss.observed')!
    if (observed.kind !== 'either') throw new Error('no forms')
    expect(observed.forms.map(({ title }) => title)).toEqual(['number', 'all', 'list'])
    expect(observed.current).toBe(0)
    expect(observed.forms.map(({ control }) => control.kind)).toEqual(['number', 'word', 'matrix'])
    expect(fields.get('network.widths')?.kind).toBe('either')
    expect(fields.get('dynamics.tolerance')).toMatchObject({ fallback: 1e-6, value: undefined })
    expect(fields.get('probes[2].count')).toMatchObject({ kind: 'integer', value: 10 })
    expect(fields.get('until.time')).toMatchObject({ kind: 'number', value: 40 })
    expect(fields.get('until.steps')).toMatchObject({ value: undefined, start: 10_000 })
    expect(fields.get('record.spacing')).toMatchObject({ kind: 'choice', fallback: 'linear' })
  })

  test('words that name entries are explained by them', () => {
    const integrator = fields.get('dynamics.integrator')!
    if (integrator.kind !== 'choice') throw new Error('no choice')
    expect(integrator.choices.map(({ value }) => value)).toEqual(['auto', 'tsit5', 'dop853', 'rkc2'])
    expect(integrator.choices[1]!.source).not.toBe('')
    expect(integrator.choices[0]!.title).toBe('auto')
  })

  test('words that are formulas are read as these, and only W has the shape d_n×d_0', () => {
    const loss = { kind: 'squared', samples: 5, truth: matrix, inputs: matrix }
    const found = fieldsOf({ ...experiment.config, loss })
    const normalisation = found.get('loss.normalisation')!
    if (normalisation.kind !== 'choice') throw new Error('no choice')
    expect(normalisation.choices.map(({ title }) => title)).toEqual(['1/(2m)', '1/m', '1/2', '1'])
    expect(normalisation.help).toBe('factor in front of the sum over the m samples')
    expect(found.get('loss.truth.rows')?.symbol).toBe('d_n')
    expect(found.get('loss.inputs.rows')).toBeDefined()
    expect(found.get('loss.inputs.rows')?.symbol).toBeUndefined()
  })

  test('every part of every schema has a control, for each kind of each family', () => {
    for (const [part, choices] of Object.entries(catalogue.schema.properties!)) {
      for (const choice of choices.oneOf ?? []) {
        const kind = choice.properties!.kind!.const as string
        const found = fieldsOf({ ...experiment.config, [part]: { kind } })
        for (const name of Object.keys(choice.properties!))
          if (name !== 'kind') {
            const control = found.get(`${part}.${name}`)
            expect(control, `${part} ${kind} ${name}`).toBeDefined()
            expect(control!.help, `${part} ${kind} ${name}`).not.toBe('')
            expect(control!.kind, `${part} ${kind} ${name}`).not.toBe('json')
          }
      }
    }
  })

  test('a config with rubbish in it still has its controls', () => {
    const found = fieldsOf({ loss: 3, network: { kind: 'nonsense' }, probes: 'all', until: null })
    expect(found.get('loss')).toMatchObject({ kind: 'spec', controls: [], value: 3 })
    expect(found.get('network')).not.toHaveProperty('current')
    expect(found.get('probes')).toMatchObject({ kind: 'specs', items: [] })
    expect(found.get('until.time')).toMatchObject({ value: undefined })
  })
})

describe('what registries gain appears by itself', () => {
  const twist = entry(
    { kind: 'twist', title: 'Twist', symbol: '\\tau', help: 'made up here', source: 'nobody 1900' },
    {
      turningRate: z.number().positive().default(0.5).meta({ description: 'how fast', symbol: '\\omega' }),
      steps: z.array(z.number().min(0)).meta({ description: 'how far' }),
      grid: z.array(z.array(z.number())).meta({ description: 'where' }),
      loose: z.boolean().meta({ description: 'whether' }),
      odd: z.record(z.string(), z.number()).meta({ description: 'something no control knows' }),
    },
    {},
  )
  const family = registry('dance', [twist])
  const schema = z.toJSONSchema(
    z.strictObject({
      dance: specOf(family).meta({ description: 'a part that the lab has never heard of' }),
      tempo: z.int().min(1).max(9).meta({ description: 'beats' }),
    }),
    { io: 'input' },
  ) as Node
  const made: Catalogue = { schema, families: [family as unknown as Registry<typeof twist>] }
  const config = { dance: { kind: 'twist', steps: [1, 2] } }

  test('a new part, a new family, a new entry, new parameters', () => {
    expect(sectionsOf(config, made).map(({ title }) => title)).toEqual(['Dance', 'Tempo'])
    const fields = fieldsOf(config, made)
    expect(fields.get('dance')).toMatchObject({
      kind: 'spec',
      family: 'dance',
      current: { title: 'Twist', symbol: '\\tau', help: 'made up here', source: 'nobody 1900' },
    })
    expect(fields.get('dance.turningRate')).toMatchObject({
      kind: 'number',
      label: 'turning rate',
      symbol: '\\omega',
      help: 'how fast',
      fallback: 0.5,
      range: { above: 0 },
      required: false,
    })
    expect(fields.get('dance.steps')).toMatchObject({ kind: 'numbers', whole: false, value: [1, 2] })
    expect(fields.get('dance.grid')?.kind).toBe('matrix')
    expect(fields.get('dance.loose')?.kind).toBe('boolean')
    expect(fields.get('dance.odd')?.kind).toBe('json')
    expect(fields.get('tempo')).toMatchObject({ kind: 'integer', range: { minimum: 1, maximum: 9 } })
  })

  test('negative control: without the registry nothing is known of symbol and source', () => {
    expect(fieldsOf(config, { schema, families: [] }).get('dance')).not.toHaveProperty('current.symbol')
  })
})
