/**
 * Something that came from outside is not what it has to be: a config, a file, an argument. The message is for the person who
 * gave it: what was given, what is expected, what to do, in one sentence (one a line where there are several problems).
 * Faces show the message alone, never a stack trace; the command line ends with exit code 2.
 *
 * A mistake in this library's own code is never an `InputError`.
 */
export class InputError extends Error {
  override readonly name: string = 'InputError'
}
