import type { Accounts } from 'linnet'
import { describe, expect, test } from 'vitest'
import { openingExperiment } from '../../src/experiment/opening.ts'
import { planOf } from '../../src/experiment/plan.ts'
import { LiveRun } from '../../src/running/live-run.ts'
import { entryOf, laneMatrices } from '../../src/stage/lane-matrices.ts'
import type { StagedRun } from '../../src/store/store.ts'

const [planned] = planOf(openingExperiment).runs

const matrix = (rows: number, columns: number, ...data: number[]) => ({
  rows,
  columns,
  data: Float64Array.from(data),
})

/** A run that has begun with this truth and sent one picture, at position 0. */
function begunRun(label: string, truth: ReturnType<typeof matrix> | undefined, picture: number[]): StagedRun {
  const live = new LiveRun(planned!)
  const shape = truth ? ([truth.rows, truth.columns] as const) : ([1, picture.length] as const)
  const observed = Int32Array.of(0)
  live.hear({
    type: 'begun',
    beginning: { clock: 'time', horizon: 1, columns: [], shape, observed, ...(truth && { truth }) },
  })
  live.hear({
    type: 'moved',
    samples: { positions: Float64Array.of(0), rows: new Float64Array(0) },
    pictures: [{ position: 0, values: Float32Array.from(picture) }],
    fraction: 0,
    accounts: {} as Accounts,
  })
  return { planned: { ...planned!, label }, live, pinned: false }
}

const waitingRun = (): StagedRun => ({ planned: planned!, live: new LiveRun(planned!), pinned: false })
const start = () => 0

describe('matrices of lanes', () => {
  test('each is held against its own truth, where lanes have different ones', () => {
    const runs = [begunRun('a', matrix(1, 2, 1, 2), [1, 1]), begunRun('b', matrix(2, 1, 5, -9), [1, 1])]
    const { lanes, hasTruth, first, isShared, limit } = laneMatrices(runs, start)
    expect(lanes.map(({ shape }) => shape)).toEqual([
      [1, 2],
      [2, 1],
    ])
    expect(lanes.map(({ difference }) => Array.from(difference.value!.data))).toEqual([
      [0, -1],
      [-4, 10],
    ])
    expect([hasTruth, isShared, first?.label, limit.value]).toEqual([true, false, 'a', 9])
  })

  test('one truth is shown where all lanes have the same', () => {
    const runs = ['a', 'b'].map((label) => begunRun(label, matrix(1, 2, 1, 2), [0, 0]))
    expect(laneMatrices(runs, start)).toMatchObject({ isShared: true, hasTruth: true })
  })

  test('a lane without a truth has no difference, and colours that end with what it came to', () => {
    const { lanes, hasTruth, limit } = laneMatrices([begunRun('a', undefined, [3, -4])], start)
    expect([hasTruth, lanes[0]!.difference.value, lanes[0]!.observed, limit.value]).toEqual([
      false,
      undefined,
      undefined,
      4,
    ])
  })

  test('before runs begin a truth keeps its place', () => {
    const { hasTruth, first, lanes } = laneMatrices([waitingRun()], start)
    expect([hasTruth, first, lanes[0]!.matrix.value]).toEqual([true, undefined, undefined])
  })
})

test('an entry is read where the matrix has one', () => {
  const shown = matrix(2, 3, 0, 1, 2, 3, 4, 5)
  expect(entryOf(shown, { row: 1, column: 2 })).toBe(5)
  for (const [row, column] of [
    [0, 3],
    [2, 0],
  ] as const)
    expect(entryOf(shown, { row, column })).toBeUndefined()
  expect(entryOf(undefined, { row: 0, column: 0 })).toBeUndefined()
})
