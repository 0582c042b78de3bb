import { type Engine, type Frame, simulate, theory } from 'linnet'
import { assemble, type StudyResult } from './assemble.ts'
import type { PlannedRun, Study, StudyOptions, StudyRun } from './study.ts'

export interface RunStudyOptions extends StudyOptions {
  /** Its memory grows by every run. */
  readonly engine: Engine
  readonly signal?: { readonly aborted: boolean }
}

/** Where a study is: a frame of the run under way. */
export interface StudyFrame {
  readonly planned: PlannedRun
  /** Place of the run in the plan, from 0, and length of the plan. */
  readonly index: number
  readonly count: number
  readonly frame: Frame
}

/**
 * Runs a study from its plan to its result, one run after another, each certified when it ends; yields every frame of every
 * run. Faces that have threads execute `study.plan(…)` on them and call `assemble`. When the signal fires, the run under way
 * is dropped and the result is made of the runs that are complete.
 *
 *     for await (const { planned, frame } of runStudy(figure3, { engine, quick: true })) show(planned.label, frame.fraction)
 */
export async function* runStudy(
  study: Study,
  { engine, signal, ...options }: RunStudyOptions,
): AsyncGenerator<StudyFrame, StudyResult> {
  const plan = study.plan(options)
  const runs: StudyRun[] = []
  for (const [index, planned] of plan.entries()) {
    if (signal?.aborted) break
    const frames = simulate.stream(planned.config, { engine, ...(signal && { signal }) })
    let next = await frames.next()
    for (; !next.done; next = await frames.next())
      yield { planned, index, count: plan.length, frame: next.value }
    const run = next.value
    if (run.stopped.reason !== 'interrupted')
      runs.push({ ...planned, record: run, certificates: theory.certify(run) })
  }
  return assemble(study, runs, engine)
}
