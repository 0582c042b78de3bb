import type { Legend } from './figure.ts'
import { widthOf } from './lettering.ts'
import { escaped } from './markup.ts'
import { colourOf, ink, muted } from './palette.ts'

const size = 12
const rowHeight = 20
const swatch = 18

/** The legends as one flowing line of swatches, broken to `width`: SVG and its height. */
export function drawLegends(legends: readonly Legend[], width: number): { svg: string; height: number } {
  let svg = ''
  let x = 0
  let row = 0
  const place = (needed: number) => {
    if (x > 0 && x + needed > width) [x, row] = [0, row + 1]
    const at = { x, y: row * rowHeight + 14 }
    x += needed
    return at
  }
  for (const legend of legends) {
    if (x > 0) x += 18
    const entryWidth = (name: string) => swatch + 6 + widthOf(name, size) + 12
    const titleWidth = legend.title ? widthOf(legend.title, size) + 12 : 0
    const head = place(titleWidth + entryWidth(legend.names[0] ?? ''))
    x = head.x + titleWidth
    if (legend.title)
      svg += `<text x="${tenth(head.x)}" y="${head.y}" fill="${muted.light}">${escaped(legend.title)}</text>`
    for (const [index, name] of legend.names.entries()) {
      const at = place(entryWidth(name))
      const colour = colourOf(legend.palette, index).light
      svg += `<path d="M${tenth(at.x)},${at.y - 4}h${swatch}" stroke="${colour}" stroke-width="2.5"/>`
      svg += `<text x="${tenth(at.x + swatch + 5)}" y="${at.y}" fill="${ink.light}">${escaped(name)}</text>`
    }
  }
  return { svg: `<g font-size="${size}" class="legend">${svg}</g>`, height: (row + 1) * rowHeight }
}

function tenth(pixels: number): number {
  return Math.round(pixels * 10) / 10
}
