import { describe, expect, test } from 'vitest'
import { colourMap, colourOfValue, type Rgb } from '../../src/stage/colour-map.ts'

/** Relative luminance of WCAG 2.2. */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map(linear)
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

function linear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** What a deuteranope sees of it: Viénot, Brettel, Mollon 1999, in linear light. */
function deuteranope([red, green, blue]: Rgb): number[] {
  const [r, g, b] = [linear(red), linear(green), linear(blue)]
  const seen = 0.29275 * r + 0.70725 * g
  return [seen, seen, -0.02234 * r + 0.02234 * g + b]
}

const themes = ['light', 'dark'] as const

describe.each(themes)('colours on the %s page', (theme) => {
  const sign = theme === 'light' ? -1 : 1

  test('zero is the middle of the signed scale, and both sides leave it steadily', () => {
    const { colours } = colourMap('diverging', theme)
    const levels = colours.map((colour) => sign * luminance(colour))
    for (let i = 0; i + 1 < 127; i++) expect(levels[i]!).toBeGreaterThanOrEqual(levels[i + 1]!)
    for (let i = 129; i < 255; i++) expect(levels[i + 1]!).toBeGreaterThanOrEqual(levels[i]!)
  })

  test('the scale from zero on is ordered by lightness', () => {
    const levels = colourMap('sequential', theme).colours.map((colour) => sign * luminance(colour))
    expect(levels.every((level, i) => i === 0 || level >= levels[i - 1]!)).toBe(true)
  })

  test('plus and minus differ for those who see no green', () => {
    const map = colourMap('diverging', theme)
    const apart = (share: number) => {
      const plus = deuteranope(colourOfValue(map, 'diverging', share, 1))
      const less = deuteranope(colourOfValue(map, 'diverging', -share, 1))
      return Math.hypot(...plus.map((channel, i) => channel - less[i]!))
    }
    for (const share of [0.3, 0.5, 0.7, 1]) expect(apart(share)).toBeGreaterThan(0.1)
    // Negative control: red against green of the same lightness is what they cannot tell apart.
    const red = deuteranope([200, 80, 80])
    const green = deuteranope([118, 118, 80])
    expect(Math.hypot(...red.map((channel, i) => channel - green[i]!))).toBeLessThan(0.1)
  })
})

test('values beyond the scale take its last colours', () => {
  const map = colourMap('diverging', 'light')
  expect(colourOfValue(map, 'diverging', 7, 1)).toEqual(map.colours[255])
  expect(colourOfValue(map, 'diverging', -7, 1)).toEqual(map.colours[0])
  expect(colourOfValue(map, 'sequential', -1, 1)).toEqual(map.colours[0])
})
