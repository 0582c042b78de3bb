import { loadEngine } from 'linnet'
import { describe, expect, it } from 'vitest'
import { runStudy, type StudyFrame } from '../src/run-study.ts'
import { figure3 } from '../src/studies.ts'
import type { Study } from '../src/study.ts'

/** Figure 3 with so many samples as a test has time for; the runs themselves are the same. */
function coarse(samples: number): Study {
  return {
    ...figure3,
    plan: (options) =>
      figure3.plan(options).map((planned) => ({
        ...planned,
        config: { ...planned.config, record: { ...planned.config.record, samples, snapshots: 6 } },
      })),
  }
}

async function finish(study: Study, signal = { aborted: false }, onFrame = (_: StudyFrame) => {}) {
  const frames = runStudy(study, { engine: await loadEngine('strict'), quick: true, signal })
  for (;;) {
    const { done, value } = await frames.next()
    if (done) return value
    onFrame(value)
  }
}

describe('figure 3, by gradient flow', async () => {
  const labels = new Set<string>()
  let fraction = 0
  const result = await finish(coarse(250), undefined, ({ planned, frame }) => {
    labels.add(planned.label)
    fraction = frame.fraction
  })
  const found = new Map(
    result.measurements.map(({ quantity, value, predicted }) => [quantity, { value, predicted }]),
  )
  const value = (quantity: string) => found.get(quantity)!.value

  it('goes through the whole plan', () => {
    expect(labels.size).toBe(3)
    expect(fraction).toBe(1)
    expect(result.figure.panels).toHaveLength(4)
  })

  it('learns singular values one after another, the sharper the deeper', () => {
    expect(value('overlap1')).toBeCloseTo(0.5, 3)
    expect(value('overlap2')).toBeLessThan(0.9 * value('overlap1'))
    expect(value('overlap3')).toBeLessThan(0.5 * value('overlap2'))
    const jumps = [1, 2, 3, 4, 5].map((r) => value(`escape3Mode${r}`))
    expect(jumps).toEqual([...jumps].sort((a, b) => a - b))
  })

  it('reconstructs only with depth, and lies near the published plot', () => {
    expect(value('reconstructionError1')).toBeGreaterThan(0.7)
    expect(value('reconstructionError2')).toBeLessThan(0.15)
    expect(value('reconstructionError3')).toBeLessThan(1e-3)
    // Another random instance: its singular values and times differ by some ten per cent, as they do between our seeds.
    for (const { published, reproduced, id } of result.comparison.rows)
      if (published && /^(singularValue|escape|asymptote)/.test(id))
        expect(Math.abs(reproduced[0]!.ratio! - 1), id).toBeLessThan(0.25)
  })

  it('finds the time constant that theory predicts, and escapes not before the predicted time of an aligned start', () => {
    // Between samples 6 % apart, linear interpolation of an exponential costs less than this.
    expect(Math.abs(value('timeConstant1') / found.get('timeConstant1')!.predicted! - 1)).toBeLessThan(2e-3)
    for (const quantity of ['escape2', 'escape3Mode1']) {
      const { value: measured, predicted } = found.get(quantity)!
      expect(measured).toBeGreaterThan(predicted!)
      expect(measured).toBeLessThan(1.4 * predicted!)
    }
  })

  it('violates no theorem', () => {
    const verdicts = result.certificates.flatMap(({ certificates }) =>
      certificates.map(({ verdict }) => verdict),
    )
    expect(verdicts).toContain('holds')
    expect(verdicts).not.toContain('violated')
  })
})

describe('an interrupted study', () => {
  it('makes its result of the runs that are complete', async () => {
    const signal = { aborted: false }
    const result = await finish(coarse(20), signal, ({ index }) => {
      signal.aborted = index === 1
    })
    expect(result.certificates.map(({ label }) => label)).toEqual(['depth 1, gradient flow, seed 1'])
    expect(result.comparison.rows.some(({ group }) => group === 'Depth 2')).toBe(false)
  })
})
