import {
  type Arithmetic,
  assemble,
  type Comparison,
  type PlannedRun,
  type Study,
  type StudyRun,
} from '@linnet/studies'
import { parseConfig, type RunRecord } from 'linnet'
import { runId } from '../experiment/plan.ts'
import type { LiveRun } from '../running/live-run.ts'
import type { StagedRun } from '../store/store.ts'

/**
 * The runs on the stage that a study asks for, as far as they have ended. Reads signals. The lab keeps no snapshots on the page: studies
 * measure trajectories.
 */
export function studyRuns(study: Study, staged: readonly StagedRun[]): StudyRun[] {
  const seeds = [...new Set(staged.map(({ live }) => live.config.seed ?? 0))].sort((a, b) => a - b)
  const planned = study.plan({ seeds })
  return staged.flatMap(({ live }) => {
    const done = record(live)
    const asked = done && planned.find((one) => isRunOf(one, live))
    if (!done || !asked) return []
    const certificates = [...live.certificates.value.values()].map(({ certificate }) => certificate)
    return [{ ...asked, record: done, certificates }]
  })
}

/** The title of a config is for people: it changes nothing. */
function isRunOf({ config }: PlannedRun, live: LiveRun): boolean {
  const { title: _, ...mine } = live.config
  const { title: __, ...theirs } = parseConfig(config)
  return runId(mine, live.engine) === runId(theirs, live.engine)
}

/** What an ended run leaves behind. */
function record({ config, status, measured, accounts, weights = [] }: LiveRun): RunRecord | undefined {
  if (status.value.kind !== 'ended' || !measured.value || !accounts.value) return undefined
  return {
    config,
    trajectory: measured.value,
    snapshots: [],
    weights,
    stopped: status.value.stopped,
    accounts: accounts.value,
  }
}

/** Every quantity with a published number or a measured one, the measured ones from the runs that are there. */
export function compared(
  study: Study,
  runs: readonly StudyRun[],
  arithmetic: Arithmetic,
): Comparison['rows'] {
  const measured = new Map(assemble(study, runs, arithmetic).comparison.rows.map((row) => [row.id, row]))
  return study.quantities
    .map((quantity) => measured.get(quantity.id) ?? { ...quantity, reproduced: [] })
    .filter(({ published, reproduced }) => published !== undefined || reproduced.length > 0)
}
