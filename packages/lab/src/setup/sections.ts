import { inWords } from '../elements/in-words.ts'
import type { JsonObject } from '../experiment/json.ts'
import type { Catalogue } from './catalogue.ts'
import type { Control } from './control.ts'
import { controlsIn } from './controls.ts'
import { hintsOf } from './starting-value.ts'

/** A part of the config under a heading. */
export interface Section {
  /** Key of the config: `loss`. */
  readonly id: string
  readonly title: string
  /** A spec is one control, a group is taken apart. */
  readonly controls: readonly Control[]
  /** Shown opened where there is room. */
  readonly open: boolean
}

/** Names and order for people; what the schema gains beside these stands after them under its own name. */
const headings: readonly (readonly [key: string, title: string, open: boolean])[] = [
  ['loss', 'Problem', true],
  ['network', 'Network', true],
  ['init', 'Initialisation', true],
  ['dynamics', 'Dynamics', true],
  ['until', 'Horizon', true],
  ['seed', 'Seed and runs', false],
  ['probes', 'Recorded quantities', false],
  ['record', 'Recording', false],
]

/** Written elsewhere: the title in the head of the page. */
const elsewhere = ['$schema', 'title']

/** The whole config as sections of controls. */
export function sectionsOf(config: JsonObject, catalogue: Catalogue): Section[] {
  const making = { catalogue, hints: hintsOf(config) }
  const controls = controlsIn(catalogue.schema, { field: '', value: config }, making)
  const byName = new Map(controls.map((control) => [control.name, control]))
  const named = headings.flatMap(([id, title, open]): Section[] => {
    const control = byName.get(id)
    return control ? [{ id, title, open, controls: insideOf(control) }] : []
  })
  const known = new Set([...elsewhere, ...headings.map(([id]) => id)])
  const others = controls.filter(({ name }) => !known.has(name))
  return [
    ...named,
    ...others.map((control) => {
      const title = inWords(control.name)
      return {
        id: control.name,
        title: title.charAt(0).toUpperCase() + title.slice(1),
        open: false,
        controls: insideOf(control),
      }
    }),
  ]
}

/** Every field that has a control, those inside others too. */
export function fieldsOf(controls: readonly Control[]): string[] {
  return controls.flatMap((control) => {
    if (control.kind === 'spec' || control.kind === 'group')
      return [control.field, ...fieldsOf(control.controls)]
    if (control.kind === 'specs') return [control.field, ...fieldsOf(control.items)]
    return [control.field]
  })
}

function insideOf(control: Control): readonly Control[] {
  return control.kind === 'group' ? control.controls : [control]
}
