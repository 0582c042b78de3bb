import type { TimelineEvent } from './events.ts'

/** Events too close together to be told apart on the axis. */
export interface Cluster {
  /** Of the first: share of the horizon, and of the axis. */
  readonly share: number
  readonly place: number
  /** `3`, or `1–10`. */
  readonly mark: string
  readonly labels: readonly string[]
}

/** Shares of the axis that a number needs. */
const room = 0.014

/** Events of one lane, those that would cover each other as one. */
export function clustered(
  events: readonly TimelineEvent[],
  toAxis: (share: number) => number,
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
    mark: together.length === 1 ? together[0]!.mark : spanned(together.map(({ mark }) => Number(mark))),
    labels: together.map(({ label }) => label),
  }))
}

/** `1–10` where no number between is missing, `4, 6` otherwise. */
function spanned(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b)
  const [first, last] = [sorted[0]!, sorted.at(-1)!]
  return last - first === sorted.length - 1 ? `${first}–${last}` : sorted.join(', ')
}
