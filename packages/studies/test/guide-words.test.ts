import { describe, expect, it } from 'vitest'
import type { Figure, Panel } from '../src/figure/figure.ts'
import { drawPanel } from '../src/figure/panel.ts'
import { document } from './page.ts'

/** Heights at which the words of level lines stand, above their own lines as negative numbers; a curve ends at `end`. */
function standing(lines: readonly number[], end: number): number[] {
  const panel: Panel = {
    title: '',
    x: { label: '', domain: [0, 1] },
    y: { label: '', domain: [0, 100] },
    series: [{ name: 'curve', x: [0, 1], y: [end, end] }],
    guides: lines.map((at) => ({ axis: 'y', at, label: `at ${at}` })),
  }
  const legends = [{ title: '', palette: 'distinct' as const, names: ['curve'] }]
  const figure: Figure = { id: 'f', title: '', panels: [panel], legends, caption: '', description: '' }
  const drawn = drawPanel(document, figure, panel, { width: 300, height: 262 })
  return lines.map((at) => {
    const text = [...drawn.querySelectorAll('text')].find(({ textContent }) => textContent === `at ${at}`)!
    const [own, group] = [text, text.parentElement!].map((element) =>
      Number(/translate\([-\d.]+,\s*([-\d.]+)\)/.exec(element.getAttribute('transform') ?? '')?.[1] ?? 0),
    )
    // 200 pixels from 0 to 100, the first 22 pixels below the top.
    return own! + group! - (22 + 2 * (100 - at))
  })
}

describe('the words of level lines', () => {
  it('stand above them', () => {
    for (const lift of standing([20, 60], 90)) expect(Math.abs(lift + 7)).toBeLessThan(1)
  })

  it('stand below where a curve ends just above', () => {
    expect(standing([50], 53)[0]).toBeGreaterThan(5)
    expect(standing([50], 47)[0]).toBeLessThan(-5)
  })

  it('make room for each other', () => {
    const [upper, lower] = standing([51, 50], 90) as [number, number]
    expect(lower + 2 - upper).toBeGreaterThan(11)
  })
})
