import { type Figure, runsFigure, type ShownRun } from '@linnet/studies'
import { makeTrajectory, parseConfig } from 'linnet'
import { expect, test } from 'vitest'
import { openingExperiment } from '../../src/experiment/opening.ts'
import { withStabilityLines } from '../../src/stage/stability-lines.ts'

function descent(lane: number, stepSize: number | undefined, column = 'sharpness'): ShownRun {
  const config = parseConfig({
    ...openingExperiment.config,
    ...(stepSize !== undefined && {
      dynamics: { kind: 'gradientDescent', stepSize },
      until: { steps: 2 },
      record: { samples: 2 },
    }),
  })
  const columns = [{ name: column, symbol: '\\lambda', help: 'sharpness' }]
  const clock = stepSize === undefined ? 'time' : 'steps'
  const trajectory = makeTrajectory(clock, Float64Array.of(0, 1, 2), columns, [Float64Array.of(10, 15, 16)])
  return { label: `lane ${lane}`, lane, config, trajectory }
}

function linesOf(runs: readonly ShownRun[]): Figure['panels'][number] {
  return withStabilityLines(runsFigure(runs, { title: 'Sharpness' }), runs).panels[0]!
}

test('the sharpness has the line 2/η, and room for it', () => {
  const { guides, y } = linesOf([descent(0, 0.1)])
  expect(guides).toEqual([{ axis: 'y', at: 20, label: '2/η' }])
  expect(y.domain![1]).toBeGreaterThan(20)
})

test('one line a step size, named after its lanes', () => {
  const { guides } = linesOf([descent(0, 0.1), descent(1, 0.2), descent(2, 0.2)])
  expect(guides!.map(({ at, label }) => [at, label])).toEqual([
    [20, '2/η, lane 0'],
    [10, '2/η, lane 1, lane 2'],
  ])
})

test('with momentum the line lies higher; adaptive steps have none', () => {
  const moved = (dynamics: object) => {
    const run = descent(0, 0.1)
    return { ...run, config: { ...run.config, dynamics } as typeof run.config }
  }
  const momentum = { kind: 'heavyBall', stepSize: 0.1, momentum: 0.5 }
  const { guides } = linesOf([moved(momentum), descent(1, 0.1)])
  expect(guides!.map(({ at, label }) => [at, label])).toEqual([
    [20, '2/η'],
    [30, '2(1+β)/η'],
  ])
  expect(linesOf([moved({ kind: 'groupRMSprop', stepSize: 0.1 })]).guides).toEqual([])
})

const least = (value: number) => ({ known: true, value, because: '' }) as const

test('no minimiser lies below S_min: one line, or one a value, beside those of the steps', () => {
  const runs = [descent(0, 0.1), descent(1, 0.1)]
  const linesWith = (...values: readonly number[]) =>
    withStabilityLines(
      runsFigure(runs, { title: 'Sharpness' }),
      runs.map((run, i) => ({ ...run, least: least(values[i]!) })),
    ).panels[0]!.guides!.map(({ at, label }) => [at, label])
  expect(linesWith(4, 4 + 1e-14)).toEqual([
    [20, '2/η'],
    [4, 'S_min'],
  ])
  expect(linesWith(4, 6).slice(1)).toEqual([
    [4, 'S_min, lane 0'],
    [6, 'S_min, lane 1'],
  ])
})

test('where S_min is not known the panel says why, once; where it was not asked for it says nothing', () => {
  const runs = [descent(0, 0.1), descent(1, 0.1)]
  const figure = runsFigure(runs, { title: 'Sharpness' })
  const reason = 'S_min is not known here: for a reason.'
  const said = withStabilityLines(
    figure,
    runs.map((run) => ({ ...run, least: { known: false, reason } })),
  ).panels[0]!.subtitle!
  expect(said).toBe(`${figure.panels[0]!.subtitle}. ${reason}`)
  expect(linesOf(runs).subtitle).toBe(figure.panels[0]!.subtitle)
})

test('none for flows, for steps so short that it is far away, and for other quantities', () => {
  expect(linesOf([descent(0, undefined)]).guides).toEqual([])
  const short = linesOf([descent(0, 0.001)])
  expect(short.guides).toEqual([])
  expect(short.y.domain![1]).toBeLessThan(30)
  expect(linesOf([descent(0, 0.1, 'gradientNorm')]).guides).toBeUndefined()
})
