import { expect, test } from 'vitest'
import { catalogue } from '../src/setup/catalogue.ts'
import { fieldsOf, sectionsOf } from '../src/setup/sections.ts'
import { ownerOf } from '../src/setup/variation.ts'
import { experiment } from './setup-experiment.ts'

test.each([
  ['loss.truth.rank', 'loss.truth.rank'],
  // Inside a list or a matrix: the control of the whole.
  ['probes[2].count', 'probes[2].count'],
  ['loss.observed[3][0]', 'loss.observed'],
  // A key that nobody knows stands with what it is in.
  ['loss.truth.rnak', 'loss.truth'],
  ['network.kind', 'network'],
  ['until.steps', 'until.steps'],
  ['probes[9]', 'probes'],
  ['config', undefined],
  ['nonsense', undefined],
])('a problem of %s is said beside %s', (field, owner) => {
  const fields = sectionsOf(experiment.config, catalogue).flatMap(({ controls }) => fieldsOf(controls))
  expect(ownerOf(field, fields)).toBe(owner)
})
