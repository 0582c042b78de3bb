import { InputError } from 'linnet'

export { exitCode } from './exit-code.ts'

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
    case 'EEXIST':
      return `${path} is a file where a folder has to be; choose another place with --out`
    case 'ERR_WORKER_OUT_OF_MEMORY':
      return 'the run needs more memory than there is; make the problem smaller, or record fewer samples and snapshots'
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
