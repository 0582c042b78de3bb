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
