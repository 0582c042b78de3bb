import type { PaletteName } from './figure.ts'

/** A colour on paper and the one that takes its place on a dark page. */
export interface Colour {
  readonly light: string
  readonly dark: string
}

/** Families with Helvetica's widths, by which lines are broken, before whatever the system has. */
export const sansSerif = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"

/** Text and axes, lesser text, and grid lines. */
export const ink: Colour = { light: '#1c1e26', dark: '#e9e7e2' }
export const muted: Colour = { light: '#5b5f6b', dark: '#a9acb6' }
export const rule: Colour = { light: '#e2e1dc', dark: '#33363f' }
export const paper: Colour = { light: '#ffffff', dark: '#15171c' }

/**
 * Ten steps of the colour map plasma (Smith and van der Walt 2015), cut where it would fade into the page: dark to light on
 * paper, light to dark on a dark page, so that rank 1 always stands out most. Perceptually ordered, for every colour vision;
 * every step keeps a contrast of 3 to 1 with its page.
 */
const ordered: readonly Colour[] = [
  { light: '#0d0887', dark: '#f4ed27' },
  { light: '#43039e', dark: '#fdc328' },
  { light: '#6300a7', dark: '#fca636' },
  { light: '#7d03a8', dark: '#f68f44' },
  { light: '#9511a1', dark: '#ee7b51' },
  { light: '#a82296', dark: '#e4695e' },
  { light: '#bb3488', dark: '#d8576b' },
  { light: '#c9447a', dark: '#cc4778' },
  { light: '#d5546e', dark: '#bf3984' },
  { light: '#e16462', dark: '#b12a90' },
]

/** Okabe and Ito 2008, in the order of greatest mutual contrast; yellow, too light for lines on white, left out. */
const distinct: readonly Colour[] = [
  { light: '#0072b2', dark: '#56b4e9' },
  { light: '#d55e00', dark: '#e69f00' },
  { light: '#008a66', dark: '#2fc79d' },
  { light: '#a8487f', dark: '#e59ac4' },
  { light: '#5c5c66', dark: '#c4c4cc' },
]

/** Between text and grid lines, told apart by hue: for what stands behind the others. */
const quiet: readonly Colour[] = [
  { light: '#7a7367', dark: '#a39b8c' },
  { light: '#5f7f86', dark: '#86a9b0' },
  { light: '#8d6f83', dark: '#b795ac' },
]

const palettes = { ordered, distinct, quiet, ink: [ink] } satisfies Record<PaletteName, readonly Colour[]>

/** The colour of place `index` in a legend; places beyond the palette share its last colour. */
export function colourOf(palette: PaletteName, index: number): Colour {
  const colours: readonly Colour[] = palettes[palette]
  return colours[Math.min(index, colours.length - 1)]!
}

/** CSS that gives every figure inside `scope` its dark colours; figures themselves always carry the light ones. */
export function darkFigureRules(scope: string): string {
  return [...ordered, ...distinct, ...quiet, ink, muted, rule]
    .flatMap(({ light, dark }) => [
      `${scope} [stroke="${light}"]{stroke:${dark}}`,
      `${scope} [fill="${light}"]{fill:${dark}}`,
    ])
    .join('\n')
}
