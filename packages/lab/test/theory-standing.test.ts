import { type Certificate, loadEngine, simulate, theory } from 'linnet'
import { describe, expect, test } from 'vitest'
import { inWords } from '../src/elements/in-words.ts'
import { measuredNumber, twoDigits } from '../src/elements/numbers.ts'
import type { RunStatus } from '../src/running/live-run.ts'
import type { StagedRun } from '../src/store/store.ts'
import { laneStandings, standingOf, tally } from '../src/theory/standing.ts'

const ended: RunStatus = { kind: 'ended', stopped: { reason: 'horizon', position: 1 } as never, seconds: 1 }
const running: RunStatus = { kind: 'running', fraction: 0.5 }

const engine = await loadEngine('strict')
const run = await simulate(theory.theorem1.negativeControl.config, { engine })
const apart = theory.theorem1.certify(run)
const violated = theory.theorem1.certify(run, { insist: true })
const holds = theory.conservation.certify(run)

describe('where a statement stands with a run', () => {
  test('the library says what the words are made of', () => {
    expect([apart.verdict, violated.verdict, holds.verdict]).toEqual(['does not apply', 'violated', 'holds'])
  })

  test('running, with the residual so far, until it is final', () => {
    const soFar = standingOf({ certificate: holds, final: false }, running)
    expect(soFar).toMatchObject({ sign: 'running', word: 'running' })
    expect(soFar.detail).toBe(`${twoDigits(holds.residual)} so far`)
    expect(standingOf({ certificate: holds, final: true }, ended).sign).toBe('holds')
  })

  test('holds and violated say residual, of what, and what is allowed', () => {
    for (const certificate of [holds, violated]) {
      const { detail, word } = standingOf({ certificate, final: true }, ended)
      expect(word).toBe(certificate.verdict)
      expect(detail).toContain(`residual ${twoDigits(certificate.residual)} of ${certificate.residualOf}`)
      expect(detail).toContain(`(${twoDigits(certificate.tolerance)} allowed)`)
    }
  })

  test('does not apply says why, with the measured number', () => {
    const { detail } = standingOf({ certificate: apart, final: true }, ended)
    expect(detail).toMatch(/^because the layers are not balanced: .*\d+ %/)
  })

  test('a run that failed says its sentence; one that waits, that it waits', () => {
    expect(standingOf(undefined, { kind: 'failed', sentence: 'no' })).toMatchObject({
      sign: 'failed',
      detail: 'no',
    })
    expect(standingOf(undefined, { kind: 'waiting' }).sign).toBe('waiting')
    expect(standingOf(undefined, running).sign).toBe('running')
  })
})

function staged(lane: number, certificate: Certificate, pinned = false): StagedRun {
  const certificates = { value: new Map([[certificate.statement, { certificate, final: true }]]) }
  return {
    planned: { lane, label: `lane ${lane}` },
    pinned,
    live: { certificates, status: { value: ended } },
  } as never
}

describe('where a statement stands with lanes', () => {
  test('one standing a lane; pinned runs have none', () => {
    const found = laneStandings(
      [staged(0, apart), staged(1, violated), staged(-1, violated, true)],
      'theorem1',
    )
    expect(found.map(({ lane, sign }) => [lane, sign])).toEqual([
      [0, 'does not apply'],
      [1, 'violated'],
    ])
  })

  test('of several seeds the violated one is shown, and how many there are', () => {
    const [found] = laneStandings([staged(0, apart), staged(0, violated), staged(0, apart)], 'theorem1')
    expect(found).toMatchObject({ sign: 'violated', seeds: '1 of 3 seeds' })
  })

  test('the tally counts in words', () => {
    const of = (certificate: Certificate) => standingOf({ certificate, final: true }, ended)
    expect(tally([of(holds), of(apart), of(holds)])).toBe('2 hold · 1 does not apply')
    expect(tally([of(violated), standingOf(undefined, running)])).toBe('1 running · 1 violated')
  })
})

test('numbers as people read them', () => {
  expect([0, 1.6e-15, 0.31415, Number.NaN].map(twoDigits)).toEqual(['0', '1.6e-15', '0.31', 'not a number'])
  expect([12, 0.123456, 1e-9, 1e9].map(measuredNumber)).toEqual(['12', '0.1235', '1.00e-9', '1.00e+9'])
  expect(inWords('largestPointwiseResidual')).toBe('largest pointwise residual')
})
