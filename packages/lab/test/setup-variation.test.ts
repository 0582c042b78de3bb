import { describe, expect, test } from 'vitest'
import { laneConfig, planOf } from '../src/experiment/plan.ts'
import {
  comparedNoMore,
  comparedOver,
  edited,
  valuesOver,
  withLane,
  withoutChange,
  withoutLane,
  withValueInLane,
} from '../src/setup/variation.ts'
import { experiment as opening } from './setup-experiment.ts'

describe('comparing over a field', () => {
  test('the opening compares depths', () => {
    expect(valuesOver(opening, 'network.depth')).toEqual([1, 2, 3])
    expect(valuesOver(opening, 'init.scale')).toBeUndefined()
  })

  test('begin, add, change, drop, end', () => {
    const begun = comparedOver(opening, 'init.scale', 'scale', [1e-3, 1e-2])
    expect(begun.lanes.map(({ label }) => label)).toEqual(['scale 0.001', 'scale 0.01'])
    const more = withLane(begun, 'init.scale', 'scale', 0.1)
    expect(valuesOver(more, 'init.scale')).toEqual([1e-3, 1e-2, 0.1])
    const changed = withValueInLane(more, 'init.scale', 'scale', 1, 0.05)
    expect(changed.lanes[1]).toEqual({ label: 'scale 0.05', changes: { 'init.scale': 0.05 } })
    expect(planOf(changed).runs).toHaveLength(3)
    const fewer = withoutLane(withoutLane(changed, 0), 1)
    expect(fewer.lanes).toEqual([{ label: 'run', changes: {} }])
    expect(laneConfig(fewer, 0)).toMatchObject({ init: { scale: 0.05 } })
    expect(laneConfig(comparedNoMore(changed, 2), 0)).toMatchObject({ init: { scale: 0.1 } })
  })

  test('a lane that differs in more keeps its name', () => {
    const lanes = [{ label: 'shallow and slow', changes: { 'network.depth': 1, 'init.scale': 1 } }]
    expect(withValueInLane({ ...opening, lanes }, 'network.depth', 'depth', 0, 2).lanes[0]).toEqual({
      label: 'shallow and slow',
      changes: { 'network.depth': 2, 'init.scale': 1 },
    })
  })
})

describe('writing as seen from a lane', () => {
  const lanes = [
    { label: 'flow', changes: {} },
    { label: 'steps', changes: { dynamics: { kind: 'gradientDescent', stepSize: 0.1 } } },
  ]
  const both = { ...opening, lanes }

  test('into the part of its own', () => {
    const changed = edited(both, 1, 'dynamics.stepSize', 0.2)
    expect(changed.config).toEqual(opening.config)
    expect(changed.lanes[1]!.changes).toEqual({ dynamics: { kind: 'gradientDescent', stepSize: 0.2 } })
  })

  test('else into what all share', () => {
    const changed = edited(both, 0, 'dynamics.tolerance', 1e-8)
    expect(changed.lanes).toEqual(lanes)
    expect(changed.config).toMatchObject({ dynamics: { kind: 'gradientFlow', tolerance: 1e-8 } })
  })

  test('removing a change of a lane leaves what all share', () => {
    const changed = edited(opening, 2, 'network.depth', undefined)
    expect(laneConfig(changed, 2)).toEqual(opening.config)
    expect(changed.lanes[0]).toEqual(opening.lanes[0])
  })
})

test('a change that no lane should have leaves what else the lanes differ in', () => {
  const lanes = [
    { label: 'a', changes: { 'network.depth': 1, 'init.scale': 1 } },
    { label: 'b', changes: { 'network.depth': 2, 'init.scale': 1 } },
    { label: 'c', changes: { 'network.depth': 2, 'init.scale': 2 } },
  ]
  const without = withoutChange({ ...opening, lanes }, 'init.scale')
  expect(without.lanes).toEqual([
    { label: 'a', changes: { 'network.depth': 1 } },
    { label: 'b', changes: { 'network.depth': 2 } },
  ])
  expect(withoutChange(opening, 'network.depth').lanes).toEqual([{ label: 'run', changes: {} }])
})
