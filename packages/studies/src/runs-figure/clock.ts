import type { Clock } from 'linnet'
import { readable } from '../figure/lettering.ts'
import type { ShownRun } from './shown-run.ts'

/** Each run's own clock (all in flow time where they differ), or one of the two for all. */
export type ClockChoice = 'own' | 'time' | 'steps'

/** The clock on which a run is shown: its positions times `factor`. */
export interface ShownClock {
  readonly clock: Clock
  readonly factor: number
}

/** η of a descent: k steps stand for the flow time η·k. Flows have none. */
export function stepSizeOf({
  config,
  trajectory,
}: Pick<ShownRun, 'config' | 'trajectory'>): number | undefined {
  const { stepSize } = config.dynamics as { readonly stepSize?: unknown }
  return trajectory.clock === 'steps' && typeof stepSize === 'number' && stepSize > 0 ? stepSize : undefined
}

/** The clock of every run. A run that no step size relates to the clock asked for keeps its own. */
export function clocksOf<R extends Pick<ShownRun, 'config' | 'trajectory'>>(
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
function commonStepSize(runs: readonly Pick<ShownRun, 'config' | 'trajectory'>[]): number | undefined {
  const sizes = new Set(runs.map(stepSizeOf).filter((size) => size !== undefined))
  return sizes.size === 1 ? [...sizes][0] : undefined
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
