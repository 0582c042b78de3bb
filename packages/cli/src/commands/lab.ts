import { once } from 'node:events'
import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { onInterrupt } from '../interrupt.ts'
import { findRuns } from '../lab/find-runs.ts'
import { pageFiles } from '../lab/page-files.ts'
import { type RunFolder, runFiles } from '../lab/run-folder.ts'
import { type ServedFiles, served } from '../lab/served.ts'
import { startServer } from '../lab/server.ts'
import { numberBetween } from '../options.ts'
import { toJson } from '../store.ts'

/** The lab with saved runs beside it: `/runs.json` lists them, `/runs/<place in the list>/` holds the files of each. */
async function withRuns(page: ServedFiles, runs: readonly RunFolder[]): Promise<ServedFiles> {
  const list = toJson(runs.map(({ path, title }) => ({ name: path, title })))
  const files = new Map(page).set('/runs.json', served('runs.json', Buffer.from(list)))
  for (const [i, { path }] of runs.entries())
    for (const name of runFiles)
      files.set(`/runs/${i}/${name}`, served(name, { file: await realpath(join(path, name)) }))
  return files
}

async function lab(folders: readonly string[], { port }: { port?: number }): Promise<void> {
  const signal = onInterrupt(() => {})
  const page = await pageFiles()
  const runs = await findRuns(folders, (line) => process.stderr.write(`linnet: ${line}\n`))
  const server = await startServer(await withRuns(page, runs), port)
  process.stdout.write(`The lab is at ${server.address} until Ctrl-C ends it.\n`)
  if (!signal.aborted) await once(signal, 'abort')
  await server.close()
  // A terminal has just written ^C.
  process.stdout.write(`${process.stdout.isTTY ? '\n' : ''}The lab at ${server.address} has ended.\n`)
}

export function addLab(program: Command): void {
  program
    .command('lab')
    .description('serve the lab to a browser on this machine, with saved runs beside the live ones')
    .argument('[run...]', 'folders that `linnet run` or `linnet reproduce` wrote, or that hold such folders')
    .option(
      '--port <number>',
      'port to serve on (default: 4173, or the next free one)',
      numberBetween(0, 65535, true),
    )
    .action(lab)
}
