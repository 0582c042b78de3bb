import { join } from 'node:path'
import { certificatesText, runFigure } from '@linnet/studies'
import type { Command } from 'commander'
import { type Config, parseConfig, parseConfigText } from 'linnet'
import { commandLine, environmentOf } from '../environment.ts'
import type { Outcome } from '../execute/job.ts'
import { executeAll } from '../execute/pool.ts'
import { expectWritable, readBytes } from '../files.ts'
import { onInterrupt } from '../interrupt.ts'
import { type CommonOptions, withCommonOptions } from '../options.ts'
import { readResources } from '../resources.ts'
import { runName, toJson, writeFigure, writeReport, writeRun } from '../store.ts'
import { duration } from '../terminal/duration.ts'
import { familiesText } from '../terminal/families.ts'
import { makeProgress } from '../terminal/progress.ts'
import { asSentence } from '../terminal/sentence.ts'
import { exitCodeOf } from '../verdict.ts'

async function readConfig(path: string, seed: number | undefined): Promise<Config> {
  const config = parseConfigText(await readBytes(path), path)
  return seed === undefined ? config : parseConfig({ ...config, seed })
}

async function writeAll(folder: string, outcome: Outcome, options: CommonOptions): Promise<void> {
  const { record, certificates, seconds } = outcome
  const { config } = record
  const title = config.title ?? `Run ${runName(config)}`
  await writeRun(folder, outcome, options.engine)
  const figure = runFigure(record, title)
  await writeFigure(folder, figure)
  await writeReport(folder, {
    title,
    lead: asSentence(record.stopped.message),
    figures: [figure],
    certificates: [{ label: title, certificates }],
    configs: [{ label: title, config }],
    environment: environmentOf(options.engine, [config.seed], { 'wall time': duration(seconds) }),
    command: commandLine(),
  })
}

async function run(path: string, options: CommonOptions): Promise<void> {
  const config = await readConfig(path, options.seed)
  const files = await readResources(config, path)
  const folder = options.out ?? join('runs', runName(config))
  await expectWritable(folder)
  const progress = makeProgress()
  const signal = onInterrupt(progress.say)
  const job = { label: config.title ?? path, config, engine: options.engine, files, certify: true }
  const outcomes = await executeAll([job], {
    signal,
    onFrame: (_job, { fraction, accounts }) =>
      progress.update({ label: job.label, fraction, work: accounts.gradientEvaluations, unit: 'gradients' }),
  })
  progress.end()
  const [outcome] = outcomes
  process.exitCode = exitCodeOf(outcomes)
  if (!outcome) return progress.say('interrupted before the run began: nothing was written')
  await writeAll(folder, outcome, options)
  const { record, certificates, seconds } = outcome
  if (options.json)
    process.stdout.write(
      toJson({ folder, stopped: record.stopped, accounts: record.accounts, seconds, certificates }),
    )
  else
    process.stdout.write(
      `${record.stopped.message} (${duration(seconds)})\n\n${certificatesText([{ label: job.label, certificates }])}\nreport: ${join(folder, 'report.html')}\n`,
    )
}

export function addRun(program: Command): void {
  withCommonOptions(
    program
      .command('run')
      .description('simulate a config, check the theorems on it, write data, figure and report')
      .argument('<config.json>', 'the config; `linnet schema` prints its JSON Schema'),
    'runs/<hash of the config>',
  )
    .addHelpText('after', () => `\nWhat a config can name:\n\n${familiesText()}`)
    .action(run)
}
