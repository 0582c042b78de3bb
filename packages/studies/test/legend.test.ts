import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Figure } from '../src/figure/figure.ts'
import { drawLegends, legendOf } from '../src/figure/legend.ts'
import { typeset, widthOf } from '../src/figure/lettering.ts'
import { colourOf, darkFigureRules, muted } from '../src/figure/palette.ts'
import { roundAbove, roundBelow } from '../src/figure/ticks.ts'
import { malformed } from './page.ts'

const axis = { label: 'x' }
const figure: Pick<Figure, 'legends' | 'panels'> = {
  panels: [
    {
      title: '',
      x: axis,
      y: axis,
      series: [
        { name: 'run', x: [], y: [] },
        { name: 'run', x: [], y: [], mark: 'dots' },
        { name: 'theory', x: [], y: [], mark: 'dashes' },
      ],
    },
  ],
  legends: [
    { title: 'runs', palette: 'distinct', names: ['other', 'run'] },
    { title: '', palette: 'ink', names: ['theory'] },
    { title: '', palette: 'quiet', names: ['what the band is'], mark: 'band' },
    { title: '', palette: 'ink', names: ['truth'], mark: 'guide' },
  ],
}

describe('legendOf', () => {
  it('gives every name the colour of its place and the mark of its series', () => {
    expect(legendOf(figure)).toEqual([
      {
        title: 'runs',
        entries: [
          { name: 'other', colour: colourOf('distinct', 0), mark: 'line' },
          { name: 'run', colour: colourOf('distinct', 1), mark: 'line' },
        ],
      },
      { title: '', entries: [{ name: 'theory', colour: colourOf('ink', 0), mark: 'dashes' }] },
      { title: '', entries: [{ name: 'what the band is', colour: colourOf('quiet', 0), mark: 'band' }] },
      { title: '', entries: [{ name: 'truth', colour: muted, mark: 'guide' }] },
    ])
  })

  it('is drawn within the width, names clear of each other', () => {
    const name = fc.string({ minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 20 }), (names) => {
        const legends = [{ title: 'runs', palette: 'ordered' as const, names }]
        const { svg, height } = drawLegends(legendOf({ ...figure, legends }), 330)
        expect(malformed(svg)).toBeUndefined()
        const swatches = [...svg.matchAll(/<path d="M([\d.]+),(\d+)h18/g)].map(([, x, y]) => [
          Number(x),
          Number(y),
        ])
        expect(swatches.length).toBe(names.length)
        for (const [i, [x, y]] of swatches.entries()) {
          const end = x! + 18 + 5 + widthOf(names[i]!, 12)
          expect(end).toBeLessThanOrEqual(330.1)
          expect(y).toBeLessThan(height)
          const next = swatches[i + 1]
          if (next && next[1] === y) expect(next[0]).toBeGreaterThan(end)
        }
      }),
    )
  })
})

describe('colours in the dark', () => {
  it('are there for everything a figure is drawn with', () => {
    const rules = darkFigureRules('.here')
    for (const { light, dark } of legendOf(figure).flatMap(({ entries }) =>
      entries.map(({ colour }) => colour),
    ))
      for (const part of ['stroke', 'fill'])
        expect(rules).toContain(`.here [${part}="${light}"]{${part}:${dark}}`)
  })
})

describe('round numbers', () => {
  it('stand close above and below', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-30, max: 1e30, noNaN: true }), (value) => {
        const [above, below] = [roundAbove(value), roundBelow(value)]
        expect(above).toBeGreaterThanOrEqual(value)
        expect(above).toBeLessThanOrEqual(1.2501 * value)
        expect(below).toBeLessThanOrEqual(value)
        expect(below).toBeGreaterThan(0.399 * value)
        expect(roundAbove(above)).toBe(above)
        expect(roundBelow(below)).toBe(below)
      }),
    )
  })
})

describe('typeset', () => {
  it('lowers indices for which there are letters, and no others', () => {
    expect(typeset('W_{j+1}ᵀW_{j+1} − W_jW_jᵀ')).toBe('Wⱼ₊₁ᵀWⱼ₊₁ − WⱼWⱼᵀ')
    expect(typeset('‖W‖_F, σ_12, snake_case')).toBe('‖W‖_F, σ₁2, snake_case')
  })
})
