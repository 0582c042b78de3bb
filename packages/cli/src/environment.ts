import { readFileSync } from 'node:fs'
import type { Environment } from '@linnet/studies'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string
}

export { version }

/** Who made a report: engine, seeds, versions. Nothing of the machine's name or its folders. */
export function environmentOf(
  engine: string,
  seeds: readonly number[],
  facts: Readonly<Record<string, string>> = {},
): Environment {
  return {
    engine,
    seeds,
    versions: { linnet: version, node: process.versions.node },
    facts: { platform: `${process.platform} ${process.arch}`, ...facts },
  }
}

/** What was typed, to be typed again; where to write and how to print are left to whoever repeats it. */
export function commandLine(typed: readonly string[] = process.argv.slice(2)): string {
  const kept = typed.filter((word, i) => !/^--(out|json)\b/.test(word) && typed[i - 1] !== '--out')
  return [
    'linnet',
    ...kept.map((word) => (/^[\w./:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)),
  ].join(' ')
}
