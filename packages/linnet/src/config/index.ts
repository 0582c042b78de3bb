import { dynamics } from '../dynamics/index.ts'
import { inits } from '../inits/index.ts'
import { losses } from '../losses/index.ts'
import { networks } from '../networks/index.ts'
import { probes } from '../probes/index.ts'
import type { Config } from './config.ts'
import type { SchemaNode } from './expectation.ts'
import { configParser } from './parser.ts'

const parser = configParser({ losses, networks, inits, dynamics, probes })

/**
 * The config that `input` stands for, with every default filled in: the one place where configs are validated. Parts may be
 * given as specs or as entries.
 *
 * Throws a `ConfigError` with one sentence a problem: where, what was given, what is expected, what to do.
 *
 * ```ts
 * const loss = completion({ truth: lowRank({ rows: 10, columns: 10, rank: 2 }), observed: 0.5 })
 * parseConfig({ loss, network: linear({ depth: 3 }), init: identity, dynamics: gradientFlow, until: { time: 100 } })
 * ```
 */
export const parseConfig: (input: unknown) => Config = parser.parse

/** As `parseConfig`, from JSON text or UTF-8 bytes; `name` stands in the sentences. */
export const parseConfigText: (input: string | Uint8Array, name?: string) => Config = parser.parseText

/** JSON Schema (draft 2020-12) of what `parseConfig` accepts. */
export const configSchema: () => SchemaNode & Record<string, unknown> = parser.jsonSchema
