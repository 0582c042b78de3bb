import type { Panel, Series } from '@linnet/studies'
import { short } from './status-lines.ts'

/** What a panel shows, for those who cannot see it: the axes, and where every curve begins and ends. */
export function panelWords(panel: Panel): string {
  const across = `${panel.y.label} over ${panel.x.label}`
  const curves = panel.series.filter(({ mark }) => mark === undefined || mark === 'line').map(course)
  const told = curves.filter((text) => text !== undefined)
  const guides = (panel.guides ?? []).map(({ label, at }) => (label ? `${label} at ${short(at)}` : short(at)))
  const parts = [
    told.length > 0 ? told.join('; ') : 'nothing to show yet',
    ...(guides.length > 0 ? [`Dotted lines: ${guides.join(', ')}`] : []),
  ]
  return `${panel.title}: ${across}. ${parts.join('. ')}.`
}

function course({ name, x, y }: Series): string | undefined {
  let first: number | undefined
  let last: number | undefined
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) continue
    first ??= i
    last = i
  }
  if (first === undefined || last === undefined) return undefined
  return `${name} from ${short(y[first]!)} to ${short(y[last]!)}`
}

/** The curves of a panel as rows: one a position, `undefined` where a curve has no value there. */
export interface PanelTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly (number | undefined)[])[]
  /** Rows there would be in full. */
  readonly total: number
}

/** At most `most` rows, evenly spread, the first and the last among them. */
export function panelTable({ x, series }: Panel, most: number): PanelTable {
  const places = new Map<number, (number | undefined)[]>()
  for (const [s, one] of series.entries())
    for (let i = 0; i < one.x.length; i++) {
      const row = places.get(one.x[i]!) ?? []
      row[s] = one.y[i]!
      places.set(one.x[i]!, row)
    }
  const positions = [...places.keys()].sort((a, b) => a - b)
  const chosen = spread(positions, most)
  return {
    head: [x.label, ...series.map(({ name, mark }) => (mark === 'dots' ? `${name} (dots)` : name))],
    rows: chosen.map((position) => [position, ...series.map((_, s) => places.get(position)![s])]),
    total: positions.length,
  }
}

function spread<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items]
  return Array.from({ length: most }, (_, i) => items[Math.round((i * (items.length - 1)) / (most - 1))]!)
}
