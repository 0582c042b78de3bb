import type { Field } from '../experiment/field.ts'
import type { Json } from '../experiment/json.ts'

/** Hard limits of a number, as the schema has them. */
export interface Range {
  readonly minimum?: number
  readonly maximum?: number
  /** The limit itself is not allowed. */
  readonly above?: number
  readonly below?: number
  readonly multipleOf?: number
}

/** Something to choose: an entry of a family, or a word. */
export interface Choice {
  readonly value: string
  readonly title: string
  readonly help?: string
  /** LaTeX. */
  readonly symbol?: string
  readonly source?: string
}

interface Common {
  readonly field: Field
  /** Key of the parameter. */
  readonly name: string
  /** For people: `step size`. */
  readonly label: string
  /** The papers' notation, in LaTeX. */
  readonly symbol?: string
  /** One line: what is this? */
  readonly help: string
  /** May not be left out. */
  readonly required: boolean
  /** Value where nothing is given. */
  readonly fallback?: Json
  /** As given in the config, right or wrong. */
  readonly value: Json | undefined
  /** What it is set to when it is to be given. */
  readonly start: Json
}

export interface NumberControl extends Common {
  readonly kind: 'number' | 'integer'
  readonly range: Range
}
export interface ChoiceControl extends Common {
  readonly kind: 'choice'
  readonly choices: readonly Choice[]
}
/** Yes or no. */
export interface BooleanControl extends Common {
  readonly kind: 'boolean'
}
/** A list of numbers. */
export interface NumbersControl extends Common {
  readonly kind: 'numbers'
  readonly whole: boolean
  readonly range: Range
}
/** Rows of numbers. */
export interface MatrixControl extends Common {
  readonly kind: 'matrix'
}
export interface TextControl extends Common {
  readonly kind: 'text'
  /** It names a file. */
  readonly isPath: boolean
}
/** A single word: nothing to set, one of several forms. */
export interface WordControl extends Common {
  readonly kind: 'word'
}
/** Anything else, written as JSON. */
export interface JsonControl extends Common {
  readonly kind: 'json'
}
/** An entry of a family with its parameters. */
export interface SpecControl extends Common {
  readonly kind: 'spec'
  /** Singular, for sentences: `loss`. */
  readonly family: string
  readonly choices: readonly Choice[]
  readonly current?: Choice
  readonly controls: readonly Control[]
}
/** A list of entries of a family. */
export interface SpecsControl extends Common {
  readonly kind: 'specs'
  readonly family: string
  readonly choices: readonly Choice[]
  readonly items: readonly SpecControl[]
  /** What the list grows by when an entry of this kind is added. */
  readonly added: (kind: string) => Json
}
/** A value that can have several forms: a number, a word, a list. */
export interface EitherControl extends Common {
  readonly kind: 'either'
  readonly forms: readonly { readonly title: string; readonly control: Control }[]
  /** Index of the form that the value has. */
  readonly current: number
}
/** Several values under one name. */
export interface GroupControl extends Common {
  readonly kind: 'group'
  readonly controls: readonly Control[]
}

export type Control =
  | NumberControl
  | ChoiceControl
  | BooleanControl
  | NumbersControl
  | MatrixControl
  | TextControl
  | WordControl
  | JsonControl
  | SpecControl
  | SpecsControl
  | EitherControl
  | GroupControl

/** One value that runs can be compared over. */
export function isComparable(control: Control): boolean {
  return ['number', 'integer', 'choice', 'boolean'].includes(control.kind)
}

/** Given, or to be given, or with a value of its own: what a person should see at once. The others are one click away. */
export function isPlain({ required, value, fallback }: Control): boolean {
  return required || value !== undefined || fallback !== undefined
}
