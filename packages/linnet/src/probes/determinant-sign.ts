import type { Objective } from '../dynamics/objective.ts'
import type { PlainMatrix } from '../linalg/matrix.ts'
import { entry, type Spec } from '../registry/entry.ts'
import type { Moment } from './moment.ts'
import type { Probe } from './probe.ts'

/** Sign of the determinant of a square matrix, by Gaussian elimination with partial pivoting on a copy: −1, 0 or 1. */
function determinantSignOf({ rows: size, data }: PlainMatrix): number {
  const a = Float64Array.from(data)
  let sign = 1
  for (let k = 0; k < size; k++) {
    let pivot = k
    for (let i = k + 1; i < size; i++)
      if (Math.abs(a[i * size + k]!) > Math.abs(a[pivot * size + k]!)) pivot = i
    const head = a[pivot * size + k]!
    if (head === 0) return 0
    if (pivot !== k) {
      sign = -sign
      for (let j = k; j < size; j++) {
        const kept = a[k * size + j]!
        a[k * size + j] = a[pivot * size + j]!
        a[pivot * size + j] = kept
      }
    }
    if (head < 0) sign = -sign
    for (let i = k + 1; i < size; i++) {
      const factor = a[i * size + k]! / head
      for (let j = k; j < size; j++) a[i * size + j]! -= factor * a[k * size + j]!
    }
  }
  return sign
}

/** The sign, or 0 where round-off could have made it: smallest singular value below size·ε times the largest. */
function trustedSign(matrix: PlainMatrix, values: Float64Array): number {
  const smallest = values[values.length - 1] ?? 0
  if (smallest <= matrix.rows * Number.EPSILON * (values[0] ?? 0)) return 0
  return determinantSignOf(matrix)
}

/**
 * Sign of det W for square W: −1, 1, or 0 where the matrix is numerically singular; not a number for W that is not square. Where
 * all layers are square it is the product of the signs of their determinants, which are far better conditioned than W.
 * Balanced gradient flow of depth ≥ 2 never changes it; finite steps can. Column `determinantSign`.
 */
export const determinantSign = entry(
  {
    kind: 'determinantSign',
    title: 'Sign of the determinant',
    symbol: '\\operatorname{sign}\\det W',
    help: 'sign of the determinant of a square end-to-end matrix: conserved by balanced flow, not by steps',
    source: 'Razin, Cohen 2020 (arXiv 2005.06398), lemma 2',
  },
  {},
  {
    create(_spec: Spec, { network, loss }: Objective): Probe {
      const square = loss.shape[0] === loss.shape[1]
      const squareLayers = network.shapes.every(([rows, columns]) => rows === columns)
      const read = (moment: Moment) => {
        if (!square) return Number.NaN
        if (!squareLayers) return trustedSign(moment.endToEnd, moment.singularValues)
        const signs = moment.weights.layers.map((layer, index) =>
          trustedSign(layer, moment.layerSingularValues(index + 1)),
        )
        return signs.includes(0) ? 0 : signs.reduce((product, sign) => product * sign, 1)
      }
      return {
        columns: [
          {
            name: 'determinantSign',
            symbol: '\\operatorname{sign}\\det W',
            help: 'sign of det W, 0 where numerically singular; not a number where W is not square',
          },
        ],
        read: (moment) => [read(moment)],
      }
    },
  },
)
