import type { PlainMatrix } from 'linnet'

const products = new WeakMap<readonly PlainMatrix[], PlainMatrix>()

/** W_n···W_1 in plain loops, as learned, the entries that nobody saw included; the same weights are multiplied once. */
export function endToEndOf(weights: readonly PlainMatrix[]): PlainMatrix | undefined {
  const [first, ...rest] = weights
  if (!first) return undefined
  const product = products.get(weights) ?? rest.reduce<PlainMatrix>(times, first)
  products.set(weights, product)
  return product
}

/** Left times right, where the next layer stands at the left. */
function times(right: PlainMatrix, left: PlainMatrix): PlainMatrix {
  const data = new Float64Array(left.rows * right.columns)
  for (let i = 0; i < left.rows; i++)
    for (let k = 0; k < left.columns; k++) {
      const factor = left.data[i * left.columns + k]!
      for (let j = 0; j < right.columns; j++)
        data[i * right.columns + j]! += factor * right.data[k * right.columns + j]!
    }
  return { rows: left.rows, columns: right.columns, data }
}
