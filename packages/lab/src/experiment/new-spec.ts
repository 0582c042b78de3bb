import type { AnyEntry } from 'linnet'
import { isObject, type Json, type JsonObject } from './json.ts'

/** Values for parameters by name that come from elsewhere, a run for example; they go before the examples of the library. */
export type Known = Readonly<Record<string, Json>>

type Parameter = AnyEntry<object>['schema']['shape'][string] & {
  safeParse(value: unknown): { readonly success: boolean }
  meta(): { readonly examples?: readonly unknown[]; readonly instead?: readonly string[] } | undefined
}

/** What a loss recovers, under either name. */
const recovered = ['truth', 'target'] as const

/**
 * A spec of an entry, as near to the spec `before` as it goes: parameters that both have stay where they are valid, the matrix to be
 * recovered stays that matrix, and what must be given and is not comes from `known` or from the examples of the library.
 * `replaced` when data of `before` gave way to an example.
 */
export function specLike(
  entry: AnyEntry<object>,
  before: JsonObject,
  known: Known = {},
): { readonly spec: JsonObject; readonly replaced: boolean } {
  const parameters = parametersOf(entry)
  const old = withRecovered(entry, { ...shapeOf(before), ...before })
  const kept: Record<string, Json> = {}
  for (const [name, parameter] of parameters)
    if (Object.hasOwn(old, name) && parameter.safeParse(old[name]).success) kept[name] = old[name]!
  const first = fillIn(kept, parameters, known)
  const spec = (parts: JsonObject) => ({ kind: entry.kind, ...parts })
  if (!first.some((name) => typeof kept[name] === 'object')) return { spec: spec(kept), replaced: false }
  return {
    spec: spec(withFreshChoices(kept, parameters, first)),
    replaced: first.some((name) => !Object.hasOwn(known, name)),
  }
}

/** A spec in which the matrix `name` has another shape than before: what described the old one gives way to examples. */
export function withMatrixOfOtherShape(entry: AnyEntry<object>, spec: JsonObject, name: string): JsonObject {
  return { ...spec, ...withFreshChoices(spec, parametersOf(entry), [name]), kind: entry.kind }
}

/** What has no default and is optional fitted the data there were, and is chosen anew; `stay` names what is new itself. */
function withFreshChoices(
  given: JsonObject,
  parameters: readonly (readonly [string, Parameter])[],
  stay: readonly string[],
): JsonObject {
  const kept: Record<string, Json> = {}
  for (const [name, parameter] of parameters)
    if (
      name in given &&
      (stay.includes(name) || name === 'seed' || !isOptional(parameter) || hasDefault(parameter))
    )
      kept[name] = given[name]!
  fillIn(kept, parameters, {})
  return kept
}

/** Fills in what must be given; names what it filled in. */
function fillIn(
  kept: Record<string, Json>,
  parameters: readonly (readonly [string, Parameter])[],
  known: Known,
): string[] {
  const filled: string[] = []
  for (const [name, parameter] of parameters) {
    if (name in kept || hasDefault(parameter)) continue
    const { examples = [], instead = [] } = parameter.meta() ?? {}
    const isChoice = !isOptional(parameter) || examples.length > 0 || instead.length > 0
    if (!isChoice || instead.some((other: string) => other in kept)) continue
    const candidates = [
      ...(Object.hasOwn(known, name) ? [known[name]!] : []),
      ...(examples as readonly Json[]),
    ]
    const value = candidates.find((candidate) => parameter.safeParse(candidate).success)
    if (value === undefined) continue
    kept[name] = value
    filled.push(name)
  }
  return filled
}

function parametersOf({ schema }: AnyEntry<object>): [string, Parameter][] {
  return Object.entries(schema.shape).filter(([name]) => name !== 'kind') as [string, Parameter][]
}

const isOptional = (parameter: Parameter) => parameter.safeParse(undefined).success

function hasDefault(parameter: Parameter): boolean {
  const read = parameter.safeParse(undefined) as { readonly success: boolean; readonly data?: unknown }
  return read.success && read.data !== undefined
}

function withRecovered({ schema }: AnyEntry<object>, before: JsonObject): JsonObject {
  const [from, to] = 'truth' in schema.shape ? [recovered[1], recovered[0]] : recovered
  const matrix = before[from]
  return matrix !== undefined && to in schema.shape && !(from in schema.shape) && before[to] === undefined
    ? { ...before, [to]: matrix }
    : before
}

/** Rows and columns of a matrix, as far as its spec tells. */
export function shapeOf({ data, rows, columns }: JsonObject): JsonObject {
  if (!Array.isArray(data) || data.length === 0)
    return { ...(rows !== undefined && { rows }), ...(columns !== undefined && { columns }) }
  const first: Json = data[0]!
  if (Array.isArray(first)) return { rows: data.length, columns: first.length }
  if (typeof rows === 'number') return { rows, columns: data.length / rows }
  return typeof columns === 'number' ? { rows: data.length / columns, columns } : {}
}

/** The kind of a spec, for sentences. */
export function kindOf(spec: Json | undefined): string | undefined {
  return isObject(spec) && typeof spec.kind === 'string' ? spec.kind : undefined
}
