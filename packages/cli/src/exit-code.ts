// Imports nothing: the very first thing that the command line loads needs it.

/** What the process tells its caller. */
export const exitCode = {
  done: 0,
  /** A certificate is violated, or the run diverged or could not go on. */
  violated: 1,
  /** Bad input: nothing was written. */
  badInput: 2,
  interrupted: 130,
} as const
