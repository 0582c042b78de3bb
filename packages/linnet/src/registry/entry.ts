import { z } from 'zod'

/**
 * What people read about a registry entry: the schema, the command line's help, the lab's menus and the docs are made of it.
 */
export interface About {
  /** The name in configs, unique in its family. */
  readonly kind: string
  /** A few words: `Matrix completion`. */
  readonly title: string
  /** The paper's notation, in LaTeX. */
  readonly symbol: string
  /** One line: what is this, and when to use it. */
  readonly help: string
  /** Author year, arXiv id, theorem or equation. */
  readonly source: string
}

/** A JSON object that names an entry and gives its parameters: `{ kind: 'identity', scale: 1e-3 }`. */
export interface Spec {
  readonly kind: string
}

/**
 * An entry of a family (losses, networks, inits, …): callable, and then it makes the plain JSON spec that configs hold,
 *
 *     identity({ scale: 1e-3 })   // { kind: 'identity', scale: 1e-3 }
 *
 * and it carries what the family needs to bring that spec to life. An entry itself stands for the spec without options.
 */
export type Entry<Shape extends z.ZodRawShape, Live extends object> = About &
  Live & {
    (options?: z.input<z.ZodObject<Shape>>): Spec & z.input<z.ZodObject<Shape>>
    /** Validates `{ kind, …parameters }` and fills in the defaults. */
    readonly schema: z.ZodObject<Shape & { kind: z.ZodLiteral<string> }>
  }

/** Parameters after validation, defaults filled in. */
export type Parsed<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>> & Spec

/** Makes an entry. `parameters` is a zod shape; give every parameter `.meta({ description, … })`. */
export function entry<Shape extends z.ZodRawShape, Live extends object>(
  about: About,
  parameters: Shape,
  live: Live,
): Entry<Shape, Live> {
  const build = (options: z.input<z.ZodObject<Shape>> = {} as z.input<z.ZodObject<Shape>>) => ({
    kind: about.kind,
    ...options,
  })
  const schema = z
    .strictObject({ kind: z.literal(about.kind), ...parameters })
    .meta({ title: about.title, description: about.help })
  return Object.assign(build, about, live, { schema }) as unknown as Entry<Shape, Live>
}

export type AnyEntry<Live extends object> = About &
  Live &
  ((...options: never[]) => Spec) & { readonly schema: z.ZodObject }

/** A family: its entries by kind, in the order in which people should meet them. */
export interface Registry<E extends About> {
  /** Singular, for sentences: `loss`. */
  readonly family: string
  readonly entries: readonly E[]
  get(kind: string): E
}

export function registry<E extends About>(family: string, entries: readonly E[]): Registry<E> {
  const byKind = new Map(entries.map((one) => [one.kind, one]))
  if (byKind.size !== entries.length)
    throw new Error(`two entries of the family ${family} have the same kind`)
  return {
    family,
    entries,
    get(kind) {
      const found = byKind.get(kind)
      if (found) return found
      throw new Error(`there is no ${family} "${kind}"; known: ${[...byKind.keys()].join(', ')}`)
    },
  }
}
