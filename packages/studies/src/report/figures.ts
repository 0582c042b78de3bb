import { drawFigure } from '../figure/draw.ts'
import type { Figure } from '../figure/figure.ts'
import { escaped } from '../figure/markup.ts'

/** Widths of the page, in CSS pixels, from which the drawings with two and three columns are shown. */
export const mediumFrom = 640
export const wideFrom = 1000

/** Each figure is drawn for three widths of page; style shows the one that fits. */
const drawings = [
  { name: 'narrow', width: 350 },
  { name: 'medium', width: 700 },
  { name: 'wide', width: 1040 },
] as const

/** The figure with its words as HTML around drawings that hold the plots alone; a title that the page has already is not repeated. */
export function figureHtml(figure: Figure, document: Document, pageTitle: string): string {
  const svgs = drawings.map(({ name, width }) => {
    const svg = drawFigure(figure, document, { width, parts: 'plot', prefix: `${figure.id}-${name}` })
    return `<div class="${name}">${svg}</div>`
  })
  return `<figure>
${figure.title === pageTitle ? '' : `<h2>${escaped(figure.title)}</h2>`}
${figure.subtitle ? `<p class="subtitle">${escaped(figure.subtitle)}</p>` : ''}
<div class="drawing">${svgs.join('')}</div>
<figcaption><p class="caption">${escaped(figure.caption)}</p>
${figure.citation ? `<p>${escaped(figure.citation)}</p>` : ''}</figcaption>
</figure>`
}
