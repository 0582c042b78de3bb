import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadEngine } from '../src/index.ts'
import { samplePositions, snapshotIndices } from '../src/simulate/schedule.ts'

const engine = await loadEngine()
const runs = { numRuns: 200, seed: 20261121 }
const spacing = fc.constantFrom('linear' as const, 'logarithmic' as const)

describe('sample positions', () => {
  it('of a descent are whole, ascending, end at the horizon and are no more than asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 300 }),
        spacing,
        (horizon, samples, spacing) => {
          const positions = samplePositions(engine, 'steps', horizon, { samples, spacing, snapshots: 2 })
          expect(positions.length).toBeLessThanOrEqual(samples)
          expect(positions.at(-1)).toBe(horizon)
          positions.forEach((position, i) => {
            expect(Number.isInteger(position) && position > (positions[i - 1] ?? 0)).toBe(true)
          })
        },
      ),
      runs,
    )
  })

  it('of a flow are ascending, as many as asked for, and end at the horizon', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        fc.integer({ min: 1, max: 300 }),
        spacing,
        (horizon, samples, spacing) => {
          const positions = samplePositions(engine, 'time', horizon, { samples, spacing, snapshots: 2 })
          expect(positions).toHaveLength(samples)
          expect(positions.at(-1)).toBe(horizon)
          positions.forEach((position, i) => {
            expect(position > (positions[i - 1] ?? 0)).toBe(true)
          })
        },
      ),
      runs,
    )
  })

  it('spread evenly, or by equal ratios from a millionth of the horizon on', () => {
    const record = { samples: 7, snapshots: 2 }
    expect(samplePositions(engine, 'time', 7, { ...record, spacing: 'linear' })).toEqual([
      1, 2, 3, 4, 5, 6, 7,
    ])
    const decades = samplePositions(engine, 'time', 1e6, { ...record, spacing: 'logarithmic' })
    decades.forEach((position, k) => {
      expect(position / 10 ** k).toBeCloseTo(1, 12)
    })
    expect(
      samplePositions(engine, 'steps', 100, { samples: 5, spacing: 'logarithmic', snapshots: 2 }),
    ).toEqual([1, 3, 10, 32, 100])
  })
})

describe('snapshots', () => {
  it('are as many as asked for, evenly, the first and the last among them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 2, max: 600 }), (count, snapshots) => {
        const kept = [...snapshotIndices(count, snapshots)].sort((a, b) => a - b)
        expect(kept).toHaveLength(Math.min(count, snapshots))
        expect([kept[0], kept.at(-1)]).toEqual([0, count - 1])
        const gaps = kept.slice(1).map((index, k) => index - kept[k]!)
        if (gaps.length > 0) expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1)
      }),
      runs,
    )
    expect([...snapshotIndices(201, 11)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 11 }, (_, k) => 20 * k),
    )
  })
})
