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

/** Of a mark of several numbers, the part of `room` that each further letter takes. */
const letter = 0.6

/** Events of one row; those whose marks would cover each other are one. `room` is the share of the axis that a single mark takes. */
export function clustered(
  events: readonly TimelineEvent[],
  toAxis: (share: number) => number,
  room: number,
): readonly Cluster[] {
  const clusters: { events: TimelineEvent[]; place: number }[] = []
  for (const event of [...events].sort((a, b) => a.share - b.share)) {
    const place = toAxis(event.share)
    clusters.push({ events: [event], place })
    joinCovered(clusters, room)
  }
  return clusters.map(({ events: together, place }) => ({
    share: together[0]!.share,
    place,
    kind: rarest.find((kind) => together.some((event) => event.kind === kind))!,
    mark: spanned(together.flatMap(({ mode = [] }) => mode)),
    labels: together.map(({ label }) => label),
  }))
}

/** Joins the last with those before it, as long as their marks meet: one that grew may reach the one before. */
function joinCovered(clusters: { events: TimelineEvent[]; place: number }[], room: number): void {
  for (;;) {
    const [before, last] = [clusters.at(-2), clusters.at(-1)]
    if (!before || !last) return
    const apart = (widthOf(before.events, room) + widthOf(last.events, room)) / 2
    if (last.place - before.place >= apart) return
    before.events.push(...last.events)
    clusters.pop()
  }
}

function widthOf(events: readonly TimelineEvent[], room: number): number {
  const letters = spanned(events.flatMap(({ mode = [] }) => mode)).length
  return room * (1 + letter * Math.max(0, letters - 1))
}

/** `1–10`, `4, 6`, `1, 4–6`: numbers in a row as one. */
function spanned(numbers: readonly number[]): string {
  const rows: [first: number, last: number][] = []
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const row = rows.at(-1)
    if (row && number === row[1] + 1) row[1] = number
    else rows.push([number, number])
  }
  return rows.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ')
}
