import { type Comparison, compare } from './comparison.ts'
import type { Figure } from './figure/figure.ts'
import type { CertifiedRun } from './report/report.ts'
import type { Arithmetic, Measurement, Study, StudyRun } from './study.ts'

/** What the finished runs of a study come to. */
export interface StudyResult {
  readonly measurements: readonly Measurement[]
  readonly comparison: Comparison
  readonly figure: Figure
  readonly certificates: readonly CertifiedRun[]
}

/** Pure: measures, compares and draws finished runs, in whatever order and wherever they were computed. Some may be missing. */
export function assemble(study: Study, runs: readonly StudyRun[], arithmetic: Arithmetic): StudyResult {
  const measurements = study.measure(runs, arithmetic)
  return {
    measurements,
    comparison: compare(study, measurements),
    figure: study.figure(runs, measurements),
    certificates: runs.map(({ label, certificates }) => ({ label, certificates })),
  }
}
