import {
  dynamics,
  follow,
  inits,
  loadEngine,
  losses,
  parseConfig,
  prepare,
  probes,
  statements,
  theory,
} from 'linnet'
import { describe, expect, test, vi } from 'vitest'
import { changeKind } from '../src/experiment/change-kind.ts'
import type { JsonObject } from '../src/experiment/json.ts'
import { openingExperiment } from '../src/experiment/opening.ts'
import { planOf } from '../src/experiment/plan.ts'
import { catalogue } from '../src/setup/catalogue.ts'
import { controlsOf, faultsOf } from './registry-conformance.ts'

// One more line in each index, as CONTRIBUTING says; the lab itself is as it is.
const listed = vi.hoisted(() => ({
  /** The registry of a module with one entry more. */
  async with(load: () => Promise<object>, family: string, name: string): Promise<object> {
    const { registry } = await import('../../linnet/src/registry/entry.ts')
    const module = (await load()) as Record<string, { family: string; entries: readonly never[] }>
    const invented = (await import('./invented.ts')) as unknown as Record<string, never>
    const key = Object.keys(module).find((one) => module[one]?.family === family)!
    return {
      ...module,
      [key]: { ...module[key], ...registry(family, [...module[key]!.entries, invented[name]!]) },
    }
  },
}))
vi.mock('../../linnet/src/losses/index.ts', (load) => listed.with(load, 'loss', 'leaning'))
vi.mock('../../linnet/src/inits/index.ts', (load) => listed.with(load, 'init', 'sown'))
vi.mock('../../linnet/src/dynamics/index.ts', (load) => listed.with(load, 'dynamics', 'ambling'))
vi.mock('../../linnet/src/probes/index.ts', (load) => listed.with(load, 'probe', 'corner'))
vi.mock('../../linnet/src/theory/index.ts', (load) => listed.with(load, 'statement', 'remark0'))

const { config } = openingExperiment
const invented = { loss: 'leaning', init: 'sown', dynamics: 'ambling', 'probes[0]': 'corner' }
const families = [losses, inits, dynamics, probes]

describe('entries that the lab has never heard of', () => {
  test('are listed', () => {
    expect(families.map(({ entries }) => entries.at(-1)!.kind)).toEqual(Object.values(invented))
    expect(statements).toBe(theory.statements)
    expect(statements.entries.at(-1)!.kind).toBe('finite')
  })

  test('appear like all others', () => {
    expect(faultsOf(config)).toEqual([])
  })

  test('a schema like no other has its controls', () => {
    const controls = controlsOf(changeKind(config, 'loss', 'leaning').config)
    const kinds = ['target', 'tilt', 'teeth', 'grip', 'mirrored', 'weave'].map((name) => {
      const { kind, symbol, help } = controls.get(`loss.${name}`)!
      return [kind, symbol, help]
    })
    expect(kinds).toEqual([
      ['spec', 'L', 'what is to be learned, leaning'],
      ['number', '\\vartheta', 'how far it leans'],
      ['numbers', 'z_1, z_2', 'counts of teeth'],
      ['either', '\\Gamma', 'where it is held'],
      ['boolean', '\\pm', 'seen from behind'],
      ['choice', '\\omega', 'over and under'],
    ])
  })

  test('what they are given is checked, and the sentence stands beside the control', () => {
    const { config: leaning } = changeKind(config, 'loss', 'leaning')
    const wrong = { ...leaning, loss: { ...(leaning.loss as JsonObject), tilt: 3 } }
    const { problems } = planOf({ ...openingExperiment, config: wrong })
    expect(problems.map(({ field }) => field)).toEqual(['loss.tilt'])
    expect(controlsOf(wrong).has('loss.tilt')).toBe(true)
  })

  test('all of them together run', async () => {
    const all = Object.entries(invented).reduce(
      (made, [field, kind]) => changeKind(made, field, kind).config,
      { ...config, probes: [{ kind: 'loss' }], until: { time: 1 } } as JsonObject,
    )
    const engine = await loadEngine('strict')
    const parsed = parseConfig(all)
    const frames = follow(parsed, prepare(parsed, engine, new Map()))
    expect((await frames.next()).done).toBe(false)
  })
})

test('negative control: an entry without help, and a parameter without a symbol, are found', async () => {
  const { leaning } = (await import('./invented.ts')) as { leaning: { help: string } }
  const { help } = leaning
  Object.assign(leaning, { help: '' })
  expect(faultsOf(config)).toContain('loss leaning: help is no line of text')
  Object.assign(leaning, { help })
  const schema = JSON.parse(JSON.stringify(catalogue.schema), (key, value) =>
    key === 'symbol' ? undefined : value,
  )
  expect(faultsOf(config, { ...catalogue, schema })).toContain('loss leaning, tilt: no symbol')
})
