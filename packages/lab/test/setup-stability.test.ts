import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunStatus } from '../src/running/live-run.ts'
import { stabilityOf, stableStep, stepInWords } from '../src/setup/stability.ts'

const running: RunStatus = { kind: 'running', fraction: 0.5 }
const ended = (reason: 'horizon' | 'diverged'): RunStatus => ({
  kind: 'ended',
  stopped: { reason, message: '', position: 1 },
  seconds: 1,
})

describe('the stability line of a descent', () => {
  test('the newest measurement counts, and says where it was made', () => {
    const column = Float64Array.of(1, 2, 4, Number.NaN)
    expect(stabilityOf({ status: running, ends: { start: 1 }, column })).toEqual({
      sharpness: 4,
      limit: 0.5,
      at: 'now',
    })
    expect(stabilityOf({ status: ended('horizon'), ends: { start: 1, end: 8 } })).toEqual({
      sharpness: 8,
      limit: 0.25,
      at: 'end',
    })
    expect(stabilityOf({ status: running, ends: { start: 1 } })?.at).toBe('start')
  })

  test('of a run that diverged, only the start', () => {
    const column = Float64Array.of(2, 1e30)
    expect(stabilityOf({ status: ended('diverged'), ends: { start: 1, end: 1e40 }, column })).toEqual({
      sharpness: 2,
      limit: 1,
      at: 'start',
    })
  })

  test('nothing measured, nothing said', () => {
    expect(stabilityOf({ status: running, ends: {} })).toBeUndefined()
    expect(stabilityOf({ status: running, ends: { start: 0 }, column: Float64Array.of() })).toBeUndefined()
  })

  test('in plain words', () => {
    const line = { sharpness: 8, limit: 0.25, at: 'end' } as const
    expect(stepInWords(0.3, line)).toBe(
      'Above 2/λ = 0.25: steps overshoot along the sharpest direction (λ = 8 where the run ended).',
    )
    expect(stepInWords(0.25, line)).toBe('Below 2/λ = 0.25 (where the run ended): stable there.')
  })

  test('a step that is offered instead is stable whatever the curvature', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), (sharpness) => {
        const step = stableStep({ sharpness })
        expect(step).toBeGreaterThan(0)
        expect(step * sharpness).toBeLessThan(2)
      }),
    )
    expect(stableStep({ sharpness: 36 })).toBe(0.03)
  })
})
