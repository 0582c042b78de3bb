import { join } from 'node:path'
import { drawFigure, type Figure, type Report, renderReport } from '@linnet/studies'
import { Window } from 'happy-dom'
import {
  type Config,
  canonicalJson,
  configHash,
  type EngineName,
  trajectoryCsv,
  trajectoryParquet,
  weightsToSafetensors,
} from 'linnet'
import type { Outcome } from './execute/job.ts'
import { writeWhole } from './files.ts'

/** Characters of the hash that name a folder: 48 bits, so that a million runs meet with probability 2e-3. */
const HASH_LENGTH = 12

/** The folder name of a run: the beginning of the hash of its config. */
export function runName(config: Config): string {
  return configHash(config).slice(0, HASH_LENGTH)
}

/** JSON that keeps what JSON has no word for: not-a-number and infinities as strings. */
export function toJson(value: unknown): string {
  const replace = (_key: string, one: unknown) => {
    if (typeof one === 'number' && !Number.isFinite(one)) return String(one)
    if (ArrayBuffer.isView(one)) return Array.from(one as Float64Array)
    return one
  }
  return `${JSON.stringify(value, replace, 2)}\n`
}

/** A document to draw in; nothing is loaded or run in it. */
export function makeDocument(): Document {
  return new Window({ settings: { disableJavaScriptEvaluation: true } }).document as unknown as Document
}

/** Draws a figure as a standalone SVG file in `folder`/figures. */
export async function writeFigure(folder: string, figure: Figure): Promise<string> {
  const path = join(folder, 'figures', `${figure.id}.svg`)
  await writeWhole(path, drawFigure(figure, makeDocument()))
  return path
}

export async function writeReport(folder: string, report: Report): Promise<string> {
  const path = join(folder, 'report.html')
  await writeWhole(path, renderReport(report, makeDocument()))
  return path
}

/** Everything of one run but its report; returns the paths written. */
export async function writeRun(
  folder: string,
  { record, certificates }: Outcome,
  engine: EngineName,
): Promise<string[]> {
  const { config, trajectory, stopped, accounts } = record
  const hash = configHash(config)
  // CSV has names alone: what the columns are stands here.
  const columns = trajectory.columns.map(({ name, symbol, help }) => ({ name, symbol, help }))
  const files: [string, string | Uint8Array][] = [
    ['config.json', `${canonicalJson(config)}\n`],
    [
      'trajectory.parquet',
      trajectoryParquet(trajectory, { config: canonicalJson(config), configHash: hash }),
    ],
    ['trajectory.csv', trajectoryCsv(trajectory)],
    ['weights.safetensors', weightsToSafetensors(record.weights, { configHash: hash })],
    ['certificates.json', toJson(certificates)],
    ['outcome.json', toJson({ engine, stopped, accounts, columns })],
  ]
  for (const [name, content] of files) await writeWhole(join(folder, name), content)
  return files.map(([name]) => join(folder, name))
}
