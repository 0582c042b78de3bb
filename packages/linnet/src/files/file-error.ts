import { InputError } from '../input-error.ts'

/** A file is not what it has to be; the message says where and what to do. */
export class FileError extends InputError {
  override readonly name: string = 'FileError'
}
