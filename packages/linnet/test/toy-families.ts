import { z } from 'zod'
import type { Families } from '../src/config/schema.ts'
import type { DynamicsEntry } from '../src/dynamics/dynamics.ts'
import { type AnyEntry, entry, registry } from '../src/registry/entry.ts'
import { specOf } from '../src/registry/spec.ts'

// A small laboratory in which every form a parameter can take occurs, so that what configs say about mistakes can be tested
// apart from the entries there happen to be.
const about = (kind: string) => ({
  kind,
  title: kind,
  symbol: kind,
  help: `a ${kind}`,
  source: 'nobody 2020',
})
const start = () => {
  throw new Error('toys do not move')
}

const matrices = registry<AnyEntry<object>>('matrix', [
  entry(
    about('lowRank'),
    {
      rows: z.int().min(1),
      columns: z.int().min(1),
      rank: z
        .int()
        .min(1)
        .meta({ examples: [5] }),
    },
    {},
  ),
  entry(about('values'), { rows: z.array(z.array(z.number()).min(1)).min(1) }, {}),
])

export const toys: Families = {
  losses: registry<AnyEntry<object>>('loss', [
    entry(
      about('completion'),
      {
        truth: specOf(matrices).optional(),
        observed: z.int().min(1),
        normalisation: z.enum(['mean', 'half', 'sum']).default('mean'),
        noise: z.number().min(0).default(0),
      },
      {},
    ),
    entry(
      about('power'),
      {
        exponent: z
          .int()
          .min(2)
          .refine((p) => p % 2 === 0, 'an even exponent'),
      },
      {},
    ),
  ]),
  networks: registry<AnyEntry<object>>('network', [
    entry(
      about('linear'),
      {
        depth: z.int().min(1).default(3),
        hidden: z.union([z.int().min(1), z.array(z.int().min(1)).min(1)]).optional(),
        bias: z.literal(false).optional(),
        fused: z.boolean().default(true),
        widths: z
          .union([z.int().min(1), z.array(z.int())], { error: 'expected one width, or a list of widths' })
          .optional(),
        window: z.tuple([z.number(), z.number()]).optional(),
      },
      {},
    ),
  ]),
  inits: registry<AnyEntry<object>>('init', [
    entry(about('identity'), { scale: z.number().positive().default(1e-3) }, {}),
    entry(about('file'), { path: z.string().min(1) }, {}),
  ]),
  dynamics: registry<DynamicsEntry>('dynamics', [
    entry(
      about('gradientFlow'),
      { tolerance: z.number().min(1e-13).max(0.1).default(1e-6) },
      {
        clock: 'time' as const,
        start,
      },
    ),
    entry(
      about('gradientDescent'),
      { stepSize: z.number().positive(), momentum: z.number().min(0).lt(1).default(0) },
      {
        clock: 'steps' as const,
        start,
      },
    ),
  ]),
  probes: registry<AnyEntry<object>>('probe', [
    entry(about('loss'), {}, {}),
    entry(about('singularValues'), { count: z.int().min(1).default(10) }, {}),
    entry(about('reconstructionError'), {}, {}),
  ]),
}

/** A config over the toys that can be run. */
export const valid = () => ({
  loss: { kind: 'completion', truth: { kind: 'lowRank', rows: 4, columns: 3, rank: 2 }, observed: 8 },
  network: { kind: 'linear' },
  init: { kind: 'identity' },
  dynamics: { kind: 'gradientFlow' },
  until: { time: 10 },
})

/** What makes of it a descent. */
export const descent = { dynamics: { kind: 'gradientDescent', stepSize: 0.1 }, until: { steps: 1000 } }
