import { join } from 'node:path'
import { completionFigure, methodsTable, type Table, tableText } from '@linnet/studies'
import { type Command, Option } from 'commander'
import {
  type Centre,
  type Completion,
  type CompletionFrame,
  complete,
  loadEngine,
  type ObservedTable,
  readTable,
  type TableOptions,
  toObserved,
  weightsToSafetensors,
  writeMatrixCsv,
} from 'linnet'
import { commandLine, environmentOf } from '../environment.ts'
import { exitCode } from '../exit.ts'
import { expectWritable, readBytes, writeWhole } from '../files.ts'
import { onInterrupt } from '../interrupt.ts'
import { type CommonOptions, numberBetween, withCommonOptions } from '../options.ts'
import { toJson, writeFigure, writeReport } from '../store.ts'
import { duration } from '../terminal/duration.ts'
import { makeProgress, type Progress } from '../terminal/progress.ts'
import { asSentence } from '../terminal/sentence.ts'

interface CompleteOptions extends CommonOptions {
  readonly matrix?: boolean
  readonly triplets?: boolean
  readonly depth: number
  readonly width?: number
  readonly centre: Centre
  readonly validation: number
  readonly test: number
  readonly patience: number
  readonly horizon: number
  readonly duplicates: 'refuse' | 'mean'
}

/** Lets signals and timers in, at most this often, in ms. */
const BREATHE_EVERY = 50

async function drive(
  stream: AsyncGenerator<CompletionFrame, Completion>,
  progress: Progress,
): Promise<Completion> {
  let breathedAt = performance.now()
  for (;;) {
    const { done, value } = await stream.next()
    if (done) return value
    const { time, training, validation, gradientEvaluations } = value
    const label = 'deep factorisation'
    const now = `time ${time.toPrecision(3)}, training error ${training.toPrecision(3)}, validation ${validation.toPrecision(3)}`
    progress.update({ label, now, work: gradientEvaluations, unit: 'gradients' })
    if (performance.now() - breathedAt < BREATHE_EVERY) continue
    await new Promise((resolve) => setImmediate(resolve))
    breathedAt = performance.now()
  }
}

function tables(result: Completion): Table[] {
  return [methodsTable(result)]
}

async function writeAll(
  folder: string,
  path: string,
  result: Completion,
  table: ObservedTable,
  options: CompleteOptions,
  seconds: number,
) {
  const title = `Completing ${path.split(/[\\/]/).at(-1)}`
  const figure = completionFigure(result, title)
  const { sizes, stopped, notes } = result
  const lead = `${sizes.training} entries to learn from, ${sizes.validation} to choose when to stop, ${sizes.test} to report the error on, ${sizes.missing} missing. ${asSentence(stopped.message)}`
  await writeWhole(join(folder, 'completed.csv'), writeMatrixCsv(result.completed, table))
  await writeWhole(join(folder, 'model.csv'), writeMatrixCsv(result.model, table))
  await writeWhole(
    join(folder, 'weights.safetensors'),
    weightsToSafetensors(result.weights, { unit: String(result.unit) }),
  )
  const { curve, chosen, methods, singularValues } = result
  await writeWhole(
    join(folder, 'result.json'),
    toJson({ sizes, stopped, chosen, methods, notes, singularValues, curve }),
  )
  await writeFigure(folder, figure)
  await writeReport(folder, {
    title,
    lead,
    figures: [figure],
    tables: tables(result),
    certificates: [],
    configs: [{ label: 'Options', config: { ...options, out: undefined } }],
    environment: environmentOf(options.engine, [options.seed ?? 0], { 'wall time': duration(seconds) }),
    command: commandLine(),
  })
}

async function run(path: string, options: CompleteOptions): Promise<void> {
  const progress = makeProgress()
  const signal = onInterrupt(progress.say)
  const folder = options.out ?? join('runs', 'complete')
  await expectWritable(folder)
  const shape = options.matrix ? ('matrix' as const) : options.triplets ? ('triplets' as const) : undefined
  const { duplicates } = options
  const reading: TableOptions = { name: path, duplicates, ...(shape && { as: shape }) }
  const table = toObserved(readTable(await readBytes(path), reading))
  const engine = await loadEngine(options.engine)
  const began = performance.now()
  for (const note of table.notes) progress.say(`note: ${note}`)
  const { seed = 0, depth, width, centre, validation, test, patience, horizon } = options
  const result = await drive(
    complete(engine, table, {
      seed,
      depth,
      centre,
      validation,
      test,
      patience,
      horizon,
      signal,
      ...(width && { width }),
    }),
    progress,
  )
  progress.end()
  const seconds = (performance.now() - began) / 1000
  await writeAll(folder, path, result, table, options, seconds)
  if (result.stopped.reason === 'interrupted') process.exitCode = exitCode.interrupted
  if (['diverged', 'stalled'].includes(result.stopped.reason)) process.exitCode = exitCode.violated
  if (options.json) {
    const { sizes, stopped, chosen, methods, notes } = result
    return void process.stdout.write(toJson({ folder, seconds, sizes, stopped, chosen, methods, notes }))
  }
  const notes = result.notes.map((note) => `note: ${note}\n`).join('')
  process.stdout.write(
    `${tables(result).map(tableText).join('\n')}\n${result.stopped.message}\n${notes}completed matrix: ${join(folder, 'completed.csv')}\nreport: ${join(folder, 'report.html')}\n${duration(seconds)}\n`,
  )
}

export function addComplete(program: Command): void {
  withCommonOptions(
    program
      .command('complete')
      .description(
        'complete a real matrix by deep factorisation, without being told a rank, beside simple baselines',
      )
      .argument(
        '<table>',
        'triplets (row,column,value; also tab-separated as in MovieLens) or a matrix with empty cells',
      )
      .addOption(new Option('--matrix', 'read the file as a matrix').conflicts('triplets'))
      .option('--triplets', 'read the file as triplets')
      .option('--depth <layers>', 'number of layers', numberBetween(1, 20, true), 3)
      .option(
        '--width <units>',
        'width of the hidden layers (default: min(rows, columns, 100))',
        numberBetween(1, 1e5, true),
      )
      .addOption(
        new Option('--centre <what>', 'means subtracted before learning')
          .choices(['columns', 'rows', 'global', 'none'])
          .default('columns'),
      )
      .option(
        '--validation <fraction>',
        'part held out to choose when to stop',
        numberBetween(0.01, 0.45),
        0.1,
      )
      .option('--test <fraction>', 'part held out to report the error on', numberBetween(0, 0.45), 0.1)
      .option(
        '--patience <factor>',
        'growth of the flow time without improvement after which to stop',
        numberBetween(1.1, 1e6),
        3,
      )
      .option('--horizon <time>', 'most flow time', numberBetween(1, 1e12), 1e6)
      .addOption(
        new Option('--duplicates <what>', 'a cell given twice with different values')
          .choices(['refuse', 'mean'])
          .default('refuse'),
      ),
    'runs/complete',
  ).action(run)
}
