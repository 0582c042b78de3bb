import { expect, test } from 'vitest'
import { heldRuns, withoutLateSeeds } from '../../src/stage/held-runs.ts'
import type { StagedRun } from '../../src/store/store.ts'

function run(id: string, lane: number, repetition = 0): StagedRun {
  return { planned: { id, lane, repetition }, live: {}, pinned: lane < 0 } as StagedRun
}

const withData = (...ids: string[]) => {
  const known = new Set(ids)
  return ({ planned }: StagedRun) => known.has(planned.id)
}

const ids = (runs: readonly StagedRun[]) => runs.map(({ planned }) => planned.id)

test('a place keeps its run until the next one has something to show', () => {
  const old = [run('a', 0), run('b', 1)]
  const next = [run('c', 0), run('d', 1)]
  expect(ids(heldRuns(old, next, withData('a', 'b')))).toEqual(['a', 'b'])
  expect(ids(heldRuns(old, next, withData('a', 'b', 'd')))).toEqual(['a', 'd'])
  expect(ids(heldRuns(old, next, withData('a', 'b', 'c', 'd')))).toEqual(['c', 'd'])
})

test('lanes, seeds and pins that are gone go', () => {
  const old = [run('a', 0), run('a2', 0, 1), run('b', 1), run('p', -1)]
  expect(ids(heldRuns(old, [run('c', 0)], withData('a', 'a2', 'b', 'p')))).toEqual(['a'])
  expect(ids(heldRuns(old, [run('q', -1)], withData('p')))).toEqual(['q'])
})

test('of several seeds those that have ended are drawn, as soon as there is one; pinned runs always', () => {
  const seed = (lane: number, kind: string, pinned = false) =>
    ({ planned: { lane }, live: { status: { value: { kind } } }, pinned }) as unknown as StagedRun
  const begun = [seed(0, 'running'), seed(0, 'waiting'), seed(-1, 'waiting', true)]
  expect(withoutLateSeeds(begun)).toEqual(begun)
  const [ended, other] = [seed(0, 'ended'), seed(1, 'running')]
  expect(withoutLateSeeds([ended, ...begun, other])).toEqual([ended, begun[2], other])
})
