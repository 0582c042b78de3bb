import type { Figure, Mark } from './figure.ts'
import { widthOf } from './lettering.ts'
import { escaped } from './markup.ts'
import { type Colour, colourOf, ink, muted, strokeOf } from './palette.ts'

/** One line of a legend, for pages that set legends themselves. */
export interface LegendEntry {
  readonly name: string
  readonly colour: Colour
  /** How it is drawn: as the series of that name, or a band, or the dotted line of a guide. */
  readonly mark: Mark | 'band' | 'guide'
  /** `stroke-dasharray` of a line, where others have its colour unbroken. */
  readonly stroke?: string
}

export interface LegendGroup {
  /** May be empty, where the names say all. */
  readonly title: string
  readonly entries: readonly LegendEntry[]
}

/** The legends of a figure with the colours and marks of their entries. */
export function legendOf({ legends, panels }: Pick<Figure, 'legends' | 'panels'>): LegendGroup[] {
  const marks = new Map<string, Mark>()
  for (const { series } of panels)
    for (const { name, mark = 'line' } of series) if (!marks.has(name)) marks.set(name, mark)
  return legends.map(({ title, palette, names, mark }) => ({
    title,
    entries: names.map((name, place) => {
      const stroke = strokeOf(palette, place)
      return {
        name,
        colour: mark === 'guide' ? muted : colourOf(palette, place),
        mark: mark ?? marks.get(name) ?? 'line',
        ...(stroke && { stroke }),
      }
    }),
  }))
}

const size = 12
const rowHeight = 20
const swatchWidth = 18
/** Between swatch and name, between entries, and between legends. */
const gaps = { name: 5, entry: 13, legend: 14 }

/** The legends as one flowing line of swatches, broken to `width`: SVG and its height. */
export function drawLegends(groups: readonly LegendGroup[], width: number): { svg: string; height: number } {
  let svg = ''
  let x = 0
  let row = 0
  const place = (needed: number) => {
    if (x > 0 && x + needed > width) [x, row] = [0, row + 1]
    const at = { x, y: row * rowHeight + 14 }
    x += needed
    return at
  }
  for (const { title, entries } of groups) {
    if (x > 0) x += gaps.legend
    const entryWidth = (name: string) => swatchWidth + gaps.name + widthOf(name, size) + gaps.entry
    const titleWidth = title ? widthOf(title, size) + 12 : 0
    const head = place(titleWidth + entryWidth(entries[0]?.name ?? '') - gaps.entry)
    x = head.x + titleWidth
    if (title)
      svg += `<text x="${tenth(head.x)}" y="${head.y}" fill="${muted.light}">${escaped(title)}</text>`
    for (const entry of entries) {
      const at = place(entryWidth(entry.name))
      svg += swatch(entry, at.x, at.y - 4)
      svg += `<text x="${tenth(at.x + swatchWidth + gaps.name)}" y="${at.y}" fill="${ink.light}">${escaped(entry.name)}</text>`
    }
  }
  return { svg: `<g font-size="${size}" class="legend">${svg}</g>`, height: (row + 1) * rowHeight }
}

const strokes: Readonly<Record<LegendEntry['mark'], string>> = {
  line: 'stroke-width="2.5"',
  band: 'stroke-width="1.6"',
  dashes: 'stroke-width="1.4" stroke-dasharray="4 3"',
  dashDots: 'stroke-width="1.6" stroke-dasharray="7 3 1.5 3"',
  guide: 'stroke-width="1" stroke-dasharray="2 3"',
  dots: 'stroke-width="1.1"',
  points: 'stroke-width="1.1"',
}

/** The mark of an entry in small, from `x`, centred at the height `y`. */
function swatch({ mark, colour: { light }, stroke: broken }: LegendEntry, x: number, y: number): string {
  const dashes = broken && mark === 'line' ? ` stroke-dasharray="${broken}"` : ''
  const stroke = `stroke="${light}" ${strokes[mark]}${dashes}`
  const left = tenth(x)
  if (mark === 'dots' || mark === 'points')
    return `<circle cx="${tenth(x + swatchWidth / 2)}" cy="${y}" r="2.2" fill="none" ${stroke}/>`
  const area = `<rect x="${left}" y="${y - 5}" width="${swatchWidth}" height="10" fill="${light}" fill-opacity="0.18"/>`
  return `${mark === 'band' ? area : ''}<path d="M${left},${y}h${swatchWidth}" fill="none" ${stroke}/>`
}

function tenth(pixels: number): number {
  return Math.round(pixels * 10) / 10
}
