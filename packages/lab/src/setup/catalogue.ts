import { type About, configSchema, integrators, type Registry } from 'linnet'
import { specFamilies } from '../experiment/families.ts'
import type { Node } from '../experiment/schema.ts'

/** Everything that controls are made of: the schema of configs, and what people read about the entries it chooses from. */
export interface Catalogue {
  readonly schema: Node
  readonly families: readonly Registry<About>[]
}

/** What this version of the library offers. */
export const catalogue: Catalogue = {
  schema: configSchema() as Node,
  families: [...specFamilies, integrators],
}

/** The family that a parameter is named after: some parameters choose an entry by its kind alone, beside words of their own. */
export function familyNamed({ families }: Catalogue, name: string): Registry<About> | undefined {
  return families.find(({ family }) => family === name)
}
