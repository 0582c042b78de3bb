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

/**
 * Eight colours that stay apart for every colour vision: the first three near those of Okabe and Ito 2008, the others found by
 * keeping all pairs at least 0.11 apart in OKLab (Ottosson 2020) for normal sight, protanopia and deuteranopia (Machado, Oliveira,
 * Fernandes 2009). Each has a contrast of 3 to 1 with its page.
 */
const distinct: readonly Colour[] = [
  { light: '#0072b2', dark: '#72d7ff' },
  { light: '#d55e00', dark: '#e69f00' },
  { light: '#0d8f78', dark: '#32c79b' },
  { light: '#8f2b6b', dark: '#b68dde' },
  { light: '#2b2b33', dark: '#f6f0c0' },
  { light: '#754e00', dark: '#e35129' },
  { light: '#9079f4', dark: '#6a72fd' },
  { light: '#3a0070', dark: '#768a7e' },
]

/** Lines beyond the distinct colours wear them again, broken: `stroke-dasharray` of every further round. */
const styles: readonly string[] = ['9 3', '2 2.5', '9 3 2 3']

/** Between text and grid lines, told apart by hue: for what stands behind the others. */
const quiet: readonly Colour[] = [
  { light: '#7a7367', dark: '#a39b8c' },
  { light: '#5f7f86', dark: '#86a9b0' },
  { light: '#8d6f83', dark: '#b795ac' },
]

/** Words need a contrast of 4.5 to 1: where the colour of a line has less, its name wears a deeper shade, or a lighter one in the dark. */
const deeper: Readonly<Record<string, Colour>> = {
  '#c9447a': { light: '#c44277', dark: '#d15884' },
  '#d5546e': { light: '#bf4b62', dark: '#ca5a98' },
  '#e16462': { light: '#b85250', dark: '#c35baa' },
  '#d55e00': { light: '#bd5300', dark: '#e69f00' },
  '#0d8f78': { light: '#0c816d', dark: '#32c79b' },
  '#9079f4': { light: '#7663c8', dark: '#6a72fd' },
  '#7a7367': { light: '#787165', dark: '#a39b8c' },
  '#5f7f86': { light: '#59777e', dark: '#86a9b0' },
  '#8d6f83': { light: '#876a7d', dark: '#b795ac' },
}

const palettes = { ordered, distinct, quiet, ink: [ink] } satisfies Record<PaletteName, readonly Colour[]>

/** The colour of place `index` in a legend. Beyond the palette: `distinct` begins anew (see `strokeOf`), the others keep their last. */
export function colourOf(palette: PaletteName, index: number): Colour {
  const colours: readonly Colour[] = palettes[palette]
  const place = palette === 'distinct' ? index % colours.length : Math.min(index, colours.length - 1)
  return colours[place]!
}

/** `stroke-dasharray` of a line at place `index` in a legend: nothing for the first round of colours, another one for each later. */
export function strokeOf(palette: PaletteName, index: number): string | undefined {
  if (palette !== 'distinct') return undefined
  const round = Math.floor(index / distinct.length)
  return round === 0 ? undefined : styles[(round - 1) % styles.length]
}

/** The colour in which a line's name is written, by the colour that the line has on paper. */
export function nameColourOf(line: string): string {
  return deeper[line]?.light ?? line
}

/** CSS that gives every figure inside `scope` its dark colours; figures themselves always carry the light ones. */
export function darkFigureRules(scope: string): string {
  return [...ordered, ...distinct, ...quiet, ...Object.values(deeper), ink, muted, rule]
    .flatMap(({ light, dark }) => [
      `${scope} [stroke="${light}"]{stroke:${dark}}`,
      `${scope} [fill="${light}"]{fill:${dark}}`,
    ])
    .join('\n')
}
