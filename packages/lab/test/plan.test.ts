import { parseConfig } from 'linnet'
import { expect, test } from 'vitest'
import { withValue } from '../src/experiment/field.ts'
import { laneConfig, planOf } from '../src/experiment/plan.ts'
import { sampleConfig, sampleExperiment } from './sample.ts'

test('lane by lane, seed by seed, each as the library reads it', () => {
  const experiment = { ...sampleExperiment, seeds: 3 }
  const { runs, problems } = planOf(experiment)
  expect(problems).toEqual([])
  expect(runs.map(({ lane, repetition }) => [lane, repetition])).toEqual(
    [0, 1, 2].flatMap((lane) => [0, 1, 2].map((repetition) => [lane, repetition])),
  )
  for (const { lane, repetition, config, label } of runs) {
    expect(config).toEqual(parseConfig({ ...laneConfig(experiment, lane), seed: 1 + repetition }))
    expect(label).toBe(`depth ${lane + 1}`)
  }
  expect(new Set(runs.map(({ id }) => id)).size).toBe(9)
})

test('nothing is run where one lane cannot be, and that lane is named', () => {
  const lanes = [
    { label: 'a', changes: {} },
    { label: 'b', changes: { 'network.depth': 0 } },
  ]
  expect(planOf({ ...sampleExperiment, lanes })).toMatchObject({
    runs: [],
    lane: 1,
    problems: [{ field: 'network.depth' }],
  })
})

test('seeds beyond the largest there is are a problem of the seed', () => {
  const from = (seed: number) => ({
    ...sampleExperiment,
    config: withValue(sampleConfig, 'seed', seed),
    seeds: 2,
  })
  const largest = Number.MAX_SAFE_INTEGER
  expect(
    planOf(from(largest - 1))
      .runs.map(({ config }) => config.seed)
      .slice(0, 2),
  ).toEqual([largest - 1, largest])
  expect(planOf(from(largest))).toMatchObject({ runs: [], problems: [{ field: 'seed' }] })
})
