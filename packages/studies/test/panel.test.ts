import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Figure, Panel, Series } from '../src/figure/figure.ts'
import { widthOf } from '../src/figure/lettering.ts'
import { drawPanel, makePanelView } from '../src/figure/panel.ts'
import { document } from './page.ts'

const x = Array.from({ length: 50 }, (_, i) => i)
const names = ['a', 'b']

function figureOf(panel: Partial<Panel>): { figure: Figure; panel: Panel } {
  const whole: Panel = {
    title: 'A panel',
    x: { label: 'flow time (descent: t = 0.1·steps)', domain: [0, 49] },
    y: { label: 'value', domain: [0, 10] },
    series: names.map((name, k) => ({ name, x, y: x.map((at) => (at * (k + 1)) / 10) })),
    ...panel,
  }
  const legends = [{ title: '', palette: 'distinct' as const, names }]
  return {
    panel: whole,
    figure: { id: 'f', title: 'F', panels: [whole], legends, caption: '', description: '' },
  }
}

const frame = { width: 300, height: 220 }

function curvesOf(element: Element, mark = 'line'): Element[] {
  return [...element.querySelectorAll(`[data-mark="${mark}"]`)]
}

/** The first `count` points. */
function cut(series: Series, count: number): Series {
  return { ...series, x: Array.from(series.x).slice(0, count), y: Array.from(series.y).slice(0, count) }
}

/** What is written in the drawing. */
function words(element: Element): string[] {
  return [...element.querySelectorAll('text')].map((text) => text.textContent)
}

/** An element whatever the order of its attributes, without the numbers of ids. */
function structure(element: Element): unknown {
  const attributes = [...element.attributes].map(
    ({ name, value }) => `${name}=${value.replace(/panel-\d+/, 'panel')}`,
  )
  const children = [...element.children].map(structure)
  return [element.localName, attributes.sort(), children.length > 0 ? children : element.textContent]
}

function heightsOf(path: Element): number[] {
  return [...path.getAttribute('d')!.matchAll(/,(-?[\d.]+)/g)].map(([, y]) => Number(y))
}

