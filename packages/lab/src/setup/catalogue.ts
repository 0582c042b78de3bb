import {
  type About,
  configSchema,
  dynamics,
  inits,
  integrators,
  losses,
  matrices,
  networks,
  probes,
  type Registry,
} from 'linnet'
import type { Node } from './schema.ts'

/** Everything that controls are made of: the schema of configs, and what people read about the entries it chooses from. */
export interface Catalogue {
  readonly schema: Node
  readonly families: readonly Registry<About>[]
}

/** What this version of the library offers. */
export const catalogue: Catalogue = {
  schema: configSchema() as Node,
  families: [losses, networks, inits, dynamics, probes, matrices, integrators],
}

/** The family that has exactly these kinds: the schema speaks of kinds, the registries of their symbols and sources. */
export function familyOf({ families }: Catalogue, kinds: readonly string[]): Registry<About> | undefined {
  const asked = new Set(kinds)
  return families.find(
    ({ entries }) => entries.length === asked.size && entries.every(({ kind }) => asked.has(kind)),
  )
}

/** The family that a parameter is named after: some parameters choose an entry by its kind alone, beside words of their own. */
export function familyNamed({ families }: Catalogue, name: string): Registry<About> | undefined {
  return families.find(({ family }) => family === name)
}
