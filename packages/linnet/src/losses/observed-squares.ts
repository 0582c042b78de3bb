import type { QuadraticObjective } from '../engine/chain.ts'
import type { Pattern } from '../engine/pattern.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Loss } from './loss.ts'

type Completion = Extract<QuadraticObjective, { kind: 'completion' }>

/** Value, derivatives and mini-batches of factor·Σ_{(i,j) observed} (W_ij − x_ij)². */
export function observedSquares({ pattern, values, factor }: Completion) {
  const { count } = pattern
  const positions = positionsOf(pattern)
  return {
    value(W: Matrix): number {
      const w = W.data
      const x = values.data
      let sum = 0
      for (let e = 0; e < count; e++) {
        const r = w[positions[e]!]! - x[e]!
        sum += r * r
      }
      return factor * sum
    },
    gradientInto(out: Matrix, W: Matrix): number {
      const w = W.data
      const x = values.data
      const g = out.data
      let sum = 0
      g.fill(0)
      for (let e = 0; e < count; e++) {
        const position = positions[e]!
        const r = w[position]! - x[e]!
        sum += r * r
        g[position] = 2 * factor * r
      }
      return factor * sum
    },
    hessianVectorInto(out: Matrix, _: Matrix, V: Matrix): void {
      const v = V.data
      const h = out.data
      h.fill(0)
      for (let e = 0; e < count; e++) h[positions[e]!] = 2 * factor * v[positions[e]!]!
    },
    batchGradientInto(out: Matrix, W: Matrix, batch: Int32Array): number {
      const w = W.data
      const x = values.data
      const g = out.data
      const scale = (factor * count) / batch.length
      let sum = 0
      g.fill(0)
      for (const e of batch) {
        const position = positions[e]!
        const r = w[position]! - x[e]!
        sum += r * r
        // A batch may name a sample twice.
        g[position] = g[position]! + 2 * scale * r
      }
      return scale * sum
    },
  } satisfies Partial<Loss>
}

/** Row-major positions of the entries, in the order of the pattern. */
export function positionsOf({ rows, columns, count, rowStarts, columnIndices }: Pattern): Int32Array {
  const positions = new Int32Array(count)
  const starts = rowStarts.data
  const indices = columnIndices.data
  for (let i = 0; i < rows; i++)
    for (let e = starts[i]!; e < starts[i + 1]!; e++) positions[e] = i * columns + indices[e]!
  return positions
}

/** The Hessian is 2·factor on observed entries and 0 on all others. */
export function knownOfObserved({ pattern, factor }: Completion): Loss['known'] {
  const all = pattern.count === pattern.rows * pattern.columns
  return {
    minimum: { value: 0, because: 'every entry can be matched by itself' },
    strongConvexity: all
      ? { value: 2 * factor, because: 'every entry is observed: 2·factor' }
      : { value: 0, because: `${pattern.count} of ${pattern.rows * pattern.columns} entries are observed` },
    smoothness: { value: 2 * factor, because: '2·factor on observed entries' },
  }
}
