import type { Comparison } from '@linnet/studies'
import { planOf, runId } from '../experiment/plan.ts'
import type { StagedRun } from '../store/store.ts'
import type { Preset } from './preset.ts'

/** Published numbers of a preset that is no study, beside those of its runs on the stage. */
export interface PresetNumbers {
  readonly rows: Comparison['rows']
  /** Runs of the preset that have not ended, or were changed. */
  readonly missing: number
  readonly ended: number
}

/** Reads signals. A lane that was changed gives no number. */
export function presetNumbers(preset: Preset, staged: readonly StagedRun[]): PresetNumbers {
  const planned = planOf(preset.state().experiment).runs
  const found = new Map(
    planned.flatMap((one) => {
      const run = staged.find(({ live }) => runId(live.config, live.engine) === one.id)
      const trajectory = run?.live.status.value.kind === 'ended' ? run.live.measured.value : undefined
      return trajectory ? [[one.label, trajectory] as const] : []
    }),
  )
  const rows = (preset.published?.numbers ?? []).map(({ lane, read, published, ...quantity }) => {
    const trajectory = found.get(lane)
    const value = trajectory ? read(trajectory) : Number.NaN
    const measured = { reached: 1, seeds: 1, median: value, least: value, greatest: value }
    const reproduced = Number.isFinite(value)
      ? [{ form: 'descent' as const, measured, ratio: value / published.value }]
      : []
    return { ...quantity, published, group: sentenceCase(lane), reproduced }
  })
  return { rows, missing: planned.length - found.size, ended: found.size }
}

function sentenceCase(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
