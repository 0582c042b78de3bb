import { type Clock, dynamics } from 'linnet'
import type { Changed } from './changed.ts'
import { withValue } from './field.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import { kindOf } from './new-spec.ts'

/** Steps of a descent that a page takes while one looks at it. */
const mostSteps = 1_000_000
/** Where there is no horizon to be converted. */
const usual = { time: 100, steps: 10_000 }

/** The step size that a spec has, or its entry's default. */
export function stepSizeOf(spec: Json | undefined): number | undefined {
  const entry = dynamics.entries.find(({ kind }) => kind === kindOf(spec))
  const read = entry?.schema.safeParse(spec)
  const stepSize: unknown = read?.data?.stepSize
  return typeof stepSize === 'number' ? stepSize : undefined
}

/**
 * The config, whose dynamics were exchanged for some with the clock `to`, with a horizon on that clock: `steps` steps of size η are the
 * flow time η·`steps`. `before` are the dynamics there were.
 */
export function withHorizonFor(config: JsonObject, before: Json | undefined, to: Clock): Changed {
  const from: Clock = to === 'time' ? 'steps' : 'time'
  const until = isObject(config.until) ? config.until : {}
  const { [from]: old, ...limits } = until
  if (old === undefined && limits[to] !== undefined) return { config }
  const stepSize = stepSizeOf(to === 'steps' ? config.dynamics : before)
  const converted = typeof old === 'number' && old > 0 && stepSize !== undefined
  const reach = converted ? reachOf(old, stepSize, to) : usual[to]
  const changed = withFewerSamples({ ...config, until: { ...limits, [to]: reach } })
  return converted ? { config: changed, note: noteOf(old, stepSize, to, reach) } : { config: changed }
}

function reachOf(old: number, stepSize: number, to: Clock): number {
  if (to === 'steps') return Math.min(mostSteps, Math.max(1, Math.round(old / stepSize)))
  // The product of two decimals, without the digits that rounding adds.
  return Number((old * stepSize).toPrecision(12))
}

function noteOf(old: number, stepSize: number, to: Clock, reach: number): string {
  if (to === 'time') return `${old} steps of size ${stepSize} became the flow time ${reach}.`
  const less = reach === mostSteps && old / stepSize > mostSteps
  return less
    ? `The flow time ${old} would take ${Math.round(old / stepSize)} steps of size ${stepSize}; ${mostSteps} are taken.`
    : `The flow time ${old} became ${reach} steps of size ${stepSize}.`
}

/** At most one sample a step. */
function withFewerSamples(config: JsonObject): JsonObject {
  const { steps } = config.until as JsonObject
  const samples = isObject(config.record) ? config.record.samples : undefined
  return typeof steps === 'number' && typeof samples === 'number' && samples > steps
    ? withValue(config, 'record.samples', steps)
    : config
}
