import type { Column, Trajectory } from 'linnet'
import { subscript, typeset } from '../figure/lettering.ts'

/** Columns that belong together, one curve each: σ₁, σ₂, …; of the end-to-end matrix, of a layer, or of anything numbered. */
export interface Family {
  /** `singularValues`, `layer2SingularValues`. */
  readonly id: string
  readonly title: string
  /** What its members are called in general: families with the same have one legend. */
  readonly of: string
  readonly members: readonly { readonly name: string; readonly column: string }[]
}

/** A column by itself. */
export interface Quantity {
  readonly id: string
  readonly title: string
  readonly help: string
  readonly scale: 'linear' | 'log'
}

export interface Quantities {
  readonly families: readonly Family[]
  readonly single: readonly Quantity[]
}

/** What falls over decades, or is zero up to round-off. */
const logarithmic = /^loss$|error|gradientNorm|unbalancedness|residual|distance/i

const first = ['loss', 'reconstructionError']

/** What was recorded in any of the trajectories, sorted into families and single quantities; the loss comes first. */
export function quantitiesOf(trajectories: readonly Trajectory[]): Quantities {
  const columns = new Map<string, Column>()
  for (const trajectory of trajectories)
    for (const column of trajectory.columns) columns.set(column.name, column)
  const numbered = new Map<string, { column: Column; number: number }[]>()
  for (const column of columns.values()) {
    const [, stem, number] = /^([A-Za-z]\w*?)(\d+)$/.exec(column.name) ?? []
    if (stem) numbered.set(stem, [...(numbered.get(stem) ?? []), { column, number: Number(number) }])
  }
  const families: Family[] = []
  for (const [stem, members] of numbered) {
    // A lone `schattenNorm2` is no family, a lone `singularValue1` is: that of a vector.
    if (members.length < 2 && !/SingularValue$/i.test(stem)) continue
    families.push(familyOf(stem, members))
    for (const { column } of members) columns.delete(column.name)
  }
  const single = [...columns.values()].sort((a, b) => rank(a) - rank(b)).map(quantityOf)
  return { families, single }
}

function rank({ name }: Column): number {
  const place = first.findIndex((start) => name.startsWith(start))
  return place < 0 ? first.length : place
}

function familyOf(stem: string, members: readonly { column: Column; number: number }[]): Family {
  const ofLayer = /^layer(\d+)(\w+)$/.exec(stem)
  const of = ofLayer ? ofLayer[2]!.charAt(0).toLowerCase() + ofLayer[2]!.slice(1) : stem
  const letter = of === 'singularValue' ? 'σ' : letterOf(members[0]!.column.symbol)
  return {
    id: `${stem}s`,
    title: ofLayer ? `Layer ${ofLayer[1]}` : `${inWords(stem)}s`,
    of: `${inWords(of).toLowerCase()}s`,
    members: [...members]
      .sort((a, b) => a.number - b.number)
      .map(({ column, number }) => ({
        name: letter ? subscript(letter, number) : `${inWords(of).toLowerCase()} ${number}`,
        column: column.name,
      })),
  }
}

const letters: Readonly<Record<string, string>> = {
  sigma: 'σ',
  lambda: 'λ',
  rho: 'ρ',
  mu: 'μ',
  nu: 'ν',
  kappa: 'κ',
}

/** The Greek or Latin letter of a symbol that is a letter with an index, `\lambda_{3}`. */
function letterOf(symbol: string): string | undefined {
  const [, greek, latin] = /^(?:\\([a-z]+)|([A-Za-z]))_\{?\d+\}?$/.exec(symbol) ?? []
  return greek ? letters[greek] : latin
}

function quantityOf({ name, help }: Column): Quantity {
  return {
    id: name,
    title: inWords(name),
    help: typeset(help),
    scale: logarithmic.test(name) ? 'log' : 'linear',
  }
}

/** `Reconstruction error relative` for `reconstructionErrorRelative`. */
export function inWords(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Za-z])(\d)/g, '$1 $2')
  const [head = '', ...rest] = words.split(' ')
  return [
    head.charAt(0).toUpperCase() + head.slice(1),
    ...rest.map((word) => (/^[A-Z][a-z]/.test(word) ? word.toLowerCase() : word)),
  ].join(' ')
}