describe('drawPanel', () => {
  it('is an image with a name and words, without style sheets, style attributes or ids shared with another', () => {
    const { figure, panel } = figureOf({})
    const drawn = [drawPanel(document, figure, panel, frame), drawPanel(document, figure, panel, frame)]
    for (const element of drawn) {
      expect(element.getAttribute('role')).toBe('img')
      const title = element.querySelector(`[id="${element.getAttribute('aria-labelledby')}"]`)
      const desc = element.querySelector(`[id="${element.getAttribute('aria-describedby')}"]`)
      expect(title!.textContent).toBe('A panel')
      expect(desc!.textContent).toContain('b from 0 to 9.8')
      expect(element.querySelectorAll('style, [style]').length).toBe(0)
    }
    const ids = drawn.flatMap((element) => [...element.querySelectorAll('[id]')].map(({ id }) => id))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('cuts curves and bands where they leave the panel', () => {
    const [a] = figureOf({}).panel.series
    const wild = {
      ...a!,
      y: x.map((at) => at * at - 100),
      low: x.map((at) => at - 30),
      high: x.map((at) => at * at),
    }
    const { figure, panel } = figureOf({ series: [wild] })
    const element = drawPanel(document, figure, panel, frame)
    const { top, bottom } = makeAndPlace(figure, panel)
    for (const path of [...curvesOf(element), ...curvesOf(element, 'band')]) {
      const heights = heightsOf(path)
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(top)
      expect(Math.max(...heights)).toBeLessThanOrEqual(bottom)
      expect(heights).toContain(top)
      expect(heights).toContain(bottom)
    }
  })

  it('leaves gaps where a value is not known, and shows a value that stands alone', () => {
    const gappy = { name: 'a', x: [0, 10, 20, 30, 40], y: [1, 2, Number.NaN, 4, Number.NaN] }
    const { figure, panel } = figureOf({ series: [gappy] })
    const d = curvesOf(drawPanel(document, figure, panel, frame))[0]!.getAttribute('d')!
    expect(d).toMatch(/^M[\d.]+,[\d.]+L[\d.]+,[\d.]+M[\d.]+,[\d.]+h0$/)
  })

  it('leaves out what stands in brackets where a label is too long', () => {
    const { figure, panel } = figureOf({})
    const wide = words(drawPanel(document, figure, panel, { width: 400, height: 220 }))
    const slim = words(drawPanel(document, figure, panel, { width: 190, height: 220 }))
    expect(wide).toContain(panel.x.label)
    expect(slim).toContain('flow time')
    expect(slim).not.toContain(panel.x.label)
  })

  it('writes no two numbers of an axis, and no two names, into one another', () => {
    const end = fc.double({ min: 0, max: 10, noNaN: true })
    const span = fc.double({ min: 1e-3, max: 1e7, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 180, max: 700 }), span, end, end, (width, horizon, first, second) => {
        const series = [first, second].map((y, k) => ({ name: names[k]!, x: [0, horizon], y: [0, y] }))
        const { figure, panel } = figureOf({ series, x: { label: 't', domain: [0, horizon] } })
        const element = drawPanel(document, figure, panel, { width, height: 220 })
        const numbers = [...element.querySelectorAll('[data-part="x-axis tick label"] text')].map((text) => ({
          at: Number(/translate\(([\d.]+)/.exec(text.getAttribute('transform')!)![1]),
          half: widthOf(text.textContent!, 11) / 2,
        }))
        for (const [i, { at, half }] of numbers.entries()) {
          const next = numbers[i + 1]
          if (next) expect(at + half).toBeLessThan(next.at - next.half)
        }
        const labels = [...element.querySelectorAll('text[data-series]')].map((text) =>
          Number(text.getAttribute('y')),
        )
        if (labels.length > 1) expect(Math.abs(labels[0]! - labels[1]!)).toBeGreaterThanOrEqual(10.9)
      }),
      { numRuns: 50, examples: [[180, 9999999.999999998, 0, 0]] },
    )
  })
})

function makeAndPlace(figure: Figure, panel: Panel) {
  const view = makePanelView(document)
  view.update(figure, panel, frame)
  return view.place()
}

describe('makePanelView', () => {
  it('looks after any updates as if drawn anew', () => {
    const growing = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 6 })
    const marks = fc.constantFrom('line', 'dashes', 'dashDots', 'dots', 'points')
    fc.assert(
      fc.property(growing, marks, (lengths, mark) => {
        const view = makePanelView(document)
        let fresh: Element | undefined
        for (const [k, count] of lengths.entries()) {
          const all = figureOf({}).panel.series.map(
            (one) => ({ ...cut(one, count), mark: k % 2 ? mark : 'line' }) as const,
          )
          const { figure, panel } = figureOf({ series: count % 3 ? all : all.slice(1) })
          view.update(figure, panel, frame)
          fresh = drawPanel(document, figure, panel, frame)
        }
        expect(structure(view.element)).toEqual(structure(fresh!))
      }),
      { numRuns: 30 },
    )
  })

  it('keeps axes and paths while only curves grow, and makes axes anew when they change', () => {
    const view = makePanelView(document)
    const { figure, panel } = figureOf({})
    view.update(figure, panel, frame)
    const [grid] = view.element.querySelectorAll('[data-part="y-grid"]')
    const [curve] = curvesOf(view.element)
    const before = curve!.getAttribute('d')
    const grown = figureOf({ series: panel.series.map((one) => cut(one, 20)) })
    view.update(grown.figure, grown.panel, frame)
    expect(view.element.querySelector('[data-part="y-grid"]')).toBe(grid)
    expect(curvesOf(view.element)[0]).toBe(curve)
    expect(curve!.getAttribute('d')).not.toBe(before)
    const taller = figureOf({ y: { label: 'value', domain: [0, 20] } })
    view.update(taller.figure, taller.panel, frame)
    expect(view.element.querySelector('[data-part="y-grid"]')).not.toBe(grid)
  })

  it('tells where values stand, once there is something', () => {
    expect(() => makePanelView(document).place()).toThrow(/first update/)
    const { figure, panel } = figureOf({})
    const place = makeAndPlace(figure, panel)
    expect([place.x(0), place.x(49), place.y(0), place.y(10)]).toEqual([
      place.left,
      place.right,
      place.bottom,
      place.top,
    ])
  })
})
