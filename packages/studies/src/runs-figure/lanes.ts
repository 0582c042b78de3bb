import type { Clock, Trajectory } from 'linnet'
import {
  type ClockChoice,
  clockLabel,
  clocksOf,
  endsOf,
  type Reach,
  type ShownClock,
  stepSizeOf,
} from './clock.ts'
import type { ShownRun } from './shown-run.ts'
import { has, type Strand, strandOf } from './strand.ts'

/** What is drawn as one: the runs of a lane, or a pinned run. */
export interface Line {
  /** Unlike that of any other line. */
  readonly name: string
  readonly pinned: boolean
  readonly lane: number
  readonly clock: Clock
  readonly measured: Strand
  /** Shown to the end. Of several runs the median of what is predicted for each, once something is predicted for all of them. */
  readonly predicted?: Strand
  readonly runs: readonly ShownRun[]
  /** Everything that is known of a column as far as the time axis goes, whatever part of it is shown: by this axes are made. */
  known(column: string): Float64Array[]
}

/** Lines on the same clock share their axis. */
export interface TimeAxis {
  readonly clock: Clock
  readonly label: string
  readonly domain: readonly [number, number]
}

export interface Lanes {
  /** Lanes in order, then pinned runs. */
  readonly lines: readonly Line[]
  readonly axes: ReadonlyMap<Clock, TimeAxis>
  /** Of the time axes. */
  readonly scale: 'linear' | 'log'
}

export interface LanesOptions {
  readonly x: 'linear' | 'log'
  readonly clock: ClockChoice
  readonly horizon: number | undefined
  readonly until: number
  readonly reach: Reach
}

/** Decades of a logarithmic time axis at most. */
const mostDecades = 1e-6

/** The runs, lane by lane, with the axes they are shown on. */
export function lanesOf(runs: readonly ShownRun[], options: LanesOptions): Lanes {
  const clocks = clocksOf(runs, options.clock)
  const axes = axesOf(clocks, options)
  const names = new Set<string>()
  const lines = grouped(runs).map((group): Line => {
    const [head] = group as [ShownRun, ...ShownRun[]]
    const shown = clocks.get(head)!
    const axis = axes.get(shown.clock)!
    const end = axis.domain[1] * options.until
    return {
      name: unlike(head.label, names),
      pinned: head.pinned ?? false,
      lane: head.lane,
      clock: shown.clock,
      measured: strandOf(
        group.map(({ trajectory }) => trajectory),
        shown,
        end,
      ),
      ...predictedOf(group, shown),
      runs: group,
      known: (column) =>
        group.flatMap(({ trajectory }) => valuesUpTo(trajectory, column, axis.domain[1] / shown.factor)),
    }
  })
  return { lines, axes, scale: options.x }
}

function valuesUpTo(trajectory: Trajectory, column: string, end: number): Float64Array[] {
  if (!has(trajectory, column)) return []
  const { positions } = trajectory
  let count = positions.length
  // Up to the first sample at the end or beyond it: the curve leaves the axis on the way to it.
  while (count > 1 && positions[count - 2]! >= end) count--
  return [trajectory.column(column).subarray(0, count)]
}

/** What is predicted for every run is predicted for their median, least and greatest. */
function predictedOf(group: readonly ShownRun[], shown: ShownClock): { predicted?: Strand } {
  const predicted = group.flatMap((run) => run.predicted ?? [])
  if (predicted.length < group.length) return {}
  return { predicted: strandOf(predicted, shown, Number.POSITIVE_INFINITY) }
}

function grouped(runs: readonly ShownRun[]): ShownRun[][] {
  const lanes = new Map<number, ShownRun[]>()
  for (const run of runs) if (!run.pinned) lanes.set(run.lane, [...(lanes.get(run.lane) ?? []), run])
  const inOrder = [...lanes.entries()].sort(([a], [b]) => a - b).map(([, group]) => group)
  for (const group of inOrder) group.sort((a, b) => (a.repetition ?? 0) - (b.repetition ?? 0))
  return [...inOrder.map(begun), ...runs.filter(({ pinned }) => pinned).map((run) => [run])]
}

/** Repetitions that have no sample yet keep nobody waiting. */
function begun(group: ShownRun[]): ShownRun[] {
  const some = group.filter(({ trajectory }) => trajectory.positions.length > 0)
  return some.length > 0 ? some : group.slice(0, 1)
}

function unlike(label: string, taken: Set<string>): string {
  let name = label
  for (let copy = 2; taken.has(name); copy++) name = `${label} (${copy})`
  taken.add(name)
  return name
}

export function axesOf(
  clocks: ReadonlyMap<ShownRun, ShownClock>,
  { x, horizon, reach }: Pick<LanesOptions, 'x' | 'horizon' | 'reach'>,
): Map<Clock, TimeAxis> {
  const axes = new Map<Clock, TimeAxis>()
  const ends = endsOf(clocks, reach)
  for (const clock of ['time', 'steps'] as const) {
    const shown = [...clocks].filter(([, own]) => own.clock === clock)
    if (shown.length === 0) continue
    const end = horizon ?? ends.get(clock)!
    const start = x === 'log' ? Math.max(firstPositive(shown), end * mostDecades) : 0
    const sizes = [...clocks.keys()].map(stepSizeOf).filter((size) => size !== undefined)
    axes.set(clock, {
      clock,
      label: clockLabel(
        clock,
        shown.map(([, own]) => own),
        sizes,
      ),
      domain: [start, end],
    })
  }
  return axes
}

function firstPositive(shown: readonly (readonly [ShownRun, ShownClock])[]): number {
  const firsts = shown.map(([{ trajectory }, { factor }]) => {
    const found = trajectory.positions.find((position) => position > 0)
    return found === undefined ? Number.POSITIVE_INFINITY : found * factor
  })
  const least = Math.min(...firsts)
  return Number.isFinite(least) ? least : 0
}
