import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { condenser } from '../src/figure/condensed.ts'

const edges = Array.from({ length: 10 }, (_, i) => i)
const x = Array.from({ length: 500 }, (_, i) => i / 50)

/** Least and greatest finite value of every bin. */
function ranges({ x: at, y }: { x: ArrayLike<number>; y: ArrayLike<number> }): string[] {
  const bins = new Map<number, number[]>()
  for (let i = 0; i < at.length; i++) {
    const bin = Math.floor(at[i]!)
    if (Number.isFinite(y[i])) bins.set(bin, [...(bins.get(bin) ?? []), y[i]!])
  }
  return [...bins].map(([bin, values]) => `${bin}: ${Math.min(...values)} ${Math.max(...values)}`)
}

describe('condenser', () => {
  const noise = fc.array(
    fc.oneof(
      { weight: 9, arbitrary: fc.double({ noNaN: true, min: -5, max: 5 }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    ),
    {
      minLength: x.length,
      maxLength: x.length,
    },
  )

  it('keeps what every pixel shows: least, greatest, first, last, and that there is a gap', () => {
    fc.assert(
      fc.property(noise, (y) => {
        const fewer = condenser(edges)({
          name: 'a',
          x,
          y,
          low: y.map((v) => v - 1),
          high: y.map((v) => v + 1),
        })
        expect(fewer.x.length).toBeLessThanOrEqual(7 * (edges.length + 1))
        expect(ranges(fewer)).toEqual(ranges({ x, y }))
        expect(Array.from(fewer.y).some(Number.isNaN)).toBe(y.some(Number.isNaN))
        expect([fewer.x[0], fewer.x[fewer.x.length - 1]]).toEqual([x[0], x.at(-1)])
        for (let i = 0; i < fewer.x.length; i++) {
          const place = x.indexOf(fewer.x[i]!)
          expect([fewer.y[i], fewer.low![i]]).toEqual([y[place], y[place]! - 1])
        }
      }),
      { numRuns: 40 },
    )
  })

  it('condenses each of several curves as if it were alone', () => {
    const [one, other] = [x.map((_, i) => (i * 37) % 11), x.map((_, i) => (i * 53) % 7)]
    const fewer = condenser(edges)
    expect([fewer({ name: 'a', x, y: one }), fewer({ name: 'a', x, y: other })]).toEqual([
      condenser(edges)({ name: 'a', x, y: one }),
      condenser(edges)({ name: 'a', x: [...x], y: other }),
    ])
    const shifted = x.map((at) => at / 2)
    expect(fewer({ name: 'a', x: shifted, y: one })).toEqual(
      condenser(edges)({ name: 'a', x: shifted, y: one }),
    )
  })

  it('leaves alone what is short or goes back', () => {
    const short = { name: 'a', x: [0, 1], y: [0, 1] }
    expect(condenser(edges)(short)).toBe(short)
    const back = { name: 'a', x: [...x, 0], y: [...x, 0] }
    expect(condenser(edges)(back)).toBe(back)
  })
})
