import { InputError } from '../input-error.ts'

/** One thing that is wrong in a config. The four texts make one sentence. */
export interface Problem {
  /** Where: `loss.truth.rank`, `probes[2].count`, `config` for the whole. */
  readonly field: string
  /** `-3`, `nothing`, `a list of 2`. */
  readonly given: string
  /** `a whole number of at least 1`. */
  readonly expected: string
  /** `set loss.truth.rank to 1, say`. */
  readonly remedy: string
}

/** A config that cannot be run; the message holds one sentence a problem, one a line. */
export class ConfigError extends InputError {
  override readonly name: string = 'ConfigError'
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(problems.map(sentence).join('\n'))
    this.problems = problems
  }
}

function sentence({ field, given, expected, remedy }: Problem): string {
  return `${field}: ${given} was given, but ${expected} is expected; ${remedy}.`
}
