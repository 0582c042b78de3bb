/** Red, green, blue, 0 … 255. */
export type Rgb = readonly [number, number, number]

export type Theme = 'light' | 'dark'

/**
 * A colour map: 256 colours from one end to the other. Blue against orange stays apart for every colour vision; on the dark page
 * zero is the page's own dark and large values shine.
 */
export interface ColourMap {
  readonly colours: readonly Rgb[]
}

const stops = {
  diverging: {
    light: ['#0a3f86', '#3f82c4', '#a9cbe8', '#faf8f3', '#f5c493', '#d97f2b', '#8a4300'],
    dark: ['#b5d8ff', '#5f9fe0', '#2c568a', '#20242c', '#86501c', '#dd8a3c', '#ffd3a3'],
  },
  sequential: {
    light: ['#faf8f3', '#d9c9f2', '#a986dc', '#733fbd', '#33107a'],
    dark: ['#20242c', '#453173', '#7a55be', '#b08cf0', '#efe4ff'],
  },
} as const satisfies Record<string, Record<Theme, readonly string[]>>

export type ColourMapName = keyof typeof stops

const size = 256
const made = new Map<string, ColourMap>()

/** `diverging` for signed values, its middle at 0; `sequential` for values from 0 on. */
export function colourMap(name: ColourMapName, theme: Theme): ColourMap {
  const key = `${name} ${theme}`
  const map = made.get(key) ?? { colours: between(stops[name][theme].map(parsed)) }
  made.set(key, map)
  return map
}

/** The colour of a value on a scale from −limit (diverging) or 0 (sequential) to limit. */
export function colourOfValue(
  { colours }: ColourMap,
  name: ColourMapName,
  value: number,
  limit: number,
): Rgb {
  const share = limit > 0 ? value / limit : 0
  const place = name === 'diverging' ? (share + 1) / 2 : share
  return colours[Math.max(0, Math.min(size - 1, Math.round(place * (size - 1))))]!
}

function parsed(colour: string): Rgb {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as Rgb
}

function between(anchors: readonly Rgb[]): Rgb[] {
  return Array.from({ length: size }, (_, i) => {
    const at = (i / (size - 1)) * (anchors.length - 1)
    const first = Math.min(Math.floor(at), anchors.length - 2)
    const share = at - first
    return anchors[first]!.map((channel, c) =>
      Math.round(channel + (anchors[first + 1]![c]! - channel) * share),
    ) as unknown as Rgb
  })
}
