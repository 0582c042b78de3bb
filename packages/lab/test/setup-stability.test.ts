import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stabilityEdge } from '../src/experiment/stability-edge.ts'
import type { RunStatus } from '../src/running/live-run.ts'
import { stabilityOf, stableStep, stepInWords } from '../src/setup/stability.ts'

const running: RunStatus = { kind: 'running', fraction: 0.5 }
const ended = (reason: 'horizon' | 'diverged'): RunStatus => ({
  kind: 'ended',
  stopped: { reason, message: '', position: 1 },
  seconds: 1,
})

const edge = stabilityEdge({ kind: 'gradientDescent' })!

describe('the stability line of a descent', () => {
  test('the newest measurement counts, and says where it was made', () => {
    const column = Float64Array.of(1, 2, 4, Number.NaN)
    expect(stabilityOf({ edge, status: running, ends: { start: 1 }, column })).toEqual({
      sharpness: 4,
      limit: 0.5,
      over: '2',
      at: 'now',
    })
    expect(stabilityOf({ edge, status: ended('horizon'), ends: { start: 1, end: 8 } })).toEqual({
      sharpness: 8,
      limit: 0.25,
      over: '2',
      at: 'end',
    })
    expect(stabilityOf({ edge, status: running, ends: { start: 1 } })?.at).toBe('start')
  })

  test('of a run that diverged, only the start', () => {
    const column = Float64Array.of(2, 1e30)
    expect(stabilityOf({ edge, status: ended('diverged'), ends: { start: 1, end: 1e40 }, column })).toEqual({
      sharpness: 2,
      limit: 1,
      over: '2',
      at: 'start',
    })
  })

  test('nothing measured, nothing said', () => {
    expect(stabilityOf({ edge, status: running, ends: {} })).toBeUndefined()
    expect(
      stabilityOf({ edge, status: running, ends: { start: 0 }, column: Float64Array.of() }),
    ).toBeUndefined()
  })

  test('with momentum it lies higher, of adaptive steps and flows there is none', () => {
    const momentum = stabilityEdge({ kind: 'heavyBall', momentum: 0.9 })!
    const line = stabilityOf({ edge: momentum, status: running, ends: { start: 4 } })!
    expect(line.limit).toBeCloseTo(3.8 / 4, 14)
    expect(stepInWords(1, line)).toMatch(/^Above 2\(1\+β\)\/λ = 0.95: /)
    expect(stabilityEdge({ kind: 'heavyBall', momentum: 0 })).toEqual({ most: 2, symbol: '2' })
    expect(stabilityEdge({ kind: 'sgd', momentum: 0.5 })!.most).toBe(3)
    for (const kind of ['groupRMSprop', 'gradientFlow'])
      expect(stabilityEdge({ kind, stepSize: 1 })).toBeUndefined()
  })

  test('in plain words', () => {
    const line = { sharpness: 8, limit: 0.25, over: '2', at: 'end' } as const
    expect(stepInWords(0.3, line)).toBe(
      'Above 2/λ = 0.25: steps overshoot along the sharpest direction (λ = 8 where the run ended).',
    )
    expect(stepInWords(0.25, line)).toBe('Below 2/λ = 0.25 (where the run ended): stable there.')
  })

  test('a step that is offered instead is stable whatever the curvature', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), (sharpness) => {
        const step = stableStep({ limit: 2 / sharpness })
        expect(step).toBeGreaterThan(0)
        expect(step * sharpness).toBeLessThan(2)
      }),
    )
    expect(stableStep({ limit: 2 / 36 })).toBe(0.03)
  })
})
