import fc from 'fast-check'
import { makeTrajectory } from 'linnet'
import { describe, expect, it } from 'vitest'
import { learnedAt, learnedModes } from '../src/learned-modes.ts'

function trajectoryOf(positions: readonly number[], curves: readonly (readonly number[])[]) {
  return makeTrajectory(
    'time',
    Float64Array.from(positions),
    curves.map((_, r) => ({ name: `singularValue${r + 1}`, symbol: '', help: '' })),
    curves.map((values) => Float64Array.from(values)),
  )
}

describe('learnedAt', () => {
  it('interpolates between samples', () => {
    const trajectory = trajectoryOf([0, 1, 3], [[0, 1, 4]])
    expect(learnedAt(trajectory, 1)).toBeCloseTo(1 + (2 * (2 - 1)) / 3, 14)
    expect(learnedAt(trajectory, 1, 0.25)).toBe(1)
    expect(learnedAt(trajectory, 1, 2)).toBeNaN()
  })

  it('knows no time for a value that is no number, and says which column is missing', () => {
    expect(learnedAt(trajectoryOf([0, 1], [[0, Number.NaN]]), 1)).toBeNaN()
    // No line leads from what is no number: the sample counts.
    expect(learnedAt(trajectoryOf([0, 1, 2], [[Number.NaN, 8, 10]]), 1)).toBe(1)
    expect(() => learnedAt(trajectoryOf([0], [[1]]), 2)).toThrow(/singularValue2/)
  })

  it('finds where straight lines cross, whatever the samples between', () => {
    const inner = fc.uniqueArray(fc.double({ min: 0.001, max: 0.999, noNaN: true }), { maxLength: 20 })
    fc.assert(
      fc.property(inner, fc.double({ min: 0.1, max: 100, noNaN: true }), (between, slope) => {
        const xs = [0, ...between.sort((a, b) => a - b), 1]
        const trajectory = trajectoryOf(xs, [xs.map((x) => slope * x)])
        expect(learnedAt(trajectory, 1)).toBeCloseTo(0.5, 9)
      }),
    )
  })
})

describe('learnedModes', () => {
  it('leaves out what started there, and what stayed small', () => {
    const trajectory = trajectoryOf(
      [0, 1, 2, 3],
      [
        [0.1, 5, 10, 10],
        [0.9, 1, 1, 1],
        [0, 0.05, 0.2, 0.2],
        [0, 0.09, 0.09, 0.09],
      ],
    )
    expect(learnedModes(trajectory).map(({ mode }) => mode)).toEqual([1, 3])
    expect(learnedModes(trajectory)[0]!.position).toBe(1)
  })

  it('leaves out what still grows when the run ends', () => {
    const growing = trajectoryOf([0, 8, 9, 10], [[0.1, 1, 8.9, 10]])
    const slowing = trajectoryOf([0, 8, 9, 10], [[0.1, 1, 9.1, 10]])
    expect(learnedModes(growing)).toEqual([])
    expect(learnedModes(slowing)).toHaveLength(1)
    // Too few samples to tell.
    expect(learnedModes(trajectoryOf([0, 1], [[0.1, 1]]))).toEqual([])
    expect(learnedModes(trajectoryOf([0], [[0]]))).toEqual([])
  })

  it('finds none where nothing was recorded', () => {
    expect(learnedModes(makeTrajectory('time', Float64Array.of(0), [], []))).toEqual([])
    expect(learnedModes(trajectoryOf([], [[]]))).toEqual([])
  })
})
