import { describe, expect, test } from 'vitest'
import { fixLanes } from '../src/experiment/lanes.ts'
import { planOf } from '../src/experiment/plan.ts'
import { withKind } from '../src/experiment/with-kind.ts'
import { sampleExperiment } from './sample.ts'

const { config: sample } = sampleExperiment
describe('lanes whose changes have no place any more', () => {
  test('those that have one stay', () => {
    expect(fixLanes(sampleExperiment)).toEqual(sampleExperiment)
  })

  test('lanes that have become the same are one', () => {
    const lanes = [0.1, 0.2].map((stepSize) => ({
      label: `${stepSize}`,
      changes: { 'dynamics.stepSize': stepSize },
    }))
    expect(fixLanes({ ...sampleExperiment, lanes }).lanes).toEqual([{ label: 'run', changes: {} }])
  })

  test('the other changes of a lane stay, and a horizon on the other clock goes', () => {
    const lanes = [1, 2].map((depth) => ({
      label: `depth ${depth}`,
      changes: { 'network.depth': depth, 'until.steps': 10 * depth, 'loss.samples': 3 },
    }))
    expect(fixLanes({ ...sampleExperiment, lanes }).lanes.map(({ changes }) => changes)).toEqual([
      { 'network.depth': 1 },
      { 'network.depth': 2 },
    ])
  })

  test('a change inside a part that the same lane brings along has a place', () => {
    const changes = {
      dynamics: { kind: 'sgd', stepSize: 1, batchSize: 1 },
      'dynamics.momentum': 0.5,
      'until.steps': 9,
    }
    const lanes = [
      { label: 'flow', changes: {} },
      { label: 'sgd', changes },
    ]
    expect(fixLanes({ ...sampleExperiment, lanes }).lanes[1]!.changes).toEqual(changes)
  })
})

describe('another kind, as seen from a lane', () => {
  test('of a part that the lanes share: in all of them', () => {
    const { experiment, note } = withKind(sampleExperiment, 1, 'dynamics', 'gradientDescent')
    expect(planOf(experiment).runs.map(({ config }) => config.until.steps)).toEqual([4000, 4000, 4000])
    expect(experiment.lanes).toEqual(sampleExperiment.lanes)
    expect(note).toContain('4000 steps')
  })

  test('of a part that a lane has to itself: there, horizon included', () => {
    const lanes = [
      { label: 'flow', changes: {} },
      {
        label: 'descent',
        changes: { dynamics: { kind: 'gradientDescent', stepSize: 0.02 }, until: { steps: 50 } },
      },
    ]
    const before = { ...sampleExperiment, lanes }
    const { experiment } = withKind(before, 1, 'dynamics', 'gradientFlow')
    expect(experiment.config).toEqual(sample)
    expect(experiment.lanes[0]).toEqual(lanes[0])
    expect(experiment.lanes[1]!.changes).toEqual({ dynamics: { kind: 'gradientFlow' }, until: { time: 1 } })
    expect(planOf(experiment).problems).toEqual([])
  })

  test('lanes over a parameter that is no more', () => {
    const lanes = [1e-3, 1e-2].map((scale) => ({ label: `${scale}`, changes: { 'init.scale': scale } }))
    const { experiment } = withKind({ ...sampleExperiment, lanes }, 0, 'init', 'gaussian')
    expect(experiment.lanes).toEqual([{ label: 'run', changes: {} }])
    const kept = withKind({ ...sampleExperiment, lanes }, 0, 'init', 'orthogonal')
    expect(kept.experiment.lanes).toEqual(lanes)
  })
})
