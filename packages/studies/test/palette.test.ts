import { describe, expect, it } from 'vitest'
import {
  type Colour,
  colourOf,
  darkFigureRules,
  nameColourOf,
  paper,
  strokeOf,
} from '../src/figure/palette.ts'
import { theme } from '../src/theme.ts'

/** What is left of linear red, green, blue: Machado, Oliveira, Fernandes 2009, table 1, severity 1. */
const sights = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
} as const

const apart = 0.11

function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
}

const times = (matrix: readonly (readonly number[])[], vector: readonly number[]) =>
  matrix.map((row) => row.reduce((sum, entry, i) => sum + entry * vector[i]!, 0))

/** Ottosson 2020. */
function okLab(rgb: readonly number[]): number[] {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  )
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones.map(Math.cbrt),
  )
}

/** The closest two of the colours, as they are seen. */
function closest(colours: readonly string[], sight: keyof typeof sights): number {
  const seen = colours.map((hex) =>
    okLab(times(sights[sight], linear(hex)).map((value) => Math.min(1, Math.max(0, value)))),
  )
  const distances = seen.flatMap((a, i) =>
    seen.slice(0, i).map((b) => Math.hypot(...a.map((value, k) => value - b[k]!))),
  )
  return Math.min(...distances)
}

function contrast(a: string, b: string): number {
  const [light, dark] = [a, b]
    .map((hex) => times([[0.2126, 0.7152, 0.0722]], linear(hex))[0]! + 0.05)
    .sort((x, y) => y - x) as [number, number]
  return light / dark
}

const eight: Colour[] = Array.from({ length: 8 }, (_, place) => colourOf('distinct', place))

describe.each(['light', 'dark'] as const)('eight colours on a %s page', (page) => {
  const colours = eight.map((colour) => colour[page])

  it.each(Object.keys(sights) as (keyof typeof sights)[])('stay apart: %s', (sight) => {
    expect(closest(colours, sight)).toBeGreaterThan(apart)
  })

  it('stand out from the page', () => {
    for (const colour of colours) expect(contrast(colour, paper[page])).toBeGreaterThan(3)
  })
})

describe.each(['light', 'dark'] as const)('names of lines on a %s page', (page) => {
  const places = (['ordered', 'distinct', 'quiet'] as const).flatMap((palette) =>
    Array.from({ length: 10 }, (_, place) => colourOf(palette, place)),
  )
  /** As `darkFigureRules` has it. */
  const inDark = (light: string) =>
    darkFigureRules('').match(new RegExp(`\\[fill="${light}"\\]\\{fill:(#[0-9a-f]{6})\\}`))![1]!

  it('can be read', () => {
    for (const { light } of places) {
      const name = nameColourOf(light)
      expect(
        contrast(page === 'light' ? name : inDark(name), theme[page].page),
        `${light}: ${name}`,
      ).toBeGreaterThan(4.5)
    }
  })
})

describe('negative controls', () => {
  it('the colours of some lines are too faint for words', () =>
    expect(contrast(colourOf('distinct', 1).light, theme.light.page)).toBeLessThan(4.5))

  it('red and green of equal lightness are apart for some eyes only', () => {
    const pair = ['#c8553d', '#7f7f2a']
    expect(closest(pair, 'normal')).toBeGreaterThan(apart)
    expect(closest(pair, 'deuteranopia')).toBeLessThan(apart)
  })

  it('a pale colour does not stand out', () => expect(contrast('#f0e442', paper.light)).toBeLessThan(3))
})

describe('more lines than colours', () => {
  it('wear the colours again, each round broken in another way', () => {
    const pens = Array.from(
      { length: 24 },
      (_, i) => `${colourOf('distinct', i).light} ${strokeOf('distinct', i)}`,
    )
    expect(new Set(pens).size).toBe(24)
    expect(pens.slice(0, 8).every((pen) => pen.endsWith('undefined'))).toBe(true)
  })

  it('not where the order is shown by the colour', () => expect(strokeOf('ordered', 12)).toBeUndefined())
})
