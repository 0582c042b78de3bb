import type { PlainMatrix } from 'linnet'

/** A matrix, a row a line, without a header. */
export function matrixCsv({ rows, columns, data }: PlainMatrix): string {
  const lines = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => data[i * columns + j]).join(','),
  )
  return `${lines.join('\n')}\n`
}
