import { weightsToSafetensors } from 'linnet'
import { describe, expect, test } from 'vitest'
import { type OpenedFile, openFiles } from '../src/experiment/open-file.ts'
import { openingState } from '../src/experiment/opening.ts'
import { planOf, runId } from '../src/experiment/plan.ts'
import { Runner } from '../src/running/runner.ts'
import { small } from './running-experiments.ts'
import { sampleConfig } from './sample.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const csv = (text: string, name = 'own.csv'): OpenedFile => ({ name, bytes: bytesOf(text) })

/** The runs that files become, done with one runner; no thread ever answers. */
function wanted(runner: Runner, ...files: readonly OpenedFile[]) {
  const opened = openFiles(files, openingState)
  if ('fault' in opened) throw new Error(opened.fault)
  const { runs } = planOf(opened.state.experiment)
  expect(runs).toHaveLength(1)
  return runner.want(runs)[0]!
}

const silent = () => new Runner(() => ({ ask: () => {}, end: () => {} }), { cores: 2, pace: 0 })

const table = (corner: number) => csv(`a,b,c\n${corner},2,3\n4,,6\n7,8,10\n`)
const naming = csv(
  JSON.stringify({
    ...sampleConfig,
    loss: { kind: 'whitened', target: { kind: 'file', path: 'data/own.csv' } },
    network: { kind: 'linear', depth: 2 },
  }),
  'config.json',
)
const starting = csv(
  JSON.stringify({
    ...sampleConfig,
    network: { kind: 'linear', depth: 1 },
    loss: { kind: 'whitened', target: { kind: 'values', data: [[3]] } },
    init: { kind: 'file', path: 'w.safetensors' },
  }),
  'config.json',
)
const weights = (value: number): OpenedFile => ({
  name: 'w.safetensors',
  bytes: weightsToSafetensors([{ rows: 1, columns: 1, data: [value] }]),
})

describe('what stands in files is part of the run', () => {
  const cases: [string, (value: number) => readonly OpenedFile[]][] = [
    ['a table', (value) => [table(value)]],
    ['a config that names a table', (value) => [naming, csv(`3,${value}\n0,1\n`)]],
    ['a config that names weights', (value) => [starting, weights(value)]],
  ]
  test.each(cases)('%s: files of one name with other numbers are another run', (_, files) => {
    const runner = silent()
    const one = wanted(runner, ...files(1))
    const other = wanted(runner, ...files(1.5))
    expect(other.id).not.toBe(one.id)
    expect(other).not.toBe(one)
    expect(other.config).not.toEqual(one.config)
    runner.end()
  })

  test.each(cases)('negative control, %s: the same numbers are the same run', (_, files) => {
    const runner = silent()
    expect(wanted(runner, ...files(1))).toBe(wanted(runner, ...files(1)))
    runner.end()
  })

  test('the name of a table is no part of it', () => {
    const runner = silent()
    const { bytes } = table(1)
    expect(wanted(runner, { name: 'other.csv', bytes })).toBe(wanted(runner, table(1)))
    runner.end()
  })
})

test('another engine, another seed is another run; another title is not', () => {
  const config = small()
  const ids = [runId(config, 'strict'), runId(config, 'fma'), runId(small({ seed: 8 }), 'strict')]
  expect(new Set(ids).size).toBe(3)
  expect(runId({ ...config, title: 'another' }, 'strict')).toBe(ids[0])
})
