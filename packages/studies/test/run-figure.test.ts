import { describe, expect, it } from 'vitest'
import { completionFigure, methodsTable } from '../src/completion-figure.ts'
import { drawFigure } from '../src/figure/draw.ts'
import { runFigure } from '../src/run-figure.ts'
import { figure3 } from '../src/studies.ts'
import { document, dots, malformed } from './page.ts'
import { syntheticRun } from './synthetic.ts'

describe('runFigure', () => {
  const [planned] = figure3.plan({ quick: true })
  const { record } = syntheticRun(planned!, (r, step) => step / r)

  it('shows singular values and errors in panels of their own', () => {
    const figure = runFigure(record, 'My run')
    expect(figure.title).toBe('My run')
    expect(figure.panels.map(({ title }) => title)).toEqual([
      'Singular values',
      'Loss',
      'Reconstruction error',
    ])
    expect(figure.panels[0]!.series.map(({ name }) => name)).toContain('σ₁₀')
    expect(figure.panels[0]!.x.label).toBe('flow time')
    expect(malformed(drawFigure(figure, document))).toBeUndefined()
  })

  it('shows what there is', () => {
    const trajectory = { ...record.trajectory, columns: [{ name: 'loss', symbol: '', help: '' }] }
    const figure = runFigure({ ...record, trajectory })
    expect(figure.panels.map(({ title }) => title)).toEqual(['Loss'])
    expect(figure.title).toBe(record.config.title)
    const none = runFigure({ ...record, trajectory: { ...trajectory, columns: [] } })
    expect(malformed(drawFigure(none, document))).toBeUndefined()
  })
})

describe('completionFigure', () => {
  const reading = (time: number, validation: number) => ({
    time,
    training: validation / 2,
    validation,
    test: validation * 1.1,
    effectiveRank: 1 + time,
  })
  const error = (rootMeanSquare: number) => ({ rootMeanSquare, meanAbsolute: rootMeanSquare / 2 })
  const errors = (size: number) => ({ training: error(size), validation: error(size), test: error(size) })
  const result = {
    curve: [reading(0, 3), reading(1, 2), reading(10, 1), reading(100, 1.5)],
    chosen: reading(10, 1),
    singularValues: Float64Array.of(5, 3, 1),
    methods: [
      { name: 'deep factorisation', how: 'depth 3', errors: errors(1.1) },
      { name: 'column means', how: 'means', errors: errors(2.5) },
    ],
  }

  it('shows the three errors, the time kept, the baselines, the rank and the spectrum', () => {
    const figure = completionFigure(result, 'Completing ratings.csv')
    const [curves] = figure.panels
    expect(curves!.series.map(({ name }) => name)).toEqual(['training', 'validation', 'test'])
    expect(curves!.guides).toEqual([
      { axis: 'x', at: 10, label: 'kept' },
      { axis: 'y', at: 2.5, label: 'column means, test' },
    ])
    const svg = drawFigure(figure, document)
    expect(malformed(svg)).toBeUndefined()
    expect(dots(svg)).toBe(3)
  })

  it('has a table with a row a method, the method itself set off', () => {
    const table = methodsTable(result)
    expect(table.rows.map(([name, test]) => [name, test])).toEqual([
      ['deep factorisation', 1.1],
      ['column means', 2.5],
    ])
    expect(table.highlight).toBe(0)
  })
})
