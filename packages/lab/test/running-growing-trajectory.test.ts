import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { GrowingTrajectory } from '../src/running/growing-trajectory.ts'

const columns = ['a', 'b', 'c'].map((name) => ({ name, symbol: name, help: name }))

/** Samples in portions; the value of column c at sample i is a number of its own. */
const portions = fc.array(fc.nat(300), { maxLength: 12 })
const valueAt = (i: number, c: number) => 1000 * c + i + 0.25

function appendAll(sizes: readonly number[], seen: (count: number, grown: GrowingTrajectory) => void) {
  const grown = new GrowingTrajectory('time', columns)
  let count = 0
  for (const size of sizes) {
    const indices = Array.from({ length: size }, (_, i) => count + i)
    grown.append({
      positions: Float64Array.from(indices, (i) => i / 8),
      rows: Float64Array.from(indices.flatMap((i) => columns.map((_, c) => valueAt(i, c)))),
    })
    count += size
    seen(count, grown)
  }
}

it('holds after every portion what plain arrays would hold, and earlier views stay right', () => {
  fc.assert(
    fc.property(portions, (sizes) => {
      const views: { count: number; trajectory: ReturnType<GrowingTrajectory['trajectory']> }[] = []
      appendAll(sizes, (count, grown) => views.push({ count, trajectory: grown.trajectory() }))
      for (const { count, trajectory } of views) {
        expect(Array.from(trajectory.positions)).toEqual(Array.from({ length: count }, (_, i) => i / 8))
        for (const [c, { name }] of columns.entries())
          expect(Array.from(trajectory.column(name))).toEqual(
            Array.from({ length: count }, (_, i) => valueAt(i, c)),
          )
      }
    }),
    { numRuns: 30 },
  )
})

it('copies no more than a few times what arrives: its memory at most doubles what is needed, beyond the first 256 samples', () => {
  appendAll([100, 156, 1, 1000, 3000], (count, grown) =>
    expect(grown.bytes).toBeLessThanOrEqual(8 * 4 * Math.max(256, 2 * count)),
  )
})

it('has no column that the run has not', () => {
  expect(() => new GrowingTrajectory('steps', columns).trajectory().column('d')).toThrow('no column d')
})
