import type { About, Registry } from 'linnet'
import { inWords } from '../elements/in-words.ts'
import { familyOfKinds } from '../experiment/families.ts'
import type { Field } from '../experiment/field.ts'
import { isObject, type Json } from '../experiment/json.ts'
import { entriesOf, isNumeric, type Node, suits } from '../experiment/schema.ts'
import { type Catalogue, familyNamed } from './catalogue.ts'
import type { Choice, Control, EitherControl, Range, SpecControl, SpecsControl } from './control.ts'
import { type Hints, startingSpec, startingValue } from './starting-value.ts'
import { type WordMeanings, wordMeanings } from './word-meanings.ts'

/** Where a value stands and what is there. */
interface Place {
  readonly field: Field
  readonly name: string
  readonly value: Json | undefined
  readonly required: boolean
}

/** What controls are made with. */
export interface Making {
  readonly catalogue: Catalogue
  readonly hints: Hints
}

/** The control of one value of a config, with all that are inside it. Follows the schema alone: what the schema gains, it gains. */
export function controlOf(node: Node, place: Place, making: Making): Control {
  const { field, name, value, required } = place
  const common = {
    field,
    name,
    label: inWords(name),
    ...(node.symbol !== undefined && { symbol: node.symbol }),
    help: node.description ?? '',
    required,
    ...(node.default !== undefined && { fallback: node.default as Json }),
    value,
    start: startingValue(node, making.hints, name),
  }
  const entries = entriesOf(node)
  if (entries) return { ...common, kind: 'spec', ...specParts(entries, place, making) }
  const forms = node.oneOf ?? node.anyOf
  if (forms) {
    if (forms.every(isRowsOrList)) return { ...common, kind: 'matrix' }
    return { ...common, kind: 'either', ...eitherParts(forms, place, making) }
  }
  if (node.const !== undefined) return { ...common, kind: 'word' }
  if (node.enum) {
    const { meanings, rest } = wordMeanings(common.help, node.enum.map(String))
    const choices = wordChoices(node.enum, familyNamed(making.catalogue, name), meanings)
    return { ...common, help: rest, kind: 'choice', choices }
  }
  switch (node.type) {
    case 'integer':
    case 'number':
      return { ...common, kind: node.type, range: rangeOf(node) }
    case 'boolean':
      return { ...common, kind: 'boolean' }
    case 'string':
      return { ...common, kind: 'text', isPath: node.format === 'path' }
    case 'object':
      if (node.properties) return { ...common, kind: 'group', controls: controlsIn(node, place, making) }
      break
    case 'array': {
      const { items } = node
      const listed = items && entriesOf(items)
      if (listed) return { ...common, kind: 'specs', ...specsParts(listed, place, making) }
      if (items && isNumeric(items))
        return { ...common, kind: 'numbers', whole: items.type === 'integer', range: rangeOf(items) }
      if (isRowsOrList(node)) return { ...common, kind: 'matrix' }
    }
  }
  return { ...common, kind: 'json' }
}

/** The controls of the parameters of an object, what must be given first. */
export function controlsIn(node: Node, { field, value }: Pick<Place, 'field' | 'value'>, making: Making) {
  const { properties = {}, required = [] } = node
  const inside = isObject(value) ? value : {}
  return Object.entries(properties).flatMap(([name, parameter]): Control[] => {
    if (name === 'kind') return []
    const place = {
      field: field === '' ? name : `${field}.${name}`,
      name,
      value: Object.hasOwn(inside, name) ? inside[name] : undefined,
      required: required.includes(name),
    }
    return [controlOf(parameter, place, making)]
  })
}

type Inside<C extends Control, K extends keyof C> = Pick<C, K>

function specParts(
  entries: ReadonlyMap<string, Node>,
  place: Place,
  making: Making,
): Inside<SpecControl, 'family' | 'choices' | 'controls' | 'current'> {
  const choices = entryChoices(entries, making.catalogue)
  const kind = isObject(place.value) ? place.value.kind : undefined
  const entry = typeof kind === 'string' ? entries.get(kind) : undefined
  const current = choices.find(({ value }) => value === kind)
  return {
    family: familyOfKinds(making.catalogue.families, [...entries.keys()])?.family ?? inWords(place.name),
    choices,
    controls: entry ? withOwnShape(controlsIn(entry, place, making), place) : [],
    ...(current && { current }),
  }
}

