import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandOf, commonLength } from '../src/runs-figure/band.ts'

/** Without −0, which sorts do not tell from 0. */
const value = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
  .map((drawn) => drawn + 0)

/** As many lists of the same length. */
const curves = fc
  .record({ runs: fc.integer({ min: 1, max: 30 }), samples: fc.integer({ min: 0, max: 12 }) })
  .chain(({ runs, samples }) =>
    fc.array(fc.array(value, { minLength: samples, maxLength: samples }), {
      minLength: runs,
      maxLength: runs,
    }),
  )

describe('bandOf', () => {
  it('is median, least and greatest, as a plain sort finds them', () => {
    fc.assert(
      fc.property(curves, (lists) => {
        const count = lists[0]!.length
        const { y, low, high } = bandOf(lists, count)
        for (let i = 0; i < count; i++) {
          const sorted = lists.map((list) => list[i]!).sort((a, b) => a - b)
          const upper = sorted[Math.ceil((sorted.length - 1) / 2)]!
          const lower = sorted[Math.floor((sorted.length - 1) / 2)]!
          expect(y[i]).toBe((lower + upper) / 2)
          expect(low[i]).toBe(sorted[0])
          expect(high[i]).toBe(sorted.at(-1))
        }
      }),
    )
  })

  it('knows nothing where one of the runs knows nothing, wherever that run stands', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }), (before, after) => {
        const lists = [...Array(before).fill([1]), [Number.NaN], ...Array(after).fill([2])]
        const { y, low, high } = bandOf(lists, 1)
        expect([y[0], low[0], high[0]]).toEqual([Number.NaN, Number.NaN, Number.NaN])
      }),
    )
  })
})

describe('commonLength', () => {
  it('ends where a run ends, or where positions part', () => {
    expect(
      commonLength([
        [0, 1, 2],
        [0, 1],
      ]),
    ).toBe(2)
    expect(
      commonLength([
        [0, 1, 2],
        [0, 1.5, 2],
      ]),
    ).toBe(1)
    expect(commonLength([[0, 1]])).toBe(2)
    expect(commonLength([])).toBe(0)
    expect(commonLength([[0], []])).toBe(0)
  })
})
