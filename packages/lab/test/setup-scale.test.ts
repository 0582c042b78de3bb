import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linear, logarithmic, nearestStop, roundAbove, scaleFor } from '../src/setup/scale.ts'
import { anotherValue } from '../src/setup/suggestion.ts'

const positive = fc
  .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: -12, max: 9 }))
  .map(([mantissa, exponent]) => Number(`${mantissa}e${exponent}`))

describe('stops of sliders', () => {
  test('a decade: round numbers only', () => {
    expect(logarithmic(0.01, 0.1).stops.slice(0, 5)).toEqual([0.01, 0.011, 0.012, 0.013, 0.015])
    expect(logarithmic(1, 30, true).stops.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('ascending, within the limits, evenly spread', () => {
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        fc.pre(a !== b)
        const { stops } = logarithmic(Math.min(a, b), Math.max(a, b))
        for (let i = 1; i < stops.length; i++) {
          expect(stops[i]!).toBeGreaterThan(stops[i - 1]!)
          expect(stops[i]! / stops[i - 1]!).toBeLessThan(1.2)
        }
        expect(stops[0]).toBe(Math.min(a, b))
        expect(stops.at(-1)).toBe(Math.max(a, b))
      }),
    )
  })

  test('a stop lies at its own place', () => {
    for (const scale of [logarithmic(1e-6, 1), linear(0, 1, 100)])
      scale.stops.forEach((stop, i) => {
        expect(scale.positionOf(stop)).toBeCloseTo(i, 9)
        expect(nearestStop(scale, stop)).toBe(i)
      })
    expect(logarithmic(1, 10).positionOf(1000)).toBe(logarithmic(1, 10).stops.length - 1)
    expect(logarithmic(1, 10).positionOf(0.1)).toBe(0)
  })

  test('hard limits hold, soft ones are lifted', () => {
    const scale = scaleFor({ above: 0 }, false, 1e-3, 1e-3)!
    expect([scale.stops[0], scale.stops.at(-1)]).toEqual([1e-6, 1])
    expect(scaleFor({ above: 0 }, false, 1e-3, 50)!.stops.at(-1)).toBe(100)
    const tolerance = scaleFor({ minimum: 1e-13, maximum: 0.1 }, false, 1e-6, 1e-3)!
    expect(tolerance.stops[0]).toBeGreaterThanOrEqual(1e-13)
    expect(tolerance.stops.at(-1)).toBeLessThanOrEqual(0.1)
    const momentum = scaleFor({ minimum: 0, below: 1 }, false, 0.9, 0.9)!
    expect([momentum.stops[0], momentum.stops.at(-1)]).toEqual([0, 0.99])
    expect(momentum.stops[90]).toBe(0.9)
  })

  test('no slider where none helps', () => {
    expect(scaleFor({}, false, 1, 1)).toBeUndefined()
    expect(scaleFor({ minimum: 1 }, true, 3, 3)).toBeUndefined()
    expect(scaleFor({ minimum: 2, multipleOf: 2 }, true, 400, 400)).toBeUndefined()
    expect(scaleFor({ minimum: 1 }, true, 400, 400)?.stops.every(Number.isInteger)).toBe(true)
  })

  test('round tops', () => {
    expect([0.3, 1, 7, 99, 2.0001].map(roundAbove)).toEqual([0.3, 1, 8, 100, 2.5])
  })
})

describe('a further value to compare', () => {
  const common = { field: 'x', name: 'x', label: 'x', help: '', required: true, value: 3, start: 3 }

  test('is new and allowed', () => {
    expect(anotherValue({ ...common, kind: 'integer', range: { minimum: 1 } }, [3])).toBe(4)
    expect(anotherValue({ ...common, kind: 'integer', range: { multipleOf: 2 } }, [4])).toBe(6)
    expect(anotherValue({ ...common, kind: 'number', range: { above: 0 } }, [0.003])).toBe(0.03)
    expect(anotherValue({ ...common, kind: 'number', range: { below: 1 } }, [0.9])).toBe(0.95)
    expect(anotherValue({ ...common, kind: 'boolean' }, [true])).toBe(false)
    const choices = ['a', 'b', 'c'].map((value) => ({ value, title: value }))
    expect(anotherValue({ ...common, kind: 'choice', choices }, ['a', 'c'])).toBe('b')
  })
})
