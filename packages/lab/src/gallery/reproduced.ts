import {
  type Arithmetic,
  assemble,
  type Comparison,
  type PlannedRun,
  type Study,
  type StudyRun,
} from '@linnet/studies'
import { InputError, parseConfig, type RunRecord } from 'linnet'
import { runId } from '../experiment/plan.ts'
import type { LiveRun } from '../running/live-run.ts'
import type { StagedRun } from '../store/store.ts'

/**
 * The runs on the stage that a study asks for, as far as they have ended. Reads signals. A study that measures the snapshots of a
 * run of which the page keeps none throws an `InputError`.
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
function record({
  config,
  status,
  measured,
  accounts,
  snapshots,
  weights = [],
}: LiveRun): RunRecord | undefined {
  if (status.value.kind !== 'ended' || !measured.value || !accounts.value) return undefined
  return {
    config,
    trajectory: measured.value,
    get snapshots() {
      if (snapshots) return snapshots
      throw new InputError(
        'What this study measures needs the weights along the way, and they are too large for a page, or the run is from a folder: `linnet reproduce` measures it.',
      )
    },
    weights,
    stopped: status.value.stopped,
    accounts: accounts.value,
  }
}

/**
 * Every quantity with a published number or a measured one, the measured ones from the runs that are there; `fault` is why nothing
 * could be measured, in a sentence.
 */
export function compared(
  study: Study,
  runs: readonly StudyRun[],
  arithmetic: Arithmetic,
): { readonly rows: Comparison['rows']; readonly fault?: string } {
  const { found, fault } = measuredIn(study, runs, arithmetic)
  const measured = new Map(found.map((row) => [row.id, row]))
  const rows = study.quantities
    .map((quantity) => measured.get(quantity.id) ?? { ...quantity, reproduced: [] })
    .filter(({ published, reproduced }) => published !== undefined || reproduced.length > 0)
  return fault === undefined ? { rows } : { rows, fault }
}

function measuredIn(study: Study, runs: readonly StudyRun[], arithmetic: Arithmetic) {
  try {
    return { found: assemble(study, runs, arithmetic).comparison.rows }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { found: [], fault: error.message }
  }
}
