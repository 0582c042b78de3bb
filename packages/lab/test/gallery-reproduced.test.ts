import { figure3, type StudyRun } from '@linnet/studies'
import { type Config, loadEngine, parseConfig, simulate, theory } from 'linnet'
import { describe, expect, test } from 'vitest'
import { runId } from '../src/experiment/plan.ts'
import { compared, studyRuns } from '../src/gallery/reproduced.ts'
import { LiveRun } from '../src/running/live-run.ts'
import type { StagedRun } from '../src/store/store.ts'

const engine = await loadEngine('strict')
const [shallow] = figure3.plan({ quick: true })

async function staged(given: Config): Promise<StagedRun> {
  const config = parseConfig(given)
  const run = await simulate(config, { engine })
  const id = runId(config, 'strict')
  const live = LiveRun.saved({ ...run, config, id, engine: 'strict', certificates: theory.certify(run) })
  return {
    planned: { id, lane: 0, label: 'a', repetition: 0, config, engine: 'strict' },
    live,
    pinned: false,
  }
}

describe('published numbers beside those of the lab', async () => {
  const done = await staged({ ...shallow!.config, title: 'a name of my own' })

  test('a run that the study asks for is known, whatever it is called', () => {
    expect(studyRuns(figure3, [done]).map(({ id }) => id)).toEqual([shallow!.id])
  })

  test('what it gives stands beside what was published and what theory says', () => {
    const rows = new Map(
      compared(figure3, studyRuns(figure3, [done]), engine).rows.map((row) => [row.id, row]),
    )
    const constant = rows.get('timeConstant1')!.reproduced[0]!
    expect(constant.predicted!.median).toBe(10_000)
    expect(constant.measured.median / 10_000).toBeCloseTo(1, 2)
    const asymptote = rows.get('asymptote1')!
    expect(asymptote.published!.value).toBe(12.3)
    expect(asymptote.reproduced[0]!.ratio).toBeCloseTo(1, 0)
    expect(rows.get('escape3Mode1')!.reproduced).toEqual([])
  })

  test('a run that was changed, or has not ended, is none of the study', async () => {
    const changed = await staged({ ...shallow!.config, until: { time: 1 } })
    const waiting = { ...done, live: new LiveRun({ id: 'b', config: done.live.config, engine: 'strict' }) }
    expect(studyRuns(figure3, [changed, waiting])).toEqual([])
  })

  test('before anything has ended the published numbers are there', () => {
    const { rows } = compared(figure3, [], engine)
    expect(rows.length).toBe(figure3.quantities.filter(({ published }) => published).length)
  })
})

describe('a study that measures weights along the way', () => {
  const study = {
    ...figure3,
    measure: (runs: readonly StudyRun[]) =>
      runs.flatMap(({ record }) => record.snapshots.slice(0, 0).map(() => [] as never)),
  }

  test('has them where the page keeps them', async () => {
    const done = await staged(shallow!.config)
    done.live.snapshots = []
    expect(compared(study, studyRuns(study, [done]), engine).fault).toBeUndefined()
  })

  test('is told in a sentence where it does not', async () => {
    const runs = studyRuns(study, [await staged(shallow!.config)])
    const { rows, fault } = compared(study, runs, engine)
    expect(fault).toContain('linnet reproduce')
    expect(rows.every(({ reproduced }) => reproduced.length === 0)).toBe(true)
    expect(compared(figure3, runs, engine).fault).toBeUndefined()
  })
})
