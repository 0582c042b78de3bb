import { configSchema, type Registry, registry } from 'linnet'
import { expect, test } from 'vitest'
import { openingExperiment } from '../src/experiment/opening.ts'
import type { Node } from '../src/experiment/schema.ts'
import { catalogue } from '../src/setup/catalogue.ts'
import { controlsOf, faultsOf } from './registry-conformance.ts'

const { config } = openingExperiment

test('every entry of every registry appears in the setup, with help, symbol and a control for every parameter', () => {
  expect(faultsOf(config)).toEqual([])
})

test('every value of a config has a control with a line of help', () => {
  const { properties = {} } = configSchema() as Node
  const controls = controlsOf(config)
  for (const [part, node] of Object.entries(properties))
    for (const name of ['$schema', 'title'].includes(part) ? [] : valuesIn(part, node))
      expect(controls.get(name)?.help, name).toMatch(/^.+$/)
  // What papers speak of.
  for (const name of ['until.time', 'until.steps', 'until.loss', 'until.gradientNorm'])
    expect(controls.get(name)?.symbol, name).toBeDefined()
})

/** A group of values is a section of the setup; each value in it has its control. */
function valuesIn(part: string, { properties, oneOf }: Node): string[] {
  return oneOf || !properties ? [part] : Object.keys(properties).map((name) => `${part}.${name}`)
}

test('negative controls: what is missing is found', () => {
  const [losses, ...others] = catalogue.families as [
    Registry<never>,
    ...(typeof catalogue.families)[number][],
  ]
  const mute = losses.entries.map((entry: object) =>
    Object.assign(() => {}, entry, { help: '', symbol: '\\frac{1' }),
  )
  const faults = faultsOf(config, { ...catalogue, families: [registry('loss', mute as never[]), ...others] })
  expect(faults).toContain('loss completion: help is no line of text')
  expect(faults.join('\n')).toContain('loss completion: \\frac{1 cannot be typeset')
  // A schema that does not know an entry offers nothing.
  const { loss, ...rest } = catalogue.schema.properties!
  const blind = {
    ...catalogue,
    schema: { ...catalogue.schema, properties: { ...rest, loss: { oneOf: loss!.oneOf!.slice(1) } } },
  }
  expect(faultsOf(config, blind)).toContain('loss completion: not offered')
})
