import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawFigure } from '../src/figure/draw.ts'
import type { Figure } from '../src/figure/figure.ts'
import { legendOf } from '../src/figure/legend.ts'
import { runsFigure } from '../src/runs-figure.ts'
import { document, malformed } from './page.ts'
import { shownRun } from './shown-runs.ts'

const title = 'Runs'
const lanes = [shownRun(), shownRun({ lane: 1 }), shownRun({ lane: 2 })]

function panel(figure: Figure, id: string) {
  return figure.panels.find((one) => one.id === id)!
}

/** Every series stands in a legend, every drawing can be read, every panel can be told from the others. */
function expectWhole(figure: Figure): void {
  const named = figure.legends.flatMap(({ names }) => names)
  for (const { series } of figure.panels) for (const { name } of series) expect(named).toContain(name)
  expect(new Set(named).size).toBe(named.length)
  expect(new Set(figure.panels.map(({ id }) => id)).size).toBe(figure.panels.length)
  expect(malformed(drawFigure(figure, document, { width: 350 }))).toBeUndefined()
}

describe('runsFigure', () => {
  const figure = runsFigure(lanes, { title })

  it('has a panel of singular values for every lane, on the same axes, and one for everything else', () => {
    expect(figure.panels.map(({ id }) => id)).toEqual([
      'singularValues:lane0',
      'singularValues:lane1',
      'singularValues:lane2',
      'loss',
      'reconstructionError',
    ])
    const [first, ...others] = figure.panels.slice(0, 3)
    for (const other of others) expect([other.x, other.y]).toEqual([first!.x, first!.y])
    expect(panel(figure, 'loss').series.map(({ name }) => name)).toEqual(['depth 1', 'depth 2', 'depth 3'])
    expect(panel(figure, 'loss').y.scale).toBe('log')
    expectWhole(figure)
  })

  it('shows whatever else was recorded: a new quantity for all lanes, numbered ones lane by lane', () => {
    const more = {
      sharpness: (t: number) => t,
      layer1SingularValue1: (t: number) => t,
      layer1SingularValue2: (t: number) => t / 2,
      layer2SingularValue1: (t: number) => 7 + t,
      eigenvalue1: (t: number) => -t,
      eigenvalue2: (t: number) => t,
      'schattenNorm0.5': (t: number) => t,
    }
    const many = runsFigure([shownRun({ more }), shownRun({ lane: 1 })], { title })
    expect(many.panels.map(({ id }) => id).slice(2)).toEqual([
      'loss',
      'reconstructionError',
      'sharpness',
      'schattenNorm0.5',
      'layer1SingularValues:lane0',
      'layer2SingularValues:lane0',
      'eigenvalues:lane0',
    ])
    expect(panel(many, 'sharpness')).toMatchObject({ title: 'Sharpness', subtitle: 'what sharpness is' })
    expect(panel(many, 'layer1SingularValues:lane0').y).toEqual(panel(many, 'layer2SingularValues:lane0').y)
    expect(panel(many, 'eigenvalues:lane0').y.domain![0]).toBeLessThan(0)
    expectWhole(many)
  })

  it('holds up to runs that have not begun, that are unknown in part, and to none at all', () => {
    expectWhole(runsFigure([], { title }))
    const waiting = runsFigure([shownRun({ samples: 0 }), shownRun({ lane: 1 })], { title })
    expect(panel(waiting, 'singularValues:lane0').x).toEqual(panel(waiting, 'singularValues:lane1').x)
    expectWhole(waiting)
    expectWhole(runsFigure([shownRun({ more: { loss: () => Number.NaN } })], { title, y: 'log', x: 'log' }))
  })

  it('says which lanes are zero where zero cannot be drawn', () => {
    const more = { gradientNorm: () => 0 }
    const zero = runsFigure([shownRun({ more }), shownRun({ lane: 1, more: { gradientNorm: () => 1 } })], {
      title,
    })
    expect(panel(zero, 'gradientNorm').subtitle).toMatch(/0 throughout: depth 1$/)
  })

  it('tells runs of the same label apart', () => {
    const twins = runsFigure([shownRun(), shownRun({ lane: 1 }, { label: 'depth 1' })], { title })
    expect(panel(twins, 'loss').series.map(({ name }) => name)).toEqual(['depth 1', 'depth 1 (2)'])
    expectWhole(twins)
  })
})

