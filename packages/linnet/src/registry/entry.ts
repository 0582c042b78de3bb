import { z } from 'zod'

/**
 * What people read about a registry entry: the schema, the command line's help and figures are made of it.
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
 * ```ts
 * identity({ scale: 1e-3 }) // { kind: 'identity', scale: 1e-3 }
 * ```
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

/**
 * Makes an entry. `parameters` is a zod shape; give every parameter `.meta({ description, … })`. `live` is what the family needs:
 * `LossMaker`, `NetworkMaker`, `InitMaker`, `DynamicsMaker`, `MatrixMaker` or `ProbeMaker`. Throws nothing.
 *
 * Faces make a first spec of an entry from the `examples` of its parameters: give one to each that must be given. `instead` names
 * parameters that are given in place of this one (measured data in place of a truth, say), and then its example is not used.
 *
 * The built-in families are closed, for a config must mean the same everywhere: what an entry of one's own makes goes to `follow` or
 * `makeObjective`, or into a `registry` of one's own.
 *
 * ```ts
 * import { z } from 'zod'
 * const constant = entry(
 *   { kind: 'constant', title: 'Constant', symbol: 'c', help: 'all weights the same', source: 'own' },
 *   { value: z.number().default(0.1).meta({ description: 'of every weight' }) },
 *   { fill: (weights, { value }) => weights.vector.data.fill(value) },
 * )
 * const engine = await loadEngine()
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * const config = parseConfig({ loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 1 } })
 * const problem = prepare(config, engine, new Map())
 * registry('init', [constant]).get('constant').fill(problem.start, constant.schema.parse(constant({ value: 0.2 })))
 * for await (const frame of follow(config, problem)) frame.position
 * ```
 */
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

/** An entry of a family, whatever its parameters. */
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

/**
 * A family of entries, in the order given. `family` is the singular, for sentences. Throws an error when two entries have the same kind;
 * its `get` throws one for a kind that it does not have, naming those that it has.
 *
 * ```ts
 * registry('init', [identity, balanced]).get('balanced') === balanced // true
 * ```
 */
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
