import type { Objective } from '../dynamics/objective.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import { count, counted } from './counted.ts'
import type { Probe } from './probe.ts'

const parameters = { count }

/**
 * The largest singular values σ_1 ≥ σ_2 ≥ … of the end-to-end matrix. Columns `singularValue1`, `singularValue2`, …; at most
 * min(d_n, d_0) of them. `singularValues(5)` is short for `singularValues({ count: 5 })`; default 10.
 */
export const singularValues = counted(
  entry(
    {
      kind: 'singularValues',
      title: 'Singular values',
      symbol: '\\sigma_r(W)',
      help: 'the largest singular values of the end-to-end matrix, one column each: watch ranks being learnt one by one',
      source: 'Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), theorem 3 and figure 3',
    },
    parameters,
    {
      create(spec: Parsed<typeof parameters>, objective: Objective): Probe {
        const [rows, columns] = objective.loss.shape
        const shown = Math.min(spec.count, rows, columns)
        return {
          columns: Array.from({ length: shown }, (_, r) => ({
            name: `singularValue${r + 1}`,
            symbol: `\\sigma_{${r + 1}}`,
            help: `singular value number ${r + 1} of the end-to-end matrix, descending`,
          })),
          read: (moment) => moment.singularValues.subarray(0, shown),
        }
      },
    },
  ),
)
