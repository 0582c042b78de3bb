import { describe, expect, it } from 'vitest'
import { measure } from '../src/figure-3/measure.ts'
import { plan } from '../src/figure-3/plan.ts'
import { depthOf } from '../src/figure-3/readings.ts'
import { firstReached, valueAt } from '../src/polygon.ts'
import { figure3 } from '../src/studies.ts'
import type { StudyRun } from '../src/study.ts'
import { logistic, syntheticRun } from './synthetic.ts'

/** Reading between samples 100 steps apart on curves this smooth costs less than this, relative. */
const samplingTolerance = 1e-4
/** In steps: what the same does to times on the steepest curve here, which rises over 400 steps. */
const timeTolerance = 1

const finals = [50, 40, 30, 20, 10, 1, 0.9, 0.8, 0.7, 0.6]
const rises = [8000, 9000, 11_000, 13_000, 16_000, 1e4, 1e4, 1e4, 1e4, 1e4]

/** Runs with curves in closed form: depth 1 relaxes with time constant 10⁴; depth 2 and 3 rise as logistic curves. */
function runs(seeds = [1], lag = 0): StudyRun[] {
  return plan({ seeds }).map((planned) => {
    const late = planned.form === 'descent' ? lag : 0
    if (depthOf(planned) === 1)
      return syntheticRun(planned, (r, step) => (finals[r - 1]! / 4) * (1 - Math.exp(-step / 1e4)))
    const curves = finals.map((final, i) => logistic(final, rises[i]! + late, 0.01))
    return syntheticRun(planned, (r, step) => curves[r - 1]!(step))
  })
}

const all = measure(runs([1], 40), Math)
const flow = new Map(all.filter(({ form }) => form === 'flow').map((one) => [one.quantity, one]))
const descent = new Map(all.filter(({ form }) => form === 'descent').map((one) => [one.quantity, one]))
const relative = (found: number, expected: number) => Math.abs(found / expected - 1)

describe('what figure 3 measures', () => {
  it('finds the time constant and the end of depth 1', () => {
    expect(relative(flow.get('timeConstant1')!.value, 1e4)).toBeLessThan(samplingTolerance)
    expect(flow.get('timeConstant1')!.predicted).toBe(1e4)
    expect(flow.get('asymptote1')!.value).toBeCloseTo(12.5, 6)
    expect(relative(flow.get('singularValue1Depth1')!.value, 12.5 * (1 - Math.exp(-3)))).toBeLessThan(
      samplingTolerance,
    )
  })

  it('finds the times at half height', () => {
    for (const [i, rise] of rises.slice(0, 5).entries())
      expect(relative(flow.get(`escape3Mode${i + 1}`)!.value, rise)).toBeLessThan(samplingTolerance)
    expect(relative(flow.get('escape2')!.value, 8000)).toBeLessThan(samplingTolerance)
  })

  it('predicts the escapes from theorem 3 with the rate read off depth 1', () => {
    // g = 2·12.5/2000; σ₁(0) = 10⁻³; step 0.1.
    expect(relative(flow.get('escape3Mode1')!.predicted!, 10 / (0.0125 * 0.1))).toBeLessThan(1e-8)
    expect(relative(flow.get('escape2')!.predicted!, Math.log(50 / 1e-3) / (2 * 0.0125 * 0.1))).toBeLessThan(
      1e-8,
    )
    expect(flow.get('escape3Mode2')!.predicted).toBeUndefined()
  })

  it('finds overlap one half where modes rise together, and what the curves say where not', () => {
    expect(flow.get('overlap1')!.value).toBeCloseTo(0.5, 6)
    expect(flow.get('worstOverlap1')!.value).toBeCloseTo(0.5, 6)
    const expected = [1, 2, 3, 4].map((r) => 1 / (1 + Math.exp(-0.01 * (rises[r - 1]! - rises[r]!))))
    expect(flow.get('worstOverlap3')!.value).toBeCloseTo(Math.max(...expected), 5)
    expect(flow.get('overlap3')!.value).toBeCloseTo(expected.reduce((a, b) => a + b) / 4, 5)
    expect(flow.get('overlap3')!.value).toBeLessThan(flow.get('overlap1')!.value / 10)
  })

  it('compares descent with flow, and only descent', () => {
    expect(Math.abs(descent.get('shift3')!.value - 40)).toBeLessThan(timeTolerance)
    expect(descent.get('shift1')!.value).toBe(0)
    expect(descent.get('distance3')!.value).toBeLessThan(1e-9)
    expect(flow.has('shift3')).toBe(false)
  })

  it('reads the error as the published code prints it: least over the run', () => {
    const [planned] = plan({ quick: true })
    const run = syntheticRun(
      planned!,
      () => 1,
      (step) => Math.abs(step - 5000) / 1e4 + 0.25,
    )
    const found = new Map(measure([run], Math).map(({ quantity, value }) => [quantity, value]))
    expect(found.get('reconstructionError1')).toBe(0.25)
    expect(found.get('plottedError1')).toBe(2.75)
  })

  it('takes any part of the runs: no prediction without depth 1, nothing without runs', () => {
    const deep = runs().filter((run) => depthOf(run) === 3)
    const first = measure(deep, Math).find(({ quantity }) => quantity === 'escape3Mode1')!
    expect(first.predicted).toBeUndefined()
    expect(Number.isFinite(first.value)).toBe(true)
    expect(measure([], Math)).toEqual([])
  })
})

