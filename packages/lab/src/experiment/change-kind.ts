import { type AnyEntry, dynamics } from 'linnet'
import { knownForBatches, warningOfBatches } from './batch-steps.ts'
import type { Changed } from './changed.ts'
import { type Field, valueAt, withValue } from './field.ts'
import { withHorizonFor } from './horizon.ts'
import { isObject, type JsonObject } from './json.ts'
import { type Known, kindOf, shapeOf, specLike, withMatrixOfOtherShape } from './new-spec.ts'
import { familyAt } from './place-in-schema.ts'
import { withFactorFor } from './same-factor.ts'

/**
 * The config with another kind of entry at `field`: a loss, an init, a matrix in a loss, a probe. What both kinds have stays, but for
 * factors that mean something else; what the new one must be given comes from `known` or the examples of the library; another clock
 * gets its horizon converted. As it was where no kind can be chosen, or not this one.
 */
export function changeKind(config: JsonObject, field: Field, kind: string, known: Known = {}): Changed {
  const before = valueAt(config, field)
  const entries = familyAt(config, field)?.entries ?? []
  const entry = entries.find((one) => one.kind === kind)
  if (!entry || kindOf(before) === kind) return { config }
  const old = isObject(before) ? before : {}
  if (field === 'dynamics') return changeDynamics(config, entry, old, known)
  const former = entryAt(config, field)
  const { spec, replaced } = specLike(entry, withFactorFor(entry, former, old), known)
  const exchanged = withValue(config, field, spec)
  const fitted = haveSameShape(old, spec) ? exchanged : withOuterFitted(exchanged, field)
  return replaced
    ? { config: fitted, note: `${entry.title}: an example takes the place of the data there were.` }
    : { config: fitted }
}

function changeDynamics(
  config: JsonObject,
  entry: AnyEntry<object>,
  before: JsonObject,
  known: Known,
): Changed {
  const drawing = { spec: specLike(entry, before, known).spec, loss: entryAt(config, 'loss'), known }
  const { spec } = specLike(entry, before, withEnoughSteps(knownForBatches(drawing), config))
  const changed = withHorizonFor({ ...config, dynamics: spec }, before, dynamics.get(entry.kind).clock)
  const warning = warningOfBatches(before, { ...drawing, spec })
  return warning === undefined ? changed : { ...changed, note: warning }
}

/** What is known, with a step size that takes two hundred steps at least to the flow time of the config: on a plateau any is stable. */
function withEnoughSteps(known: Known, { until }: JsonObject): Known {
  const time = isObject(until) ? until.time : undefined
  const { stepSize } = known
  return typeof time === 'number' && typeof stepSize === 'number'
    ? { ...known, stepSize: Math.min(stepSize, time / 200) }
    : known
}

/** The entry whose spec stands at a field. */
function entryAt(config: JsonObject, field: Field): AnyEntry<object> | undefined {
  const kind = kindOf(valueAt(config, field))
  return familyAt(config, field)?.entries.find((one) => one.kind === kind)
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
  const entry = entryAt(config, outer)
  return entry && isObject(spec)
    ? withValue(config, outer, withMatrixOfOtherShape(entry, spec, name))
    : config
}
