import { signal } from '@preact/signals'
import type { ConfigProblem } from 'linnet'
import { expect, test } from 'vitest'
import type { LabState } from '../src/experiment/experiment.ts'
import { openingState } from '../src/experiment/opening.ts'
import { shownLanes } from '../src/store/shown-lanes.ts'
import type { StagedRun } from '../src/store/store.ts'

const run = (lane: number, label: string, pinned = false) =>
  ({ planned: { lane, label }, live: {}, pinned }) as StagedRun

function lanesOf(staged: readonly StagedRun[], problems: readonly ConfigProblem[]) {
  const experiment = { ...openingState.experiment, lanes: [{ label: 'run', changes: {} }] }
  return shownLanes({
    state: signal<LabState>({ ...openingState, experiment }),
    problems: signal(problems),
    staged: signal(staged),
  })
}

test('what cannot be run leaves the lanes that are drawn, under their own names', () => {
  const staged = [run(0, 'depth 1'), run(0, 'depth 1'), run(1, 'depth 2'), run(-1, 'pinned', true)]
  const wrong = [{ field: 'loss', message: '' }] as unknown as ConfigProblem[]
  expect(lanesOf(staged, wrong)).toEqual(['depth 1', 'depth 2'])
  expect(lanesOf(staged, [])).toEqual(['run'])
  expect(lanesOf([run(-1, 'pinned', true)], wrong)).toEqual(['run'])
})
