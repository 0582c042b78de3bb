import type { Panel } from '@linnet/studies'
import { describe, expect, test } from 'vitest'
import { panelTable } from '../../src/stage/panel-table.ts'
import { same } from '../../src/stage/same.ts'

const panel: Panel = {
  title: 'depth 3',
  x: { label: 'flow time' },
  y: { label: 'singular value' },
  series: [
    { name: 'σ₁', x: [0, 1, 2], y: [0.001, Number.NaN, 5] },
    { name: 'σ₂', x: [1, 2], y: [3, 4], mark: 'dots' },
  ],
}

describe('a panel as a table', () => {
  test('has a row for every position of any curve', () => {
    expect(panelTable(panel, 100)).toEqual({
      head: ['flow time', 'σ₁', 'σ₂ (dots)'],
      rows: [
        [0, 0.001, undefined],
        [1, Number.NaN, 3],
        [2, 5, 4],
      ],
      total: 3,
    })
  })

  test('keeps the first and the last of many rows', () => {
    const x = Array.from({ length: 1000 }, (_, i) => i)
    const { rows, total } = panelTable({ ...panel, series: [{ name: 'σ₁', x, y: x }] }, 11)
    expect(total).toBe(1000)
    expect(rows.length).toBe(11)
    expect([rows[0]![0], rows.at(-1)![0]]).toEqual([0, 999])
  })
})

describe('what has not changed', () => {
  test('is the same through copies, and through typed arrays', () => {
    expect(same(panel, structuredClone(panel))).toBe(true)
    expect(same(Float64Array.of(1, 2), Float64Array.of(1, 2))).toBe(true)
  })

  test.each([
    [Float64Array.of(1, 2), Float64Array.of(1, 3)],
    [Float64Array.of(1, 2), Float64Array.of(1)],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, { b: 1 }],
    [[1], { 0: 1 }],
    [null, {}],
  ])('%j and %j are not', (a, b) => expect(same(a, b)).toBe(false))
})
