import { z } from 'zod'
import type { AnyEntry, Registry, Spec } from './entry.ts'

/** What people may write where a spec is expected: the spec, or an entry itself for the spec without options. */
export type SpecInput =
  | Spec
  // Spelled out, with whatever parameters the kind has: those are checked when the config is parsed.
  | { readonly kind: string; readonly [parameter: string]: unknown }
  | ((() => Spec) & { readonly kind: string })

/**
 * The schema of a spec of any entry of a family, for the fields of a config and for specs inside specs. Parsing fills in the
 * defaults of the entry; JSON Schema export works (`z.toJSONSchema(schema, { io: 'input' })`).
 *
 * ```ts
 * specOf(networks).parse(linear) // { kind: 'linear', depth: 2 }
 * specOf(networks).parse({ kind: 'linear', depth: 5 })
 * ```
 *
 * Reports a kind that the family does not have together with the kinds that it has.
 */
export function specOf<E extends AnyEntry<object>>(family: Registry<E>): z.ZodType<Spec, SpecInput> {
  const schemas = family.entries.map((one) => one.schema)
  const [first, ...rest] = schemas
  if (!first) throw new Error(`the family ${family.family} has no entries`)
  const union = z.discriminatedUnion('kind', [first, ...rest] as never, {
    error: (issue) => unknownKind(family, issue.input),
  })
  return z.preprocess(specIfEntry, union) as unknown as z.ZodType<Spec, SpecInput>
}

function specIfEntry(given: unknown): unknown {
  return typeof given === 'function' && 'kind' in given ? { kind: given.kind } : given
}

function unknownKind(family: Registry<AnyEntry<object>>, given: unknown): string {
  const known = family.entries.map((one) => one.kind).join(', ')
  if (typeof given !== 'object' || given === null || !('kind' in given))
    return `expected a ${family.family} such as { "kind": "${family.entries[0]!.kind}" }; known kinds: ${known}`
  return `there is no ${family.family} ${JSON.stringify(given.kind)}; known: ${known}`
}
