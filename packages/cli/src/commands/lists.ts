import { studies } from '@linnet/studies'
import type { Command } from 'commander'
import { configSchema, engines } from 'linnet'
import { toJson } from '../store.ts'

const print = (text: string): void => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)

export function addStudies(program: Command): void {
  program
    .command('studies')
    .description('list the studies that `linnet reproduce` knows')
    .option('--json', 'print one JSON object instead of text')
    .action(({ json }: { json?: boolean }) => {
      const list = studies.entries.map(({ kind, title, help, source, claim }) => ({
        id: kind,
        title,
        help,
        source,
        claim,
      }))
      if (json) return print(toJson(list))
      return print(
        list.map(({ id, title, claim, source }) => `${id}  ${title}\n  ${claim}\n  ${source}\n`).join('\n'),
      )
    })
}

export function addEngines(program: Command): void {
  program
    .command('engines')
    .description('list the engines and whether they work on this machine')
    .option('--json', 'print one JSON object instead of text')
    .action(async ({ json }: { json?: boolean }) => {
      const list = await engines()
      if (json) return print(toJson(list))
      return print(
        list
          .map(
            ({ name, description, available }) =>
              `${name.padEnd(7)} ${available === true ? 'available' : `unavailable: ${available}`}\n        ${description}`,
          )
          .join('\n'),
      )
    })
}

export function addSchema(program: Command): void {
  program
    .command('schema')
    .description('print the JSON Schema of configs, for editors and other programs')
    .option('--json', 'accepted for symmetry: the output is JSON anyway')
    .action(() => print(toJson(configSchema())))
}