describe('axes and the playhead', () => {
  const axesOf = (figure: Figure) => figure.panels.map(({ x, y }) => [x, y])

  it('stay as they are wherever the playhead stands; curves end there, with their own value', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (until) => {
        const shown = runsFigure(lanes, { title, until })
        expect(axesOf(shown)).toEqual(axesOf(runsFigure(lanes, { title })))
        for (const { x, y, name } of panel(shown, 'singularValues:lane1').series) {
          const end = until * 40
          const r = Number(['σ₁', 'σ₂', 'σ₃'].indexOf(name))
          expect(x[x.length - 1]).toBeCloseTo(end, 9)
          const exact = ((3 - r) * end * 2.1) / (end + 5)
          // The polygon through samples 1 apart lies this close to the curve: 1/8 of its second derivative.
          expect(Math.abs(y[y.length - 1]! - exact)).toBeLessThan((2 * 3 * 2.1 * 5) / (8 * 5 ** 3) + 1e-12)
        }
      }),
    )
  })

  it('reach the horizon from the first sample on, and round numbers above the truth', () => {
    const begun = (samples: number) =>
      runsFigure([shownRun({ samples }, { truthSingularValues: [4.9, 3, 1e-15] })], { title })
    const [first, last] = [begun(1), begun(41)]
    expect(panel(first, 'singularValues:lane0').x.domain).toEqual([0, 40])
    expect(panel(first, 'singularValues:lane0').y.domain).toEqual([0, 5])
    expect(panel(first, 'singularValues:lane0').y).toEqual(panel(last, 'singularValues:lane0').y)
    expect(panel(last, 'singularValues:lane0').guides!.map(({ at }) => at)).toEqual([4.9, 3])
    expectWhole(last)
  })

  it('begin where the curves begin, however far above the truth', () => {
    const high = { singularValue1: (t: number) => 30 / (1 + t) }
    const domainOf = (more: object) =>
      panel(
        runsFigure([shownRun({ ...more }, { truthSingularValues: [3] })], { title }),
        'singularValues:lane0',
      ).y.domain
    expect(domainOf({ more: high })).toEqual([0, 35])
    expect(domainOf({ more: high, samples: 1 })).toEqual([0, 35])
    expect(domainOf({ more: { singularValue1: (t: number) => (t === 0 ? Number.NaN : 30) } })).toEqual([
      0, 12,
    ])
  })

  it('do not follow a run that blows up', () => {
    const wild = { singularValue1: (t: number) => 1.5 ** t }
    const runs = [shownRun({}, { truthSingularValues: [3] }), shownRun({ lane: 1, more: wild })]
    expect(panel(runsFigure(runs, { title }), 'singularValues:lane0').y.domain).toEqual([0, 12])
  })
})

describe('clocks', () => {
  const flow = shownRun()
  const descent = shownRun({ lane: 1, stepSize: 0.1 })

  it('shows steps at the flow time that they stand for, where both are there', () => {
    const mixed = runsFigure([flow, descent], { title })
    const { x, series } = panel(mixed, 'loss')
    expect(x).toEqual({ label: 'flow time (descent: t = 0.1·steps)', scale: 'linear', domain: [0, 40] })
    expect(Array.from(series[1]!.x)).toEqual(Array.from(descent.trajectory.positions, (k) => k * 0.1))
  })

  it('shows flow time as steps where one step size says how, and leaves it where none does', () => {
    const steps = runsFigure([flow, descent], { title, clock: 'steps' })
    expect(panel(steps, 'loss').x).toMatchObject({ label: 'steps (flow time: t/0.1)', domain: [0, 400] })
    expect(panel(runsFigure([flow], { title, clock: 'steps' }), 'loss').x.label).toBe('flow time')
    expect(panel(runsFigure([descent], { title }), 'loss').x.label).toBe('steps')
    expect(panel(runsFigure([descent], { title, clock: 'time' }), 'loss').x.label).toBe('t = 0.1·steps')
  })

  it('gives clocks that nothing relates axes of their own', () => {
    const other = shownRun({ lane: 2, stepSize: 0.3 })
    const apart = runsFigure([flow, descent, other], { title, clock: 'steps' })
    expect(panel(apart, 'loss:time').series.map(({ name }) => name)).toEqual(['depth 1'])
    expect(panel(apart, 'loss:steps').series.map(({ name }) => name)).toEqual(['depth 2', 'depth 3'])
    expectWhole(apart)
  })

  it.each([
    ['momentum', { kind: 'heavyBall', stepSize: 0.1, momentum: 0.9 }, 2],
    ['momentum of a stochastic descent', { kind: 'sgd', stepSize: 0.1, momentum: 0.5 }, 2],
    ['an adaptive step', { kind: 'groupRMSprop', stepSize: 0.1 }, 2],
    ['no momentum', { kind: 'heavyBall', stepSize: 0.1, momentum: 0 }, 1],
    ['mini-batches', { kind: 'sgd', stepSize: 0.1, batchSize: 2 }, 1],
  ])('%s: steps stand for a flow time or they do not', (_, dynamics, panels) => {
    const config = { ...descent.config, dynamics } as typeof descent.config
    const mixed = runsFigure([flow, { ...descent, config }], { title })
    expect(mixed.panels.filter(({ id }) => id?.startsWith('loss'))).toHaveLength(panels)
  })

  it('starts a logarithmic axis at the first sample after 0', () => {
    expect(panel(runsFigure([flow], { title, x: 'log' }), 'loss').x.domain).toEqual([1, 40])
  })
})

