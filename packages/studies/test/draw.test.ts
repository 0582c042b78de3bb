import { describe, expect, it } from 'vitest'
import { drawFigure } from '../src/figure/draw.ts'
import type { Figure } from '../src/figure/figure.ts'
import { colourOf } from '../src/figure/palette.ts'
import { count, document, dots, malformed } from './page.ts'

const x = Array.from({ length: 200 }, (_, i) => i)

const figure: Figure = {
  id: 'example',
  title: 'Two modes',
  subtitle: 'one after the other',
  panels: [
    {
      title: 'Depth 2',
      subtitle: 'final error 0.01',
      x: { label: 'flow time', domain: [0, 100] },
      y: { label: 'singular value' },
      series: [
        { name: 'σ₁', x, y: x.map((t) => (t * t) / 2000) },
        { name: 'σ₂', x, y: x.map((t) => (t * t * t) / 900_000) },
        { name: 'σ₁', x, y: x.map((t) => (t * t) / 2000), mark: 'dots' },
      ],
      guides: [{ axis: 'x', at: 40, label: 'predicted' }],
    },
    {
      title: 'Error',
      x: { label: 'flow time' },
      y: { label: 'loss', scale: 'log' },
      series: [{ name: 'loss', x, y: x.map((t) => 1 / (1 + t * t)) }],
      wide: true,
    },
  ],
  legends: [
    { title: 'singular values', palette: 'ordered', names: ['σ₁', 'σ₂'] },
    { title: 'error', palette: 'distinct', names: ['loss'] },
  ],
  caption:
    'A caption long enough that it has to be broken into several lines of the width of the drawing. '.repeat(
      3,
    ),
  description: 'σ₁ rises before σ₂.',
  citation: 'Nobody 2024',
}

describe('drawFigure', () => {
  const svg = drawFigure(figure, document)

  it('is well-formed and says everything: titles, axes, legends, caption, citation, text alternative', () => {
    expect(malformed(svg)).toBeUndefined()
    for (const words of [
      'Two modes',
      'Depth 2',
      'final error 0.01',
      'flow time',
      'singular value',
      'predicted',
    ])
      expect(svg).toContain(`>${words}</text>`)
    for (const name of ['σ₁', 'σ₂', 'loss']) expect(svg).toContain(`>${name}</text>`)
    expect(svg).toMatch(/role="img" aria-labelledby="example-title example-desc"/)
    expect(svg).toContain('<desc id="example-desc">σ₁ rises before σ₂.</desc>')
    expect(count(svg, 'class="caption"')).toBeGreaterThan(1)
    expect(svg).toContain('Nobody 2024')
  })

  it('draws one line a series, in the colour of its legend entry, and some of its points as dots where asked', () => {
    for (const [palette, place] of [
      ['ordered', 0] as const,
      ['ordered', 1] as const,
      ['distinct', 0] as const,
    ])
      expect(svg).toMatch(
        new RegExp(`<path data-mark="line"[^>]* stroke="${colourOf(palette, place).light}"`),
      )
    expect(count(svg, 'data-mark="line"')).toBe(3)
    expect(count(svg, 'data-mark="dots"')).toBe(1)
    expect(dots(svg)).toBeGreaterThan(15)
    expect(dots(svg)).toBeLessThan(60)
  })

  it('loads and runs nothing, and carries no style sheet', () => {
    expect(svg).not.toMatch(/<(script|style|image|use|foreignObject)|href|url\(|\son\w+=/i)
  })

  it('rounds coordinates, so that the last digits of a machine do not show', () => {
    expect(svg).not.toMatch(/[\s",(][-\d]*\.\d\d\d/)
    expect(drawFigure(figure, document)).toBe(svg)
  })

  it('breaks its panels and words to the width', () => {
    const narrow = drawFigure(figure, document, { width: 380 })
    expect(narrow).toMatch(/^<svg[^>]* width="380"/)
    const panels = [...narrow.matchAll(/translate\(([\d.]+),([\d.]+)\)" class="panel"/g)]
    expect(panels.map(([, left]) => left)).toEqual(['0', '0'])
    expect(count(narrow, 'class="caption"')).toBeGreaterThan(count(svg, 'class="caption"'))
  })

  it('leaves words and background to the page when only the plot is asked for', () => {
    const plot = drawFigure(figure, document, { parts: 'plot', prefix: 'p' })
    expect(malformed(plot)).toBeUndefined()
    expect(plot).not.toContain('class="caption"')
    expect(plot).not.toContain('<rect')
    expect(plot).toContain('id="p-title"')
  })

  it('escapes hostile words wherever they stand', () => {
    const hostile = '</title><script>alert("1" & \'2\')</script>\u0000'
    const panel = {
      ...figure.panels[0]!,
      title: hostile,
      subtitle: hostile,
      x: { label: hostile },
      y: { label: hostile },
    }
    const drawn = drawFigure(
      {
        ...figure,
        title: hostile,
        caption: hostile,
        citation: hostile,
        description: hostile,
        id: hostile,
        panels: [panel],
      },
      document,
    )
    expect(malformed(drawn)).toBeUndefined()
    expect(drawn).not.toContain('<script')
    expect(drawn).not.toContain('\u0000')
  })

  it('names the series that stands in no legend', () => {
    expect(() => drawFigure({ ...figure, legends: [] }, document)).toThrow(/σ₁.*no legend/)
  })

  it('survives series without a finite point', () => {
    const empty = { ...figure.panels[1]!, series: [{ name: 'loss', x: [0, 1], y: [Number.NaN, -1] }] }
    expect(malformed(drawFigure({ ...figure, panels: [empty] }, document))).toBeUndefined()
  })
})

describe('the malformed check itself', () => {
  it('finds what is wrong', () => {
    for (const wrong of ['<a><b></a></b>', '<a', '<a b=c></a>', 'a & b', '<a>', '<a b="<"></a>'])
      expect(malformed(wrong)).toBeDefined()
  })
})
