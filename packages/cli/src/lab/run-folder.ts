import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError, parseConfigText, readTrajectoryCsv, weightsFromSafetensors } from 'linnet'
import { readBytes } from '../files.ts'

/** A run that `linnet run` or `linnet reproduce` wrote. */
export interface RunFolder {
  readonly path: string
  /** Of its config; else the path. */
  readonly title: string
}

/** Throws where bytes are not what a file of this name holds; returns the title where it tells one. */
type Check = (bytes: Uint8Array, path: string) => string | undefined

const checks: Readonly<Record<string, Check>> = {
  'config.json': (bytes, path) => parseConfigText(bytes, path).title,
  'trajectory.csv': (bytes, path) => void readTrajectoryCsv(bytes, path),
  'certificates.json': (bytes, path) => expectJson(bytes, path, 'a list', Array.isArray),
  'outcome.json': (bytes, path) => expectJson(bytes, path, 'an object with "stopped"', isOutcome),
  'weights.safetensors': (bytes) => void weightsFromSafetensors(bytes),
}

/** What of a run folder is looked at. */
export const runFiles = Object.keys(checks)

function isOutcome(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'stopped' in value
}

function expectJson(
  bytes: Uint8Array,
  path: string,
  expected: string,
  is: (value: unknown) => boolean,
): undefined {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new InputError(`${path} is not whole JSON; run the config of this folder again`)
  }
  if (!is(value)) throw new InputError(`${path} has to hold ${expected}; run the config of this folder again`)
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

/** The files of a run that stand in a folder; none: it is no run. */
export async function runFilesIn(folder: string): Promise<string[]> {
  const there = await Promise.all(runFiles.map((name) => isFile(join(folder, name))))
  return runFiles.filter((_, i) => there[i])
}

/** A run folder whose files are all there and whole. Throws an `InputError` naming the folder and the file at fault. */
export async function checkRunFolder(path: string): Promise<RunFolder> {
  let title: string | undefined
  for (const name of runFiles) {
    const file = join(path, name)
    if (!(await isFile(file)))
      throw new InputError(`${path} has no ${name}; give a folder that \`linnet run\` wrote to its end`)
    const told = wrapped(file, checks[name]!, await readBytes(file))
    title ??= told
  }
  return { path, title: title ?? path }
}

/** Every complaint begins with the file. */
function wrapped(path: string, check: Check, bytes: Uint8Array): string | undefined {
  try {
    return check(bytes, path)
  } catch (error) {
    if (!(error instanceof InputError) || error.message.startsWith(path)) throw error
    throw new InputError(`${path}: ${error.message}`)
  }
}
