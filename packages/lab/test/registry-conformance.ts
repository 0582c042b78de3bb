import { type About, type Registry, statements } from 'linnet'
import temml from 'temml'
import { changeKind } from '../src/experiment/change-kind.ts'
import { valueAt, withValue } from '../src/experiment/field.ts'
import { isObject, type JsonObject } from '../src/experiment/json.ts'
import { planOf } from '../src/experiment/plan.ts'
import { type Catalogue, catalogue } from '../src/setup/catalogue.ts'
import type { Choice, Control } from '../src/setup/control.ts'
import { sectionsOf } from '../src/setup/sections.ts'
import { ownerOf } from '../src/setup/variation.ts'

/** What papers give no letter to: numbers of the computation, words, files, and shapes of matrices that stand for different things. */
const withoutSymbol = new Set(
  `seed normalisation integrator tolerance absolute maximumStep replacement labelling measure relative path tensor data rows columns
   symmetric aligned count`.split(/\s+/),
)

/** Where each family is chosen from; the others are named in the config by their kind. */
const places: Readonly<Record<string, string>> = {
  loss: 'loss',
  network: 'network',
  init: 'init',
  dynamics: 'dynamics',
  probe: 'probes[0]',
  matrix: 'loss.truth',
  integrator: 'dynamics.integrator',
}

/** All that is wrong with how the registries appear in the lab, a line each: nothing, when every entry appears. */
export function faultsOf(config: JsonObject, offered: Catalogue = catalogue): string[] {
  return [
    ...statements.entries.flatMap((entry) => inWords('statement', entry)),
    ...statements.entries.flatMap(({ kind, theorem }) => typeset(`statement ${kind}, theorem`, theorem)),
    ...offered.families.flatMap((family) =>
      family.entries.flatMap((entry) => [
        ...inWords(family.family, entry),
        ...asChoice(family, entry, config, offered),
        ...asChosen(family, entry, config, offered),
      ]),
    ),
  ]
}

/** Names and help, one line each; the symbol can be typeset. */
function inWords(family: string, entry: About): string[] {
  const where = `${family} ${entry.kind}`
  return [
    ...(['title', 'help', 'source'] as const)
      .filter((key) => entry[key].trim() === '' || entry[key].includes('\n'))
      .map((key) => `${where}: ${key} is no line of text`),
    ...typeset(where, entry.symbol),
  ]
}

function typeset(where: string, latex: string): string[] {
  try {
    if (latex.trim() === '') return [`${where}: no symbol`]
    temml.renderToString(latex, { throwOnError: true })
    return []
  } catch (error) {
    return [`${where}: ${latex} cannot be typeset: ${String(error)}`]
  }
}

/** The setup offers it, with the words of its registry. */
function asChoice(family: Registry<About>, entry: About, config: JsonObject, offered: Catalogue): string[] {
  const where = `${family.family} ${entry.kind}`
  const choice = choicesAt(places[family.family]!, config, offered).find(({ value }) => value === entry.kind)
  if (!choice) return [`${where}: not offered`]
  return (['title', 'help', 'symbol', 'source'] as const)
    .filter((key) => choice[key] !== entry[key])
    .map((key) => `${where}: offered with another ${key}`)
}

function choicesAt(field: string, config: JsonObject, offered: Catalogue): readonly Choice[] {
  const control = controlsOf(config, offered).get(field)
  return control && 'choices' in control ? control.choices : []
}

/** Chosen, it has a control for every parameter, and makes a config that can be planned, or says beside a control why not. */
function asChosen(family: Registry<About>, entry: About, config: JsonObject, offered: Catalogue): string[] {
  const field = places[family.family]!
  const where = `${family.family} ${entry.kind}`
  const chosen =
    family.family === 'integrator'
      ? withValue(config, field, entry.kind)
      : changeKind({ ...config, probes: [{ kind: 'loss' }] }, field, entry.kind).config
  const value = valueAt(chosen, field)
  if ((isObject(value) ? value.kind : value) !== entry.kind) return [`${where}: cannot be chosen`]
  const controls = controlsOf(chosen, offered)
  const { problems } = planOf({
    config: chosen,
    lanes: [{ label: 'run', changes: {} }],
    seeds: 1,
    engine: 'strict',
  })
  const said = problems.filter(({ field: place, expected, remedy }) => {
    const owner = ownerOf(place, [...controls.keys()])
    return owner === undefined || expected === '' || remedy === ''
  })
  return [
    ...said.map((problem) => `${where}: ${problem.field} is wrong and no control says so`),
    ...parametersOf(entry).flatMap((name) => asControl(where, name, controls.get(`${field}.${name}`))),
  ]
}

function parametersOf(entry: About): string[] {
  const { shape } = (entry as { readonly schema?: { readonly shape: object } }).schema ?? { shape: {} }
  return Object.keys(shape).filter((name) => name !== 'kind')
}

function asControl(where: string, name: string, control: Control | undefined): string[] {
  const parameter = `${where}, ${name}`
  if (!control) return [`${parameter}: no control`]
  const { help, symbol, kind } = control
  return [
    ...(help === '' || help.includes('\n') ? [`${parameter}: no line of help`] : []),
    ...(kind === 'json' ? [`${parameter}: no control but JSON`] : []),
    ...(symbol === undefined && !withoutSymbol.has(name) ? [`${parameter}: no symbol`] : []),
    ...(symbol === undefined ? [] : typeset(parameter, symbol)),
  ]
}

/** Every control of a config, those inside others too, by field. */
export function controlsOf(config: JsonObject, offered: Catalogue = catalogue): Map<string, Control> {
  const all = sectionsOf(config, offered).flatMap(({ controls }) => controls)
  const found = new Map<string, Control>()
  const note = (controls: readonly Control[]) => {
    for (const control of controls) {
      found.set(control.field, control)
      if (control.kind === 'spec' || control.kind === 'group') note(control.controls)
      if (control.kind === 'specs') note(control.items)
    }
  }
  note(all)
  return found
}
