import type { Figure } from './figure.ts'
import { type Cell, layout, subtitleSize, titleSize } from './layout.ts'
import { drawLegends, legendOf } from './legend.ts'
import { wrap } from './lettering.ts'
import { escaped, markupOf } from './markup.ts'
import { ink, muted, paper, sansSerif } from './palette.ts'
import { drawPanelGroup } from './panel.ts'

export interface DrawOptions {
  /** In pixels, 320 … 2000; default 1080. Panels stand in three, two or one columns according to it. */
  readonly width?: number
  /**
   * `whole`: a file of its own, with heading, caption and white background (default). `plot`: panels and legends only, on
   * no background, for pages that set the words themselves.
   */
  readonly parts?: 'whole' | 'plot'
  /** Sets the element ids of several drawings in one page apart. Default: the figure's id. */
  readonly prefix?: string
}

/**
 * The figure as an SVG string: a complete file, with a text alternative, coordinates rounded to a tenth of a pixel, no
 * scripts, no style sheets and nothing to load.
 *
 * `document` is any document, the browser's own or happy-dom's: elements are built with it, and it is left as it was.
 * Throws when a series stands in no legend.
 *
 *     writeFileSync('figure-3.svg', drawFigure(study.figure(runs), new Window().document))
 */
export function drawFigure(figure: Figure, document: Document, options: DrawOptions = {}): string {
  const width = Math.round(Math.min(2000, Math.max(320, options.width ?? 1080)))
  const whole = options.parts !== 'plot'
  const padding = whole ? 20 : 0
  const prefix = options.prefix ?? figure.id
  const inner = width - 2 * padding
  const head = whole ? heading(figure, inner) : nothing
  const legend = drawLegends(legendOf(figure), inner)
  const body = layout(figure.panels, inner)
  const foot = whole ? footing(figure, inner) : nothing
  const panelsAt = padding + head.height + legend.height + 14
  const footAt = panelsAt + body.height + 8
  const height = Math.ceil(footAt + foot.height + padding)
  const panels = body.cells.map((cell) => drawCell(figure, cell, document)).join('')
  const shift = (y: number, svg: string) =>
    svg ? `<g transform="translate(${padding},${tenth(y)})">${svg}</g>` : ''
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` role="img" aria-labelledby="${escaped(prefix)}-title ${escaped(prefix)}-desc"`,
    ` font-family="${sansSerif}" fill="${ink.light}">`,
    `<title id="${escaped(prefix)}-title">${escaped(figure.title)}</title>`,
    `<desc id="${escaped(prefix)}-desc">${escaped(figure.description)}</desc>`,
    whole ? `<rect width="${width}" height="${height}" fill="${paper.light}"/>` : '',
    shift(padding, head.svg),
    shift(padding + head.height, legend.svg),
    shift(panelsAt, panels),
    shift(footAt, foot.svg),
    '</svg>',
  ].join('')
}

interface Block {
  readonly svg: string
  readonly height: number
}

const nothing: Block = { svg: '', height: 0 }

/** Lines of text one under the other, the first baseline one line below `top`. */
function lines(texts: readonly string[], top: number, size: number, attributes: string): Block {
  const step = size * 1.4
  const svg = texts
    .map(
      (text, i) =>
        `<text y="${tenth(top + size + i * step)}" font-size="${size}" ${attributes}>${escaped(text)}</text>`,
    )
    .join('')
  return { svg, height: texts.length * step }
}

function stack(...blocks: readonly ((top: number) => Block)[]): Block {
  let svg = ''
  let height = 0
  for (const block of blocks) {
    const drawn = block(height)
    svg += drawn.svg
    height += drawn.height
  }
  return { svg, height }
}

function heading(figure: Figure, width: number): Block {
  return stack(
    (top) => lines(wrap(figure.title, width * 0.94, 21), top, 21, 'font-weight="650"'),
    (top) => lines(wrap(figure.subtitle ?? '', width, 14), top, 14, `fill="${muted.light}"`),
    () => ({ svg: '', height: 10 }),
  )
}

function footing(figure: Figure, width: number): Block {
  const measure = Math.min(width, 860)
  return stack(
    (top) => lines(wrap(figure.caption, measure, 13), top, 13, `class="caption"`),
    (top) => lines(wrap(figure.citation ?? '', measure, 11.5), top + 5, 11.5, `fill="${muted.light}"`),
    () => ({ svg: '', height: 5 }),
  )
}

function drawCell(figure: Figure, cell: Cell, document: Document): string {
  const size = { width: cell.width, height: cell.height }
  const plot = markupOf(drawPanelGroup(document, figure, cell.panel, size))
  const words = stack(
    (top) => lines(cell.title, top, titleSize, 'font-weight="650"'),
    (top) => lines(cell.subtitle, top, subtitleSize, `fill="${muted.light}"`),
  )
  return [
    `<g transform="translate(${tenth(cell.x)},${tenth(cell.y)})" class="panel">${words.svg}`,
    `<g transform="translate(0,${tenth(cell.heading)})">${plot}</g></g>`,
  ].join('')
}

function tenth(pixels: number): number {
  return Math.round(pixels * 10) / 10
}
