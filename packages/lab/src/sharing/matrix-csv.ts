import type { PlainMatrix } from 'linnet'

/** W = W_n ··· W_1 of the layers W_1, …, W_n, a row a line, without a header: what was learned, the entries that nobody saw included. */
export function endToEndCsv(layers: readonly PlainMatrix[]): string {
  const { rows, columns, data } = layers.reduce((product, layer) => times(layer, product))
  const lines = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => data[i * columns + j]).join(','),
  )
  return `${lines.join('\n')}\n`
}

function times(a: PlainMatrix, b: PlainMatrix): PlainMatrix {
  const data = new Float64Array(a.rows * b.columns)
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < a.columns; k++)
      for (let j = 0; j < b.columns; j++)
        data[i * b.columns + j]! += a.data[i * a.columns + k]! * b.data[k * b.columns + j]!
  return { rows: a.rows, columns: b.columns, data }
}
