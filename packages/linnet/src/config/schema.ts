import { z } from 'zod'
import type { DynamicsEntry } from '../dynamics/dynamics.ts'
import type { AnyEntry, Registry } from '../registry/entry.ts'
import { specOf } from '../registry/spec.ts'
import type { SchemaNode } from './expectation.ts'

/** What a config chooses from. */
export interface Families {
  readonly losses: Registry<AnyEntry<object>>
  readonly networks: Registry<AnyEntry<object>>
  readonly inits: Registry<AnyEntry<object>>
  readonly dynamics: Registry<DynamicsEntry>
  readonly probes: Registry<AnyEntry<object>>
}

/** Samples of a run that does not say how many: smooth curves at the width of a page. */
const DEFAULT_SAMPLES = 200
/** Snapshots of a run that does not say how many: every tenth part of the way. */
const DEFAULT_SNAPSHOTS = 11
/** More samples or snapshots than this are a slip of the keyboard: they would not fit into memory. */
const MOST_SAMPLES = 1_000_000
const MOST_SNAPSHOTS = 10_000

const until = z
  .strictObject({
    time: z
      .number()
      .positive()
      .optional()
      .meta({
        description: 'horizon of a flow: flow time, in units of 1/(curvature of the loss)',
        symbol: 't',
        examples: [1000],
      }),
    steps: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'horizon of a descent: steps', symbol: 't', examples: [10_000] }),
    loss: z
      .number()
      .optional()
      .meta({ description: 'stop earlier when the loss is at most this', symbol: '\\ell(W)' }),
    gradientNorm: z.number().min(0).optional().meta({
      description: 'stop earlier when the Frobenius norm of the gradient is at most this',
      symbol: '\\|\\nabla\\phi\\|_F',
    }),
    divergence: z.number().positive().optional().meta({
      description: 'stop when the loss exceeds this; when left out, 1e12 times one plus the initial loss',
    }),
  })
  .meta({
    title: 'Horizon and stops',
    description: 'how far to go: time for a flow, steps for a descent; the other limits stop earlier',
  })

const record = z
  .strictObject({
    samples: z.int().min(1).max(MOST_SAMPLES).default(DEFAULT_SAMPLES).meta({
      description:
        'samples after the first, spread over the horizon; when left out, 200 or one a step where there are fewer steps',
    }),
    spacing: z
      .enum(['linear', 'logarithmic'])
      .default('linear')
      .meta({ description: 'how the samples are spread' }),
    snapshots: z.int().min(2).max(MOST_SNAPSHOTS).default(DEFAULT_SNAPSHOTS).meta({
      description: 'at how many samples to keep the weights for certificates, the first and last included',
    }),
  })
  .meta({ title: 'Recording', description: 'what to keep of the run' })

/** The zod schema of a whole config over the given families. */
export function configSchemaOver(families: Families) {
  return z
    .strictObject({
      $schema: z.string().optional().meta({ description: 'address of this schema, for editors' }),
      title: z.string().max(200).optional().meta({ description: 'a name for people' }),
      seed: z.int().min(0).default(0).meta({ description: 'every random choice of the run follows from it' }),
      loss: specOf(families.losses).meta({ description: 'what is minimised: ℓ on the end-to-end matrix' }),
      network: specOf(families.networks).meta({ description: 'how weights make the end-to-end matrix' }),
      init: specOf(families.inits).meta({ description: 'initial weights' }),
      dynamics: specOf(families.dynamics).meta({ description: 'how the weights move' }),
      probes: z
        .array(specOf(families.probes))
        .min(1)
        .default([{ kind: families.probes.entries[0]!.kind }])
        .meta({ description: 'what is read off at every sample' }),
      until,
      record: record.prefault({}),
    })
    .meta({
      title: 'Linnet config',
      description: 'a run of a linear neural network: problem, dynamics, what to record',
    })
}

/** The same as JSON Schema (draft 2020-12), with the horizon that goes with each clock. */
export function jsonSchemaOver(families: Families): SchemaNode & Record<string, unknown> {
  const schema = z.toJSONSchema(configSchemaOver(families), { io: 'input', target: 'draft-2020-12' })
  return {
    $schema: schema.$schema,
    $id: 'urn:linnet:config',
    ...(schema as SchemaNode),
    allOf: (['time', 'steps'] as const).map((clock) => horizonRule(families, clock)),
  }
}

function horizonRule(families: Families, clock: 'time' | 'steps') {
  const kinds = families.dynamics.entries.filter((one) => one.clock === clock).map((one) => one.kind)
  const other = clock === 'time' ? 'steps' : 'time'
  return {
    if: {
      properties: { dynamics: { properties: { kind: { enum: kinds } }, required: ['kind'] } },
      required: ['dynamics'],
    },
    // biome-ignore lint/suspicious/noThenProperty: a key of JSON Schema
    then: { properties: { until: { required: [clock], properties: { [other]: false } } } },
  } as SchemaNode
}
