import type { Panel, Series } from './figure.ts'
import { readable } from './lettering.ts'

/** More curves than this nobody listens to. */
const mostSaid = 16

/** A panel in words: axes, and where every curve begins and ends. */
export function describePanel({ x, y, series }: Panel): string {
  const said = series.slice(0, mostSaid).map(describeSeries)
  const more = series.length > mostSaid ? [`and ${series.length - mostSaid} more`] : []
  return `${y.label} over ${x.label}. ${[...said, ...more].join('; ')}.`
}

function describeSeries({ name, x, y }: Series): string {
  const last = y.length - 1
  if (last < 0) return `${name}: nothing yet`
  return `${name} from ${readable(y[0]!, 3)} to ${readable(y[last]!, 3)} at ${readable(x[last]!, 3)}`
}