describe('seeds, pins and predictions', () => {
  const seeds = [1, 2, 3, 4, 5].map((seed) =>
    shownRun({ seed, samples: 20 + seed }, { repetition: seed - 1 }),
  )

  it('draws seeds as a band over what all of them have reached, and says so', () => {
    const figure = runsFigure([...seeds, shownRun({ seed: 6, samples: 0 }, { repetition: 5 })], { title })
    const [band] = panel(figure, 'loss').series
    expect(band!.x.length).toBe(21)
    for (let i = 0; i < 21; i++)
      expect([band!.low![i], band!.y[i], band!.high![i]]).toEqual([
        1 / (1 + i * 5),
        1 / (1 + i * 3),
        1 / (1 + i),
      ])
    const explained = legendOf(figure).flatMap(({ entries }) => entries)
    expect(explained).toContainEqual(
      expect.objectContaining({ name: 'median and range of 5 seeds (config.seed 1…5)', mark: 'band' }),
    )
    expect(figure.caption).toContain('median and range of 5 seeds (config.seed 1…5)')
    expectWhole(figure)
  })

  it('names the seeds lane by lane where they differ, and leaves bands out where there is one seed', () => {
    const other = [7, 9].map((seed) => shownRun({ lane: 1, seed }, { repetition: seed }))
    const names = runsFigure([...seeds, ...other], { title }).legends.flatMap((legend) => legend.names)
    expect(names).toContain('depth 2: median and range of 2 seeds (config.seed 7, 9)')
    expect(JSON.stringify(runsFigure(lanes, { title }).legends)).not.toContain('median')
  })

  it('draws pinned runs in dashes and dots behind every lane, in no panel of their own', () => {
    const pin = shownRun({ lane: -1 }, { pinned: true, label: 'pinned' })
    const figure = runsFigure([...lanes, pin], { title })
    expect(figure.panels.map(({ id }) => id)).not.toContain('singularValues:lane-1')
    for (const id of ['singularValues:lane0', 'singularValues:lane2', 'loss'])
      expect(panel(figure, id).series[0]).toMatchObject({ name: 'pinned', mark: 'dashDots' })
    expectWhole(figure)
  })

  it('draws predictions whole over what was measured of a lone run', () => {
    const predicted = shownRun().trajectory
    const figure = runsFigure([shownRun({}, { predicted }), shownRun({ lane: 1 })], { title, until: 0.5 })
    const dashed = panel(figure, 'singularValues:lane0').series.filter(({ mark }) => mark === 'dashes')
    expect(dashed.map(({ x }) => x.length)).toEqual([41, 41, 41])
    const broad = panel(figure, 'singularValues:lane0').series.filter((one) => one.broad)
    expect(broad.map(({ name }) => name)).toEqual(['σ₁', 'σ₂', 'σ₃'])
    expect(panel(figure, 'singularValues:lane1').series.every(({ mark }) => mark !== 'dashes')).toBe(true)
    expect(figure.caption).toContain('arXiv 1802.06509')
    expectWhole(figure)
    expect(runsFigure(lanes, { title }).caption).not.toContain('predicted')
  })
})
