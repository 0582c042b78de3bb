import type { Panel } from '@linnet/studies'

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
