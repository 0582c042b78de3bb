import type { Clock, Config, Trajectory } from 'linnet'
import { readable } from '../figure/lettering.ts'

/** Each run's own clock (all in flow time where they differ), or one of the two for all. */
export type ClockChoice = 'own' | 'time' | 'steps'

/** What of a run says how its time is shown. */
export interface TimedRun {
  readonly config: Config
  readonly trajectory: Pick<Trajectory, 'clock'> & Partial<Pick<Trajectory, 'positions'>>
  readonly pinned?: boolean
}

/** Whose horizons end the time axes: those of the lanes, where there are any, or of all runs. */
export type Reach = 'lanes' | 'all'

/** The clock on which a run is shown: its positions times `factor`. */
export interface ShownClock {
  readonly clock: Clock
  readonly factor: number
}

/** The clock on which a run is shown, and the end of the axis that it shares with all others on this clock. */
export interface ShownTime extends ShownClock {
  readonly end: number
}

/** Dynamics whose k steps without momentum approach the flow at time η·k. */
const alongTheFlow: readonly unknown[] = ['gradientDescent', 'sgd', 'heavyBall']

/**
 * η of a descent whose k steps stand for the flow time η·k, as in the predictions of theorem 1. Flows have none, nor has momentum (its
 * time is nearer to η·k/(1 − β); Kovachki, Stuart 2021, arXiv 1906.04285), nor a step that adapts.
 */
export function stepSizeOf({ config, trajectory }: TimedRun): number | undefined {
  const {
    kind,
    stepSize,
    momentum = 0,
  } = config.dynamics as {
    readonly kind: string
    readonly stepSize?: unknown
    readonly momentum?: unknown
  }
  if (!alongTheFlow.includes(kind) || momentum !== 0) return undefined
  return trajectory.clock === 'steps' && typeof stepSize === 'number' && stepSize > 0 ? stepSize : undefined
}

/** The clock of every run. A run that no step size relates to the clock asked for keeps its own. */
export function clocksOf<R extends TimedRun>(
  runs: readonly R[],
  choice: ClockChoice,
): ReadonlyMap<R, ShownClock> {
  const own = new Set(runs.map(({ trajectory }) => trajectory.clock))
  const wanted = choice !== 'own' ? choice : own.size > 1 ? 'time' : undefined
  const step = commonStepSize(runs)
  return new Map(
    runs.map((run) => {
      const { clock } = run.trajectory
      const size = clock === 'steps' ? stepSizeOf(run) : step
      if (wanted === undefined || wanted === clock || size === undefined) return [run, { clock, factor: 1 }]
      return [run, { clock: wanted, factor: wanted === 'time' ? size : 1 / size }]
    }),
  )
}

/** The one step size of all descents among the runs; flow time counts as steps of this size. */
function commonStepSize(runs: readonly TimedRun[]): number | undefined {
  const sizes = new Set(runs.map(stepSizeOf).filter((size) => size !== undefined))
  return sizes.size === 1 ? [...sizes][0] : undefined
}

/** The end of the axis of each clock that runs are shown on: the longest horizon, on that clock. */
export function endsOf(clocks: ReadonlyMap<TimedRun, ShownClock>, reach: Reach): ReadonlyMap<Clock, number> {
  const ends = new Map<Clock, number>()
  for (const clock of ['time', 'steps'] as const) {
    const shown = [...clocks].filter(([, own]) => own.clock === clock)
    const lanes = shown.filter(([run]) => !run.pinned)
    const ending = reach === 'lanes' && lanes.length > 0 ? lanes : shown
    if (ending.length > 0)
      ends.set(clock, Math.max(...ending.map(([run, { factor }]) => factor * horizonOf(run))))
  }
  return ends
}

/**
 * How the time of every run is shown, in their order: the same share of each axis is the same moment, as on the figure of these runs.
 *
 *     timesOf([flow, descent], 'own') // [{ clock: 'time', factor: 1, end: 24 }, { clock: 'time', factor: 0.05, end: 24 }]
 */
export function timesOf(runs: readonly TimedRun[], choice: ClockChoice, reach: Reach = 'all'): ShownTime[] {
  const clocks = clocksOf(runs, choice)
  const ends = endsOf(clocks, reach)
  return runs.map((run) => {
    const shown = clocks.get(run)!
    return { ...shown, end: ends.get(shown.clock)! }
  })
}

function horizonOf({ config: { until }, trajectory: { clock, positions } }: TimedRun): number {
  return (clock === 'time' ? until.time : until.steps) ?? (positions?.at(-1) || 1)
}

/** What the axis is called that shows these runs, all on `clock`. */
export function clockLabel(clock: Clock, shown: readonly ShownClock[], stepSizes: readonly number[]): string {
  const converted = shown.filter(({ factor }) => factor !== 1).length
  const sizes = [...new Set(stepSizes)]
  const size = sizes.length === 1 ? readable(sizes[0]!) : undefined
  if (converted === 0) return clock === 'time' ? 'flow time' : 'steps'
  if (clock === 'steps') return `steps (flow time: t/${size})`
  const rule = size ? `t = ${size}·steps` : 't = η·steps'
  return converted === shown.length ? rule : `flow time (descent: ${rule})`
}
