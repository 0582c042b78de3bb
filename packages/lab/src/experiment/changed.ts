import type { JsonObject } from './json.ts'

/** A config in which something was exchanged, and what else that changed, in sentences. */
export interface Changed {
  readonly config: JsonObject
  readonly note?: string
}