describe('reading a polygon', () => {
  it('interpolates, and says nothing outside', () => {
    expect(valueAt([0, 2], [0, 10], 1)).toBe(5)
    expect(valueAt([0, 2], [0, 10], 2)).toBe(10)
    expect(valueAt([0, 2], [0, 10], 3)).toBeNaN()
    expect(firstReached([0, 2, 4], [0, 10, 4], 5)).toBe(1)
    expect(firstReached([0, 2, 4], [0, 10, 4], 11)).toBeNaN()
  })
})

describe('the plan', () => {
  it('is flow with one seed when quick, flow and descent with several when full', () => {
    expect(plan({ quick: true }).map(({ id }) => id)).toEqual([
      'depth1-flow-seed1',
      'depth2-flow-seed1',
      'depth3-flow-seed1',
    ])
    const full = plan()
    expect(new Set(full.map(({ form }) => form))).toEqual(new Set(['flow', 'descent']))
    expect(new Set(full.map(({ seed }) => seed)).size).toBeGreaterThan(2)
    expect(
      plan({ seeds: [7], quick: true }).every(({ seed, config }) => seed === 7 && config.seed === 7),
    ).toBe(true)
  })

  it('goes to the same horizon by both: 200 000 steps of 0.1', () => {
    for (const { form, config } of plan()) {
      const { stepSize } = config.dynamics as { stepSize?: number }
      if (form === 'flow') expect(config.until).toEqual({ time: 20_000 })
      else expect([config.until, stepSize]).toEqual([{ steps: 200_000 }, 0.1])
    }
  })
})

describe('the figure', () => {
  it('draws flow as lines and descent as dots, one seed, and predictions where measured', () => {
    const some = runs([4, 5])
    const drawn = figure3.figure(some, measure(some, Math))
    const [, , depth3] = drawn.panels
    expect(drawn.panels.map(({ title }) => title.slice(0, 7))).toEqual([
      'Depth 1',
      'Depth 2',
      'Depth 3',
      'Reconst',
    ])
    expect(depth3!.series.filter(({ mark }) => mark === 'dots')).toHaveLength(10)
    expect(depth3!.series.filter(({ mark }) => mark === 'line')).toHaveLength(10)
    expect(depth3!.guides).toHaveLength(1)
    expect(drawn.caption).toContain('seed 4')
    expect(figure3.figure(some).panels[2]!.guides).toEqual([])
  })
})
