import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from 'linnet'
import { checkRunFolder, type RunFolder, runFilesIn } from './run-folder.ts'

/** `runs/figure-3/runs/<run>`: studies keep theirs one folder deeper. */
const DEEPEST = 3
/** Each is read and checked before the page opens. */
const MOST = 500

/**
 * The runs in the folders given: each a run itself or a folder that holds some. A folder given by name has to be a whole run;
 * of those found inside others, the broken ones are told of and left out. Throws an `InputError` for a folder that is
 * missing, no run and without runs, or broken, and for more than 500 runs.
 */
export async function findRuns(
  folders: readonly string[],
  tell: (line: string) => void,
): Promise<RunFolder[]> {
  const found = new Map<string, RunFolder>()
  for (const folder of folders) {
    if (!(await stat(folder)).isDirectory())
      throw new InputError(`${folder} is a file; give the folder of a run, or one that holds such folders`)
    const runs =
      (await runFilesIn(folder)).length > 0 ? [await checkRunFolder(folder)] : await inside(folder, tell)
    for (const run of runs) found.set(run.path, run)
  }
  if (found.size > MOST)
    throw new InputError(
      `these folders hold ${found.size} runs, and a page lists up to ${MOST}; name those that matter`,
    )
  return [...found.values()]
}

async function inside(folder: string, tell: (line: string) => void): Promise<RunFolder[]> {
  const runs: RunFolder[] = []
  let broken = 0
  for (const path of await runFoldersIn(folder, DEEPEST)) {
    try {
      runs.push(await checkRunFolder(path))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      broken++
      tell(`left out: ${error.message}`)
    }
  }
  if (runs.length > 0) return runs
  throw new InputError(
    broken > 0
      ? `${folder} holds no whole run; run a config first: \`linnet run config.json\``
      : `${folder} is no run and holds none: no folder in it has a config.json and a trajectory.csv; give a folder that \`linnet run\` or \`linnet reproduce\` wrote`,
  )
}

/** The folders below one that hold a config and what came of it, in the order of their names; links are not followed. */
async function runFoldersIn(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const below = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name))
  const found: string[] = []
  for (const path of below.sort()) {
    const files = await runFilesIn(path)
    if (files.includes('config.json') && files.includes('trajectory.csv')) found.push(path)
    else if (depth > 1) found.push(...(await runFoldersIn(path, depth - 1)))
  }
  return found
}
