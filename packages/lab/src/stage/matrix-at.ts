import type { PlainMatrix } from 'linnet'
import type { Picture } from '../running/protocol.ts'
import type { Shown } from './pixels.ts'

/** The last picture at or before `position`; the first one where all are later. */
export function pictureAt(pictures: readonly Picture[], position: number): Picture | undefined {
  let low = 0
  let high = pictures.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (pictures[middle]!.position <= position) low = middle + 1
    else high = middle
  }
  return pictures[Math.max(0, low - 1)]
}

const products = new WeakMap<readonly PlainMatrix[], Shown>()

/** W_n···W_1 in plain loops, for pictures of a run that sent none; the same weights are multiplied once. */
export function endToEndOf(weights: readonly PlainMatrix[]): Shown | undefined {
  const [first, ...rest] = weights
  if (!first) return undefined
  const product = products.get(weights) ?? rest.reduce<Shown>(times, first)
  products.set(weights, product)
  return product
}

/** Left times right, where the next layer stands at the left. */
function times(right: Shown, left: PlainMatrix): Shown {
  const data = new Float64Array(left.rows * right.columns)
  for (let i = 0; i < left.rows; i++)
    for (let k = 0; k < left.columns; k++) {
      const factor = left.data[i * left.columns + k]!
      for (let j = 0; j < right.columns; j++)
        data[i * right.columns + j]! += factor * right.data[k * right.columns + j]!
    }
  return { rows: left.rows, columns: right.columns, data }
}
