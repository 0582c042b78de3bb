import { describe, expect, it } from 'vitest'
import { positionsAt, runsFigure } from '../src/runs-figure.ts'
import { shownRun } from './shown-runs.ts'

const title = 'Runs'
const dashed = (runs: Parameters<typeof runsFigure>[0]) =>
  runsFigure(runs, { title }).panels[0]!.series.filter(({ mark }) => mark === 'dashes')

describe('what is predicted for several seeds', () => {
  const seeds = [1, 2, 5].map((seed, repetition) =>
    shownRun({ seed }, { repetition, predicted: shownRun({ seed }).trajectory }),
  )

  it('is drawn as the median of their own predictions', () => {
    const [first, ...others] = dashed(seeds)
    expect(others).toHaveLength(2)
    expect(first!.y).toEqual(shownRun({ seed: 2 }).trajectory.column('singularValue1'))
    expect(runsFigure(seeds, { title }).caption).toContain('the median of what is predicted for each')
  })

  it('as far as all of them are predicted', () => {
    const [one, ...rest] = seeds
    const early = { ...one!, predicted: shownRun({ samples: 7 }).trajectory }
    expect(dashed([early, ...rest]).map(({ x }) => x.length)).toEqual([7, 7, 7])
  })

  it('is not drawn while it is missing for one of them', () => {
    const { predicted: _, ...without } = seeds[1]!
    const runs = [seeds[0]!, without, seeds[2]!]
    expect(dashed(runs)).toEqual([])
    expect(runsFigure(runs, { title }).caption).not.toContain('predicted')
  })
})

describe('a pinned run that goes on longer', () => {
  const long = shownRun({ lane: -1, horizon: 400 }, { pinned: true, label: 'long' })
  const end = (runs: Parameters<typeof runsFigure>[0], reach?: 'lanes' | 'all') =>
    runsFigure(runs, { title, ...(reach && { reach }) }).panels[0]!.x.domain![1]

  it('has the whole axis, or as much as the lanes need', () => {
    expect(end([shownRun(), long])).toBe(400)
    expect(end([shownRun(), long], 'lanes')).toBe(40)
  })

  it('leaves the axes of values to what is seen', () => {
    const floor = (reach: 'lanes' | 'all') =>
      runsFigure([shownRun(), long], { title, reach }).panels.find(({ id }) => id === 'loss')!.y.domain![0]
    expect(floor('lanes')).toBe(
      runsFigure([shownRun()], { title }).panels.find(({ id }) => id === 'loss')!.y.domain![0],
    )
    expect(floor('all')).toBeLessThan(floor('lanes'))
  })

  it('alone on its clock it has it all', () => {
    const steps = shownRun({ lane: -1, stepSize: 0.1 }, { pinned: true, label: 'steps' })
    expect(end([steps], 'lanes')).toBe(400)
  })
})

describe('where runs stand on their own clocks', () => {
  const flow = shownRun({ horizon: 40 })
  const descent = shownRun({ lane: 1, stepSize: 0.1, horizon: 200 })

  it('is the same share of one axis', () => {
    // 200 steps of size 0.1 are the flow time 20.
    expect(positionsAt([flow, descent], { until: 0.25 })).toEqual([10, 100])
    expect(positionsAt([descent], { until: 0.25 })).toEqual([50])
  })

  it('a longer pinned run takes part of the axis only where it may', () => {
    const long = shownRun({ lane: -1, horizon: 400 }, { pinned: true })
    expect(positionsAt([flow, long], { reach: 'lanes' })).toEqual([40, 40])
    expect(positionsAt([flow, long], {})).toEqual([400, 400])
  })
})
