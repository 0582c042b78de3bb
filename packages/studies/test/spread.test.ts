import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spread } from '../src/figure/spread.ts'

const room = { top: 0, bottom: 100, spacing: 10, most: 12 }

describe('names at the ends of curves', () => {
  it('stay where they are where nothing is in the way', () => {
    expect(spread([70, 20, 50], room)).toEqual([70, 20, 50])
  })

  it('make room for each other, up and down alike', () => {
    expect(spread([50, 50], room)).toEqual([45, 55])
    expect(spread([40, 44, 80], room)).toEqual([37, 47, 80])
  })

  it('move up at the lower edge, down at the upper', () => {
    expect(spread([100, 100], room)).toEqual([90, 100])
    expect(spread([0, 1], room)).toEqual([0, 10])
  })

  it('of too many the last give way', () => {
    expect(spread([100, 100, 100, 100], room)).toEqual([90, 100, undefined, undefined])
  })

  it('never overlap, never leave the panel, never stand far off; the first of all is always there', () => {
    const heights = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(heights, (wanted) => {
        const placed = spread(wanted, room)
        const shown = placed.filter((height) => height !== undefined).sort((a, b) => a - b)
        for (const [i, height] of shown.entries()) {
          expect(height).toBeGreaterThanOrEqual(-1e-9)
          expect(height).toBeLessThanOrEqual(100 + 1e-9)
          if (i > 0) expect(height - shown[i - 1]!).toBeGreaterThan(10 - 1e-9)
        }
        for (const [i, height] of placed.entries())
          if (height !== undefined) expect(Math.abs(height - wanted[i]!)).toBeLessThanOrEqual(12 + 1e-9)
        expect(placed[0]).toBeDefined()
      }),
    )
  })
})
