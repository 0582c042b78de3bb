import type { Happening, TimelineEvent } from './events.ts'

/** Events too close together to be told apart on the axis. */
export interface Cluster {
  /** Of the first: share of the horizon, and of the axis. */
  readonly share: number
  readonly place: number
  /** The rarest that is in it: a crossing of the stability line before a saddle. */
  readonly kind: Happening
  /** Of modes: `3`, or `1–10`; empty otherwise. */
  readonly mark: string
  readonly labels: readonly string[]
}

const rarest: readonly Happening[] = ['above', 'below', 'saddle', 'mode']

/** Events of one row, those less than `room` (a share of the axis) behind the first of them with it as one. */
export function clustered(
  events: readonly TimelineEvent[],
  toAxis: (share: number) => number,
  room: number,
): readonly Cluster[] {
  const clusters: { events: TimelineEvent[]; place: number }[] = []
  for (const event of [...events].sort((a, b) => a.share - b.share)) {
    const place = toAxis(event.share)
    const open = clusters.at(-1)
    if (open && place - open.place < room) open.events.push(event)
    else clusters.push({ events: [event], place })
  }
  return clusters.map(({ events: together, place }) => ({
    share: together[0]!.share,
    place,
    kind: rarest.find((kind) => together.some((event) => event.kind === kind))!,
    mark: spanned(together.flatMap(({ mode = [] }) => mode)),
    labels: together.map(({ label }) => label),
  }))
}

/** `1–10` where no number between is missing, `4, 6` otherwise. */
function spanned(numbers: readonly number[]): string {
  if (numbers.length < 2) return numbers.join('')
  const sorted = [...numbers].sort((a, b) => a - b)
  const [first, last] = [sorted[0]!, sorted.at(-1)!]
  return last - first === sorted.length - 1 ? `${first}–${last}` : sorted.join(', ')
}
