import { InputError } from 'linnet'

/** What the process tells its caller. */
export const exitCode = {
  done: 0,
  /** A certificate is violated, or the run diverged or could not go on. */
  violated: 1,
  /** Bad input: nothing was written. */
  badInput: 2,
  interrupted: 130,
} as const

/** A sentence for an error of the file system, in place of its code. */
function fileSentence(error: NodeJS.ErrnoException): string | undefined {
  const path = error.path ?? 'the file'
  switch (error.code) {
    case 'ENOENT':
      return `there is no file or folder ${path}; check the path`
    case 'EACCES':
    case 'EPERM':
      return `${path} may not be read or written by this user; change its permissions or choose another place with --out`
    case 'EISDIR':
      return `${path} is a folder; give the path of a file`
    case 'ENOTDIR':
      return `a part of the path ${path} is a file, not a folder; choose another place with --out`
    case 'ENOSPC':
      return `there is no space left to write ${path}; free some or choose another place with --out`
    case 'EROFS':
      return `${path} lies on a read-only file system; choose another place with --out`
    case 'ENAMETOOLONG':
      return 'a path is too long for this file system; choose a shorter one'
    default:
      return undefined
  }
}

/** The sentence to print for bad input, or undefined for a defect of ours (which deserves its stack trace). */
export function sentenceOf(error: unknown): string | undefined {
  if (error instanceof InputError) return error.message
  if (error instanceof Error && 'code' in error) return fileSentence(error as NodeJS.ErrnoException)
  return undefined
}
