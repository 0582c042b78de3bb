import { InputError } from 'linnet'

/** What to say of an error: sentences about the input as they are, everything else honestly. */
export function sentenceOf(error: unknown): string {
  if (error instanceof InputError) return error.message
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  if (name === 'RangeError' && /memory|alloc/i.test(message))
    return `The run needs more memory than this browser gives (${message}): use smaller matrices or fewer samples.`
  return `The run failed by a fault of Linnet, not of its config (${name}: ${message}): please report it with the config.`
}

/** What to say when not one thread starts, with what is known about why. */
export function sentenceOfNoThreads(why: string): string {
  return `This browser does not start the threads that compute${why ? ` (${why})` : ''}: reload the page, or open it in another browser.`
}

/** What to say when a thread broke with `why` under a run that was alone in it. */
export function sentenceOfCrash(why: string): string {
  return `The thread of the run broke off${why ? ` (${why})` : ''}, perhaps for lack of memory: use smaller matrices or fewer samples, or reload the page.`
}