/** Symbols of the shape are those of W, d_n×d_0: inputs, targets and measurements inside a loss are matrices of other shapes. */
function withOwnShape(controls: readonly Control[], { field, name }: Place): readonly Control[] {
  if (!field.includes('.') || name === 'truth' || name === 'target') return controls
  return controls.map((control) => {
    if (control.name !== 'rows' && control.name !== 'columns') return control
    const { symbol: _, ...rest } = control
    return rest
  })
}

function specsParts(
  entries: ReadonlyMap<string, Node>,
  { field, value }: Place,
  making: Making,
): Inside<SpecsControl, 'family' | 'choices' | 'items' | 'added'> {
  const choice: Node = { oneOf: [...entries.values()] }
  const { family, choices } = specParts(
    entries,
    { field, name: '', value: undefined, required: true },
    making,
  )
  const given = Array.isArray(value) ? (value as readonly Json[]) : []
  return {
    family,
    choices,
    items: given.map((item, i) => {
      const place = { field: `${field}[${i}]`, name: family, value: item, required: true }
      return controlOf(choice, place, making) as SpecControl
    }),
    added: (kind) => startingSpec(entries.get(kind) ?? {}, making.hints),
  }
}

function eitherParts(
  forms: readonly Node[],
  place: Place,
  making: Making,
): Inside<EitherControl, 'forms' | 'current'> {
  const fitting = forms.findIndex((form) => suits(form, place.value))
  return {
    forms: forms.map((form) => ({
      title: titleOf(form),
      control: controlOf(form, { ...place, required: true }, making),
    })),
    // Nothing fits what is no value yet: the first form says what is wrong.
    current: fitting < 0 ? 0 : fitting,
  }
}

function titleOf(node: Node): string {
  if (typeof node.const === 'string') return node.const
  if (entriesOf(node)) return 'matrix'
  if (node.type === 'array') return 'list'
  if (isNumeric(node)) return 'number'
  return node.title ?? node.type ?? 'value'
}

function entryChoices(entries: ReadonlyMap<string, Node>, catalogue: Catalogue): Choice[] {
  const family = familyOfKinds(catalogue.families, [...entries.keys()])
  return [...entries].map(([kind, { title, description }]) => {
    const about = family?.get(kind)
    return {
      value: kind,
      title: about?.title ?? title ?? inWords(kind),
      help: about?.help ?? description ?? '',
      ...(about && { symbol: about.symbol, source: about.source }),
    }
  })
}

function wordChoices(
  values: readonly unknown[],
  family: Registry<About> | undefined,
  meanings: WordMeanings['meanings'],
): Choice[] {
  return values.map((value) => {
    const about = family?.entries.find(({ kind }) => kind === value)
    if (!about) return wordChoice(String(value), meanings.get(String(value)))
    const { title, help, symbol, source } = about
    return { value: String(value), title, help, symbol, source }
  })
}

/** A meaning that is but a few letters, a formula, is the choice itself; others are its line of help. */
function wordChoice(value: string, meaning: string | undefined): Choice {
  const title = inWords(value)
  if (meaning === undefined) return { value, title }
  return meaning.length <= 8 ? { value, title: meaning } : { value, title, help: meaning }
}

function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: Node): Range {
  // The largest integer that a double holds is no limit that anybody means.
  const limit = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum
  return {
    ...(minimum !== undefined && { minimum }),
    ...(limit !== undefined && { maximum: limit }),
    ...(exclusiveMinimum !== undefined && { above: exclusiveMinimum }),
    ...(exclusiveMaximum !== undefined && { below: exclusiveMaximum }),
    ...(multipleOf !== undefined && { multipleOf }),
  }
}

/** Numbers in rows, or in one long row. */
function isRowsOrList(node: Node): boolean {
  if (node.type !== 'array') return false
  const inside = node.prefixItems ?? (node.items ? [node.items] : [])
  return inside.length > 0 && inside.every((item) => isNumeric(item) || isRowsOrList(item))
}
