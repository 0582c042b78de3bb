import { join } from 'node:path'
import {
  assemble,
  certificatesText,
  comparisonText,
  type PlannedRun,
  type Study,
  type StudyResult,
  type StudyRun,
  studies,
} from '@linnet/studies'
import type { Command } from 'commander'
import { InputError, loadEngine } from 'linnet'
import { commandLine, environmentOf } from '../environment.ts'
import type { Outcome } from '../execute/job.ts'
import { executeAll } from '../execute/pool.ts'
import { expectWritable } from '../files.ts'
import { onInterrupt } from '../interrupt.ts'
import { type CommonOptions, withCommonOptions } from '../options.ts'
import { toJson, writeFigure, writeReport, writeRun } from '../store.ts'
import { duration } from '../terminal/duration.ts'
import { makeProgress, type Progress } from '../terminal/progress.ts'
import { exitCodeOf } from '../verdict.ts'

interface ReproduceOptions extends CommonOptions {
  readonly quick?: boolean
}

function findStudy(id: string): Study {
  const found = studies.entries.find(({ kind }) => kind === id)
  if (!found)
    throw new InputError(
      `there is no study "${id}"; known: ${studies.entries.map(({ kind }) => kind).join(', ')} (see \`linnet studies\`)`,
    )
  return found
}

/** Runs the plan, each run's files written as soon as it ends, so that an interruption keeps what was finished. */
async function executePlan(
  plan: readonly PlannedRun[],
  folder: string,
  options: ReproduceOptions,
  progress: Progress,
) {
  const signal = onInterrupt(progress.say)
  const fractions = plan.map(() => 0)
  const work = plan.map(() => 0)
  const writing: Promise<unknown>[] = []
  const done = (index: number, outcome: Outcome) => {
    fractions[index] = 1
    const cut = outcome.record.stopped.reason === 'interrupted' ? ' (interrupted)' : ''
    progress.say(
      `${plan[index]!.label}${cut}: ${duration(outcome.seconds)}, ${outcome.record.accounts.gradientEvaluations} gradients`,
    )
    writing.push(writeRun(join(folder, 'runs', plan[index]!.id), outcome, options.engine))
  }
  const jobs = plan.map(({ label, config }) => ({
    label,
    config,
    engine: options.engine,
    files: new Map(),
    certify: true,
  }))
  const outcomes = await executeAll(jobs, {
    signal,
    onFrame: (index, frame) => {
      fractions[index] = frame.fraction
      work[index] = frame.accounts.gradientEvaluations
      const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
      progress.update({
        label: 'all runs',
        now: plan[index]!.label,
        fraction: sum(fractions) / plan.length,
        work: sum(work),
        unit: 'gradients',
      })
    },
    onDone: done,
  })
  await Promise.all(writing)
  progress.end()
  return outcomes
}

async function write(
  folder: string,
  study: Study,
  runs: readonly StudyRun[],
  { comparison, figure, certificates }: StudyResult,
  facts: { seconds: number; command: string; engine: string },
) {
  const svg = await writeFigure(folder, figure)
  const html = await writeReport(folder, {
    title: study.title,
    lead: study.claim,
    figures: [figure],
    comparison,
    certificates,
    notes: study.notes,
    configs: runs.map(({ label, config }) => ({ label, config })),
    citation: study.citation,
    environment: environmentOf(facts.engine, comparison.seeds, { 'wall time': duration(facts.seconds) }),
    command: facts.command,
  })
  return { svg, html }
}

async function reproduce(id: string, options: ReproduceOptions): Promise<void> {
  const study = findStudy(id)
  const began = performance.now()
  const folder = options.out ?? join('runs', study.kind)
  await expectWritable(folder)
  const seeds = options.seed === undefined ? {} : { seeds: [options.seed] }
  const plan = study.plan({ quick: options.quick ?? false, ...seeds })
  const engine = await loadEngine(options.engine)
  const progress = makeProgress()
  const outcomes = await executePlan(plan, folder, options, progress)
  const runs = plan.flatMap((planned, i) => {
    const outcome = outcomes[i]
    return outcome && outcome.record.stopped.reason !== 'interrupted' ? [{ ...planned, ...outcome }] : []
  })
  process.exitCode = exitCodeOf(outcomes)
  if (runs.length === 0)
    return progress.say(
      `interrupted before a run was finished: no figure was drawn; what was begun is in ${join(folder, 'runs')}`,
    )
  const result = assemble(study, runs, engine)
  const { comparison, certificates } = result
  const seconds = (performance.now() - began) / 1000
  const command = commandLine()
  const paths = await write(folder, study, runs, result, { seconds, command, engine: options.engine })
  if (options.json)
    process.stdout.write(
      toJson({
        study: id,
        folder,
        seconds,
        runs: runs.length,
        of: plan.length,
        comparison,
        certificates,
      }),
    )
  else
    process.stdout.write(
      `\n${comparisonText(comparison)}\n${certificatesText(certificates)}\nfigure: ${paths.svg}\nreport: ${paths.html}\n${runs.length} of ${plan.length} runs in ${duration(seconds)}\n`,
    )
}

export function addReproduce(program: Command): void {
  withCommonOptions(
    program
      .command('reproduce')
      .description(
        'run a study: a figure of a paper, its published numbers beside ours, the theorems checked along the way',
      )
      .argument('<study>', studies.entries.map(({ kind }) => kind).join(', '))
      .option('--quick', 'the shortest form that still shows the phenomenon: gradient flow, one seed'),
    'runs/<study>',
  ).action(reproduce)
}
