import { changeKind } from './change-kind.ts'
import type { Experiment } from './experiment.ts'
import { type Field, isWithin, stepsOf } from './field.ts'
import { fixLanes } from './lanes.ts'
import type { Known } from './new-spec.ts'
import { laneConfig } from './plan.ts'

/**
 * The experiment with another kind of entry at a field, as seen from a lane: where the lane has that part to itself it changes there,
 * else in all lanes, and what lanes changed inside the part that is no more falls away. The note says what else changed.
 */
export function withKind(
  experiment: Experiment,
  lane: number,
  field: Field,
  kind: string,
  known: Known = {},
): { readonly experiment: Experiment; readonly note?: string } {
  const own = Object.keys(experiment.lanes[lane]?.changes ?? {})
  if (!own.some((outer) => isWithin(field, outer))) {
    const { config, ...said } = changeKind(experiment.config, field, kind, known)
    return { experiment: fixLanes({ ...experiment, config }), ...said }
  }
  const before = laneConfig(experiment, lane)
  const { config: after, ...said } = changeKind(before, field, kind, known)
  const parts = Object.keys(after).filter((part) => after[part] !== before[part])
  const lanes = experiment.lanes.map((one, i) => {
    if (i !== lane) return one
    const others = Object.entries(one.changes).filter(
      ([changed]) => !parts.includes(String(stepsOf(changed)[0])),
    )
    return {
      ...one,
      changes: Object.fromEntries([...others, ...parts.map((part) => [part, after[part]!] as const)]),
    }
  })
  return { experiment: { ...experiment, lanes }, ...said }
}
