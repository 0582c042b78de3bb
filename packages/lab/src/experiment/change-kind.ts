import { type AnyEntry, dynamics } from 'linnet'
import { type Field, valueAt, withValue } from './field.ts'
import { withHorizonFor } from './horizon.ts'
import { isObject, type JsonObject } from './json.ts'
import { type Known, kindOf, shapeOf, specLike, withMatrixOfOtherShape } from './new-spec.ts'
import { familyAt } from './place-in-schema.ts'
import { knownForBatches, withFactorFor } from './same-pace.ts'

/** A config in which something was exchanged, and what else that changed, in sentences. */
export interface Changed {
  readonly config: JsonObject
  readonly note?: string
}

/**
 * The config with another kind of entry at `field`: a loss, an init, a matrix in a loss, a probe. What both kinds have stays; what
 * the new one must be given comes from `known` or the examples of the library; it keeps the pace as far as factors and steps go; another clock gets its horizon converted. As it was
 * where no kind can be chosen, or not this one.
 */
export function changeKind(config: JsonObject, field: Field, kind: string, known: Known = {}): Changed {
  const before = valueAt(config, field)
  const entries = familyAt(config, field)?.entries ?? []
  const entry = entries.find((one) => one.kind === kind)
  if (!entry || kindOf(before) === kind) return { config }
  const old = isObject(before) ? before : {}
  const former = entries.find((one) => one.kind === kindOf(before))
  const { spec, replaced } = newSpec(entry, withFactorFor(entry, former, old), known)
  const exchanged = withValue(config, field, spec)
  if (field === 'dynamics') return withHorizonFor(exchanged, before, dynamics.get(kind).clock)
  const fitted = haveSameShape(old, spec) ? exchanged : withOuterFitted(exchanged, field)
  return replaced
    ? { config: fitted, note: `${entry.title}: an example takes the place of the data there were.` }
    : { config: fitted }
}

function newSpec(entry: AnyEntry<object>, old: JsonObject, known: Known) {
  const { spec } = specLike(entry, old, known)
  return specLike(entry, old, knownForBatches(known, spec))
}

function haveSameShape(a: JsonObject, b: JsonObject): boolean {
  const [before, after] = [shapeOf(a), shapeOf(b)]
  return before.rows === after.rows && before.columns === after.columns
}

/** Of a matrix inside another spec: what that says of the matrix is chosen anew. */
function withOuterFitted(config: JsonObject, field: Field): JsonObject {
  const [, outer, name] = /^(.*)\.([^.[\]]+)$/.exec(field) ?? []
  if (outer === undefined || name === undefined) return config
  const spec = valueAt(config, outer)
  const entry = familyAt(config, outer)?.entries.find(({ kind }) => kind === kindOf(spec))
  return entry && isObject(spec)
    ? withValue(config, outer, withMatrixOfOtherShape(entry, spec, name))
    : config
}
