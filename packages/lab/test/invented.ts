// Entries that nobody has heard of, each written as CONTRIBUTING says: what the lab makes of them is what it makes of any other.
import { z } from 'zod'
import { matrixSpec } from '../../linnet/src/data/index.ts'
import { descenderOf } from '../../linnet/src/dynamics/descent.ts'
import { DescentMotion } from '../../linnet/src/dynamics/descent-motion.ts'
import type { DynamicsContext, DynamicsEntry } from '../../linnet/src/dynamics/dynamics.ts'
import type { InitEntry } from '../../linnet/src/inits/init.ts'
import type { LossContext, LossEntry } from '../../linnet/src/losses/loss.ts'
import { whitened } from '../../linnet/src/losses/whitened.ts'
import type { Parameters } from '../../linnet/src/networks/network.ts'
import type { ProbeEntry } from '../../linnet/src/probes/probe.ts'
import { entry } from '../../linnet/src/registry/entry.ts'
import type { Statement } from '../../linnet/src/theory/certificate.ts'
import { unbalanced } from '../../linnet/src/theory/controls.ts'
import { makeStatement, watching } from '../../linnet/src/theory/statement.ts'
import { conclude } from '../../linnet/src/theory/verdict.ts'

const tilted = {
  target: matrixSpec.meta({
    description: 'what is to be learned, leaning',
    symbol: 'L',
    examples: [{ kind: 'lowRank', rows: 6, columns: 6, rank: 2 }],
  }),
  tilt: z
    .number()
    .min(-1)
    .max(1)
    .default(0.25)
    .meta({ description: 'how far it leans', symbol: '\\vartheta' }),
  teeth: z.array(z.int().min(1)).default([3, 5]).meta({ description: 'counts of teeth', symbol: 'z_1, z_2' }),
  grip: z
    .union([z.number().positive(), z.literal('whole'), z.array(z.number())])
    .default('whole')
    .meta({ description: 'where it is held', symbol: '\\Gamma' }),
  mirrored: z.boolean().default(false).meta({ description: 'seen from behind', symbol: '\\pm' }),
  weave: z
    .enum(['plain', 'twill'])
    .default('plain')
    .meta({ description: 'over and under', symbol: '\\omega' }),
}

/** A loss with a schema like no other: a range about zero, whole numbers in a list, a value of three forms. */
export const leaning = entry(
  {
    kind: 'leaning',
    title: 'Leaning regression',
    symbol: '\\ell(W) = \\tfrac{1}{2} \\lVert W - L \\rVert_F^2',
    help: 'whitened regression under another name, made up for a test',
    source: 'Nobody 1900',
  },
  tilted,
  {
    create: ({ target }: { readonly target: z.output<typeof matrixSpec> }, context: LossContext) => ({
      ...whitened.create(whitened.schema.parse({ kind: 'whitened', target }), context),
      kind: 'leaning',
    }),
  },
) as unknown as LossEntry

export const sown = entry(
  {
    kind: 'sown',
    title: 'Sown in rows',
    symbol: '(W_j(0))_{ab} = \\beta',
    help: 'every weight the same, made up for a test',
    source: 'Nobody 1901',
  },
  { seedling: z.number().positive().default(0.1).meta({ description: 'every weight', symbol: '\\beta' }) },
  { fill: (weights: Parameters, { seedling }: { seedling: number }) => weights.vector.data.fill(seedling) },
) as unknown as InitEntry

export const ambling = entry(
  {
    kind: 'ambling',
    title: 'Ambling',
    symbol: '\\theta_{t+1} = \\theta_t - \\eta \\nabla\\phi(\\theta_t)',
    help: 'steps of gradient descent, made up for a test',
    source: 'Nobody 1902',
  },
  {
    stride: z
      .number()
      .positive()
      .default(0.05)
      .meta({ description: 'length of a stride', symbol: '\\eta_0' }),
  },
  {
    clock: 'steps' as const,
    start: ({ stride }: { readonly stride: number }, context: DynamicsContext) =>
      new DescentMotion(
        context,
        { kind: 'gradientDescent', stepSize: stride },
        descenderOf(context.objective),
      ),
  },
) as unknown as DynamicsEntry

export const corner = entry(
  {
    kind: 'corner',
    title: 'Corner entry',
    symbol: 'W_{11}',
    help: 'the first entry of the end-to-end matrix, made up for a test',
    source: 'Nobody 1903',
  },
  {},
  {
    create: () => ({
      columns: [{ name: 'corner', symbol: 'W_{11}', help: 'the first entry of W' }],
      read: ({ endToEnd }: { readonly endToEnd: { readonly data: Float64Array } }) => [endToEnd.data[0]!],
    }),
  },
) as unknown as ProbeEntry

const finite = {
  kind: 'finite',
  title: 'Remark 0 (nothing explodes)',
  symbol: '\\lVert W \\rVert < \\infty',
  help: 'weights are numbers, made up for a test',
  source: 'Nobody 1904',
}

export const remark0: Statement = makeStatement(
  { ...finite, theorem: '\\lVert W(t) \\rVert_F < \\infty', scope: 'point', negativeControl: unbalanced },
  () =>
    watching(
      ({ position }) => ({ position, residual: 0, tolerance: 1 }),
      (comparisons, options) =>
        conclude(
          finite,
          {
            assumptions: [],
            findings: [{ comparisons, residualOf: 'nothing', toleranceBecause: 'one is enough' }],
          },
          options,
        ),
    ),
)
