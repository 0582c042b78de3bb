import { readJson } from '../files/json.ts'
import { decodeText } from '../files/text.ts'
import { disagreements } from './agreement.ts'
import type { Config } from './config.ts'
import { ConfigError } from './config-error.ts'
import { plainOf } from './plain.ts'
import { problemsOf } from './problems.ts'
import { configSchemaOver, type Families, jsonSchemaOver } from './schema.ts'

/** Longest config text read: a problem with its own matrices fits, a data set does not belong here. */
const CONFIG_TEXT_LIMIT = 64_000_000

/** The reader of configs over the given families. */
export function configParser(families: Families) {
  // Made when first needed: importing the library should cost nothing.
  let made:
    | { schema: ReturnType<typeof configSchemaOver>; json: ReturnType<typeof jsonSchemaOver> }
    | undefined
  const schemas = () => {
    made ??= { schema: configSchemaOver(families), json: jsonSchemaOver(families) }
    return made
  }

  function parse(input: unknown): Config {
    const plain = plainOf(input)
    const result = schemas().schema.safeParse(plain)
    if (!result.success) throw new ConfigError(problemsOf(result.error.issues, plain, schemas().json))
    const config = withFittingSamples(result.data as Config, plain)
    const problems = disagreements(config, families.dynamics.get(config.dynamics.kind).clock)
    if (problems.length > 0) throw new ConfigError(problems)
    return config
  }

  function parseText(input: string | Uint8Array, name = 'the config'): Config {
    const result = readJson(decodeText(input, { name, limit: CONFIG_TEXT_LIMIT }))
    if ('value' in result) return parse(result.value)
    const { line, column, ...texts } = result.fault
    throw new ConfigError([{ field: `${name}, line ${line}, column ${column}`, ...texts }])
  }

  return { parse, parseText, jsonSchema: () => structuredCopy(schemas().json) }
}

/** The default number of samples shrinks to the number of steps; one that was asked for does not. */
function withFittingSamples(parsed: Config & { $schema?: string }, plain: unknown): Config {
  const { $schema: _, ...config } = parsed
  const { steps } = config.until
  const asked = (plain as { record?: { samples?: unknown } }).record?.samples !== undefined
  if (asked || steps === undefined || steps >= config.record.samples) return config
  return { ...config, record: { ...config.record, samples: steps } }
}

function structuredCopy<T>(json: T): T {
  return JSON.parse(JSON.stringify(json)) as T
}
