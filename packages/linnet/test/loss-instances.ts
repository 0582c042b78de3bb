import { gaussianMatrix, type Shape, values } from '../src/index.ts'
import { completion, logistic, lp, sensing, squared, whitened } from '../src/losses/index.ts'
import type { SpecInput } from '../src/registry/spec.ts'

/** Losses of a shape d_n×d_0 for the conformance tests, at least one a kind: given data and data from a truth. */
export const lossInstances: Readonly<Record<string, (shape: Shape) => readonly SpecInput[]>> = {
  completion: (shape) => [
    completion({ truth: truth(shape), observed: Math.ceil((shape[0] * shape[1]) / 2), noise: 0.1 }),
    completion({ truth: truth(shape), observed: 'all', normalisation: 'mean' }),
    completion({
      entries: values({ data: [[shape[0] - 1, shape[1] - 1, 0.5]] }),
      rows: shape[0],
      columns: shape[1],
      normalisation: 'half',
    }),
  ],
  sensing: (shape) => [
    sensing({ truth: truth(shape), samples: 3, deviation: 1 }),
    sensing({ truth: truth(shape), samples: 40, noise: 0.5, normalisation: 'mean' }),
  ],
  squared: (shape) => [
    squared({ truth: truth(shape), samples: 2, normalisation: 'sum' }),
    squared({ truth: truth(shape), samples: 300, noise: 0.5, covariance: spread(shape[1]) }),
    squared({ inputs: drawn(shape[1], 9), targets: drawn(shape[0], 9), normalisation: 'mean' }),
  ],
  whitened: (shape) => [
    whitened({ target: truth(shape) }),
    whitened({ target: truth(shape), normalisation: 'mean' }),
  ],
  lp: (shape) => [
    lp({ power: 4, inputs: drawn(shape[1], 7), targets: drawn(shape[0], 7) }),
    lp({ power: 6, truth: truth(shape), samples: 300, normalisation: 'meanPerPower' }),
    lp({ power: 4, inputs: drawn(shape[1], 1), targets: drawn(shape[0], 1), normalisation: 'perPower' }),
    lp({ power: 2, truth: truth(shape), samples: 5, noise: 1, normalisation: 'sum' }),
  ],
  logistic: ([rows, columns]) => [
    logistic({ truth: truth([Math.max(2, rows), columns]), samples: 300, labelling: 'sampled' }),
    logistic({
      inputs: drawn(columns, 5),
      labels: [0, 1, 0, 1, 1],
      classes: Math.max(2, rows),
      normalisation: 'sum',
    }),
  ],
}

/** One by one, a row, a column, wide, tall and square. */
export const shapes: readonly Shape[] = [
  [1, 1],
  [1, 4],
  [4, 1],
  [3, 4],
  [4, 3],
  [3, 3],
]

const truth = ([rows, columns]: Shape) => gaussianMatrix({ rows, columns, deviation: 0.8 })
const drawn = (rows: number, columns: number) => gaussianMatrix({ rows, columns, deviation: 0.7 })
const spread = (count: number) => Array.from({ length: count }, (_, k) => 1 / (k + 1))
