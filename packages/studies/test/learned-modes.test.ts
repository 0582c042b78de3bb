import fc from 'fast-check'
import { makeTrajectory, parseConfig, simulate } from 'linnet'
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
        [0, 0.2, 0.6, 0.6],
        [0, 0.49, 0.49, 0.49],
      ],
    )
    expect(learnedModes(trajectory).map(({ mode }) => mode)).toEqual([1, 3])
    expect(learnedModes(trajectory)[0]!.position).toBe(1)
  })

  const times = Array.from({ length: 201 }, (_, i) => i / 20)
  const learned = (curve: (t: number) => number) =>
    learnedModes(trajectoryOf(times, [times.map(curve)])).map(({ position }) => position)

  it.each<[string, (t: number) => number]>([
    ['along a line', (t) => t],
    ['exponentially', (t) => Math.exp(t)],
    ['towards infinity', (t) => 1 / (10.01 - t)],
    ['as a logarithm', (t) => Math.log(1 + t)],
    ['as a root', (t) => Math.sqrt(t)],
    ['away from a saddle', (t) => (0.01 + t) ** 3],
    ['and falls', (t) => t * (10.5 - t)],
  ])('leaves out what has no end when the run ends: it grows %s', (_, curve) => {
    expect(learned(curve)).toEqual([])
  })

  it.each([2, 5, 9, 9.7])('finds what has come to its end, early or late: half of it at %d', (half) => {
    const logistic = (t: number) => 1 / (1 + Math.exp(-20 * (t - half)))
    expect(learned(logistic)).toEqual([expect.closeTo(half, 1)])
  })

  it('finds what a start in its own value makes late: the run ends as soon as the loss is small', async () => {
    const config = parseConfig({
      loss: { kind: 'whitened', target: { kind: 'values', data: [[1]] } },
      network: { kind: 'linear', depth: 3 },
      init: { kind: 'identity', scale: 1e-9 },
      dynamics: { kind: 'gradientFlow' },
      probes: [{ kind: 'singularValues', count: 1 }],
      until: { time: 2000, loss: 1e-6 },
      record: { samples: 40_000 },
    })
    const { trajectory, stopped } = await simulate(config)
    expect(stopped.reason).toBe('loss')
    const [one] = learnedModes(trajectory)
    // Half is reached in the last half per cent of the run.
    expect(one!.position).toBeGreaterThan(0.995 * stopped.position)
  })

  it('finds none where nothing was recorded', () => {
    expect(learnedModes(makeTrajectory('time', Float64Array.of(0), [], []))).toEqual([])
    expect(learnedModes(trajectoryOf([], [[]]))).toEqual([])
  })
})
