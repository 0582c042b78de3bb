import { describe, expect, it } from 'vitest'
import { extent, thinned, visible } from '../src/figure/curve.ts'
import { readable, subscript, widthOf, wrap } from '../src/figure/lettering.ts'
import { decadesAround, ticksOf } from '../src/figure/ticks.ts'

describe('visible', () => {
  it('cuts a curve where it leaves the domain, at its interpolated value', () => {
    const points = visible({ name: 'a', x: [0, 10, 20], y: [0, 100, 0] }, { label: 'x', domain: [5, 12] })
    expect(points).toEqual([
      { x: 5, y: 50 },
      { x: 10, y: 100 },
      { x: 12, y: 80 },
    ])
  })

  it('leaves out what a logarithmic axis cannot show', () => {
    const points = visible({ name: 'a', x: [0, 1, 2], y: [1, 2, 3] }, { label: 'x', scale: 'log' })
    expect(points).toEqual([
      { x: 1, y: 2 },
      { x: 2, y: 3 },
    ])
  })
})

describe('thinned', () => {
  const wave = Array.from({ length: 5000 }, (_, i) => ({
    x: i / 10,
    y: 50 + ((i % 1000) - 500) * ((i % 1000) - 500) * 1e-3,
  }))

  it('moves no point by more than its tolerance and leaves far fewer', () => {
    const tolerance = 0.05
    const kept = thinned(wave, tolerance)
    expect(kept.length).toBeLessThan(wave.length / 10)
    for (const { x, y } of wave) {
      const after = kept.findIndex((point) => point.x >= x)
      const [a, b] = [kept[Math.max(0, after - 1)]!, kept[after]!]
      const at = a.x === b.x ? b.y : a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x)
      // Vertical distance, at most the tolerance times √(1 + slope²), slope ≤ 10 here (but for the jumps, kept whole).
      if (Math.abs(b.y - a.y) < 20) expect(Math.abs(at - y)).toBeLessThan(tolerance * Math.sqrt(101))
    }
  })

  it('keeps gaps', () => {
    const points = [0, 1, 2, 3, 4].map((x) => ({ x, y: x === 2 ? Number.NaN : 0 }))
    expect(thinned(points, 1)).toEqual(points)
  })
})

describe('extent', () => {
  it('ignores what is not finite, and what is not positive where asked', () => {
    expect(extent([3, Number.NaN, -1, Number.POSITIVE_INFINITY], false)).toEqual([-1, 3])
    expect(extent([3, 0, -1, 0.5], true)).toEqual([0.5, 3])
    expect(extent([], true)).toEqual([0.1, 1])
  })
})

describe('ticks', () => {
  const texts = (low: number, high: number, scale: 'linear' | 'log', count: number) =>
    ticksOf({ label: '', scale }, [low, high], count).map(({ text }) => text)

  it('stand at round numbers', () => {
    expect(texts(0, 30_000, 'linear', 4)).toEqual(['0', '10\u2009000', '20\u2009000', '30\u2009000'])
    expect(texts(0, 0.55, 'linear', 6)).toEqual(['0', '0.1', '0.2', '0.3', '0.4', '0.5'])
    expect(texts(-3, 3, 'linear', 3)).toEqual(['−3', '0', '3'])
    expect(texts(0, 12, 'linear', 4)).toEqual(['0', '3', '6', '9', '12'])
    expect(texts(0, 12, 'linear', 3)).toEqual(['0', '4', '8', '12'])
    expect(texts(0.2, 0.9, 'log', 6)).toEqual(['0.2', '0.3', '0.5', '0.7'])
    expect(texts(0, 13, 'linear', 4)).toEqual(['0', '5', '10'])
    expect(texts(1e-5, 10, 'log', 6)).toEqual(['10⁻⁴', '10⁻²', '1'])
    expect(texts(2, 40, 'log', 6)).toEqual(['2', '5', '10', '20'])
  })

  it('find the decades around an interval', () => {
    expect(decadesAround(1.4e-5, 0.99)).toEqual([1e-5, 1])
    expect(decadesAround(1.4e-5, 1.1)).toEqual([1e-5, 1.1])
    expect(decadesAround(2, 40)[0]).toBeLessThan(2)
  })
})

describe('lettering', () => {
  it('breaks lines that fit and loses no word', () => {
    const words = 'greedy low-rank learning of linear neural networks, sharper with depth'
    const lines = wrap(words, 150, 13)
    expect(lines.join(' ')).toBe(words)
    for (const line of lines) expect(widthOf(line, 13)).toBeLessThanOrEqual(150)
    expect(lines.length).toBeGreaterThan(2)
    expect(wrap('', 100, 13)).toEqual([])
  })

  it('writes numbers for people', () => {
    expect(readable(0.0016707)).toBe('0.001671')
    expect(readable(200_000)).toBe('200\u2009000')
    expect(readable(-1.234e-9, 2)).toBe('−1.2 × 10⁻⁹')
    expect(readable(0)).toBe('0')
    expect(readable(Number.NaN)).toBe('—')
    expect(readable(Number.NEGATIVE_INFINITY)).toBe('−∞')
    expect(subscript('σ', 10)).toBe('σ₁₀')
  })
})
