import { FileError } from './file-error.ts'

/** A table is not what it has to be. */
export class TableError extends FileError {
  override readonly name: string = 'TableError'
  /** From 1, where one line is to blame. */
  readonly line: number | undefined
  constructor(message: string, line?: number) {
    super(message)
    this.line = line
  }
}
