import type { ConfigProblem } from 'linnet'

/** A problem of a config in one sentence, as the message of a `ConfigError` has it. */
export function problemSentence({ field, given, expected, remedy }: ConfigProblem): string {
  return `${field}: ${given} was given, but ${expected} is expected; ${remedy}.`
}
