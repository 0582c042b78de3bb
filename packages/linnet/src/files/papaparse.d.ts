// The part of Papa Parse that is used here. Its published types bring in those of Node, which this library must not see.
declare module 'papaparse' {
  interface Fault {
    readonly code: 'MissingQuotes' | 'InvalidQuotes' | 'UndetectableDelimiter' | string
  }
  interface Step {
    readonly data: string[]
    readonly errors: readonly Fault[]
    /** `cursor`: the position in the text after this row. */
    readonly meta: { readonly cursor: number }
  }
  interface Options {
    readonly delimiter: string
    readonly newline: '\n'
    readonly preview?: number
    readonly step?: (row: Step, parser: { abort(): void }) => void
  }
  const Papa: { parse(text: string, options: Options): { readonly data: readonly string[][] } }
  export default Papa
}
