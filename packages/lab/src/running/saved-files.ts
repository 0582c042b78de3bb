import {
  engineNames,
  FileError,
  makeTrajectory,
  parseConfigText,
  readTrajectoryCsv,
  weightsFromSafetensors,
} from 'linnet'
import { z } from 'zod'
import type { SavedRun } from './live-run.ts'

/** The files of a run folder that the page reads, by name. */
export const savedFiles = [
  'config.json',
  'trajectory.csv',
  'certificates.json',
  'outcome.json',
  'weights.safetensors',
] as const

export type SavedFiles = Readonly<Record<(typeof savedFiles)[number], Uint8Array>>

/** JSON has no word for what is not a finite number: these stand for it. */
const number = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number)])

const certificates = z.array(
  z.object({
    statement: z.string(),
    title: z.string(),
    source: z.string(),
    verdict: z.enum(['holds', 'violated', 'does not apply']),
    assumptions: z.array(
      z.object({
        name: z.string(),
        holds: z.boolean(),
        measured: number,
        threshold: number,
        explanation: z.string(),
      }),
    ),
    residual: number,
    residualOf: z.string(),
    tolerance: number,
    toleranceBecause: z.string(),
    numbers: z.record(z.string(), number),
    worstAt: number,
    summary: z.string(),
  }),
)

const outcome = z.object({
  engine: z.enum(engineNames).default('strict'),
  stopped: z.object({
    reason: z.enum([
      'loss',
      'gradientNorm',
      'diverged',
      'stalled',
      'horizon',
      'interrupted',
      'validation',
      'fitted',
    ]),
    message: z.string(),
    position: number,
  }),
  accounts: z.object({
    gradientEvaluations: number,
    steps: number,
    rejectedSteps: number,
    localErrors: number,
    interpolationError: number.exactOptional(),
    stepSquares: z.array(number),
    spectralRadius: number.exactOptional(),
    largestSpectralRadius: number.exactOptional(),
    resolution: number.exactOptional(),
  }),
  columns: z.array(z.object({ name: z.string(), symbol: z.string(), help: z.string() })).default([]),
})

/**
 * A run from the files of its folder; `name` is what the folder is called in sentences. Throws an `InputError` that names the
 * file at fault.
 */
export function readSavedRun(id: string, name: string, files: SavedFiles): SavedRun {
  const path = (file: keyof SavedFiles) => `${name}/${file}`
  const { columns, engine, stopped, accounts } = parse(outcome, files['outcome.json'], path('outcome.json'))
  const bare = readTrajectoryCsv(files['trajectory.csv'], path('trajectory.csv'))
  const known = new Map(columns.map((column) => [column.name, column]))
  const described = bare.columns.map((column) => known.get(column.name) ?? column)
  const values = bare.columns.map((column) => bare.column(column.name))
  return {
    id,
    config: parseConfigText(files['config.json'], path('config.json')),
    engine,
    trajectory: makeTrajectory(bare.clock, bare.positions, described, values),
    stopped,
    accounts,
    certificates: parse(certificates, files['certificates.json'], path('certificates.json')),
    weights: weights(files['weights.safetensors'], path('weights.safetensors')),
  }
}

function parse<T>(schema: z.ZodType<T>, bytes: Uint8Array, path: string): T {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new FileError(`${path} is not whole JSON; run the config of this folder again`)
  }
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [fault] = read.error.issues
  throw new FileError(
    `${path}, ${fault!.path.join('.') || 'as a whole'}: ${fault!.message}; run the config of this folder again`,
  )
}

function weights(bytes: Uint8Array, path: string): SavedRun['weights'] {
  try {
    return weightsFromSafetensors(bytes)
  } catch (error) {
    throw error instanceof FileError ? new FileError(`${path}: ${error.message}`) : error
  }
}
