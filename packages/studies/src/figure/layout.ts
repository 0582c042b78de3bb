import type { Panel } from './figure.ts'
import { wrap } from './lettering.ts'

/** A panel in its place, in pixels; `y` is the top of its heading, the plotted part follows below. */
export interface Cell {
  readonly panel: Panel
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly title: readonly string[]
  readonly subtitle: readonly string[]
  /** Height of the heading. */
  readonly heading: number
}

export const gap = 20
export const titleSize = 14
export const subtitleSize = 12.5
const lineHeight = 1.35

/** Widths from which two and three panels stand side by side: narrower ones leave no room for their tick labels. */
const twoColumns = 540
const threeColumns = 860

/** Panels row by row; a wide one takes what is left of its row, or a row of its own. */
export function layout(panels: readonly Panel[], width: number): { cells: Cell[]; height: number } {
  const fitting = width >= threeColumns ? 3 : width >= twoColumns ? 2 : 1
  const columns = Math.min(fitting, Math.max(1, panels.filter(({ wide }) => !wide).length))
  const unit = (width - gap * (columns - 1)) / columns
  const cells: Cell[] = []
  let top = 0
  for (const row of rowsOf(panels, columns)) {
    const drafts = row.map(({ panel, column, span }) => {
      const cellWidth = unit * span + gap * (span - 1)
      const title = wrap(panel.title, cellWidth, titleSize)
      const subtitle = panel.subtitle ? wrap(panel.subtitle, cellWidth, subtitleSize) : []
      return { panel, x: column * (unit + gap), width: cellWidth, title, subtitle }
    })
    const headings = drafts.map(
      ({ title, subtitle }) => (title.length * titleSize + subtitle.length * subtitleSize) * lineHeight + 6,
    )
    const heading = Math.max(...headings)
    const height = plotHeight(unit, row.length === 1 && columns > 1)
    for (const draft of drafts) cells.push({ ...draft, y: top, height, heading })
    top += heading + height + gap
  }
  return { cells, height: top - gap }
}

function plotHeight(unit: number, alone: boolean): number {
  return alone ? 230 : Math.round(Math.min(300, Math.max(230, unit * 0.78)))
}

interface Place {
  readonly panel: Panel
  readonly column: number
  readonly span: number
}

function rowsOf(panels: readonly Panel[], columns: number): Place[][] {
  const rows: Place[][] = []
  let column = columns
  for (const panel of panels) {
    if (column === columns) {
      rows.push([])
      column = 0
    }
    const span = panel.wide ? columns - column : 1
    rows.at(-1)!.push({ panel, column, span })
    column += span
  }
  return rows
}
