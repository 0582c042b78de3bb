import { describe, expect, it } from 'vitest'
import type { Assumption } from '../src/theory/certificate.ts'
import { type Comparison, conclude, percent, short } from '../src/theory/verdict.ts'

const about = { kind: 'test', title: 'Test', symbol: 'x', help: 'a test', source: 'nobody 2000' }
const fulfilled: Assumption = { name: 'a', holds: true, measured: 1, threshold: 1, explanation: 'it is so' }
const failed: Assumption = { ...fulfilled, name: 'b', holds: false, explanation: 'it is not so' }

function certificate(comparisons: Comparison[], assumptions = [fulfilled], insist = false) {
  const finding = { comparisons, residualOf: '‖x‖', toleranceBecause: 'we say so' }
  return conclude(about, { assumptions, findings: [finding] }, { insist })
}

const at = (position: number, residual: number, tolerance: number): Comparison => ({
  position,
  residual,
  tolerance,
})

describe('a verdict', () => {
  it('holds when every residual is within its tolerance, and shows the one that came closest to failing', () => {
    const { verdict, residual, tolerance, worstAt, summary } = certificate([
      at(0, 2, 10),
      at(1, 1, 2),
      at(2, 5, 11),
    ])
    expect({ verdict, residual, tolerance, worstAt }).toEqual({
      verdict: 'holds',
      residual: 1,
      tolerance: 2,
      worstAt: 1,
    })
    expect(summary).toBe('Test holds: 1 of ‖x‖, 2 allowed')
  })

  it('is violated when one residual exceeds its tolerance', () => {
    const { verdict, worstAt, summary } = certificate([at(0, 1, 2), at(1, 2.1, 2)])
    expect([verdict, worstAt]).toEqual(['violated', 1])
    expect(summary).toBe('Test is violated: 2.1 of ‖x‖, 2 allowed')
  })

  it('is violated by what is not a number, and by any residual without tolerance', () => {
    expect(certificate([at(0, Number.NaN, 1), at(1, 0, 1)]).verdict).toBe('violated')
    expect(certificate([at(0, 1, Number.NaN)]).verdict).toBe('violated')
    expect(certificate([at(0, 1e-300, 0)]).verdict).toBe('violated')
    expect(certificate([at(0, Number.POSITIVE_INFINITY, 1)]).verdict).toBe('violated')
  })

  it('holds for an exact match without tolerance', () => {
    expect(certificate([at(0, 0, 0)]).verdict).toBe('holds')
  })

  it('does not apply when an assumption fails, unless insisted on', () => {
    const comparisons = [at(0, 3, 1)]
    const quiet = certificate(comparisons, [fulfilled, failed])
    expect([quiet.verdict, quiet.residual]).toEqual(['does not apply', 3])
    expect(quiet.summary).toBe('Test does not apply: it is not so')
    const insisted = certificate(comparisons, [fulfilled, failed], true)
    expect(insisted.verdict).toBe('violated')
    expect(insisted.summary).toBe('Test is violated: 3 of ‖x‖, 1 allowed; it is not so')
  })

  it('does not apply when there is nothing to compare, even when insisted on', () => {
    expect(certificate([], [fulfilled], true)).toMatchObject({
      verdict: 'does not apply',
      residual: Number.NaN,
      summary: 'Test does not apply: there is nothing to compare',
    })
  })
})

describe('numbers in sentences', () => {
  it('have two digits', () => {
    expect([0, 0.1234, 123.4, 1.234e-7, -1.234e9].map(short)).toEqual([
      '0',
      '0.12',
      '120',
      '1.2e-7',
      '-1.2e+9',
    ])
    expect([0.1, 0.00123, 12.3].map(percent)).toEqual(['10 %', '0.12 %', '1200 %'])
  })
})
