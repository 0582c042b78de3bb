import { type Command, InvalidArgumentError, Option } from 'commander'
import { type EngineName, engineNames, InputError } from 'linnet'

/** What every command understands. */
export interface CommonOptions {
  readonly out?: string
  readonly seed?: number
  readonly engine: EngineName
  readonly json?: boolean
}

/** The largest seed is 2^53 − 1, the largest whole number that every JSON reader keeps. */
function wholeNumber(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError(`it has to be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, say 1.`)
  return value
}

/** A number option within bounds. */
export function numberBetween(least: number, most: number, whole = false): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() === '' || !(value >= least && value <= most) || (whole && !Number.isInteger(value)))
      throw new InvalidArgumentError(
        `it has to be a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`,
      )
    return value
  }
}

/** Adds `--out`, `--seed`, `--engine`, `--json`. */
export function withCommonOptions(command: Command, outDefault: string): Command {
  return command
    .option('--out <folder>', `folder to write to (default: ${outDefault})`)
    .option('--seed <number>', 'seed of every random choice: same config, same seed, same bits', wholeNumber)
    .addOption(
      new Option('--engine <name>', 'who computes; see `linnet engines`')
        .choices([...engineNames])
        .default('strict'),
    )
    .option('--json', 'print one JSON object instead of text')
}

/** Refuses an option that would be silently ignored. */
export function refuse(given: unknown, option: string, because: string): void {
  if (given !== undefined) throw new InputError(`${option} makes no sense here: ${because}`)
}
