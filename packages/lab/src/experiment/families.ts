import {
  type About,
  type AnyEntry,
  dynamics,
  inits,
  losses,
  matrices,
  networks,
  probes,
  type Registry,
} from 'linnet'

/** The families that specs in a config are chosen from. */
export const specFamilies: readonly Registry<AnyEntry<object>>[] = [
  losses,
  networks,
  inits,
  dynamics,
  probes,
  matrices,
]

/** The family that has exactly these kinds: the schema speaks of kinds, the registries of their symbols and sources. */
export function familyOfKinds<F extends Registry<About>>(
  families: readonly F[],
  kinds: readonly string[],
): F | undefined {
  const asked = new Set(kinds)
  return families.find(
    ({ entries }) => entries.length === asked.size && entries.every(({ kind }) => asked.has(kind)),
  )
}
