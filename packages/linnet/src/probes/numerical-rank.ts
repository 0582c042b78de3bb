import { z } from 'zod'
import type { Objective } from '../dynamics/objective.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import { spectrumProbe } from './spectrum-probe.ts'

const parameters = {
  relative: z.number().positive().lt(1).optional().meta({
    description: 'count singular values above relative·σ_1; default max(d_n, d_0)·ε with ε = 2^−52',
  }),
}

/** Number of values above `relative` times the largest; 0 for W = 0. */
function numericalRankOf(values: Float64Array, relative: number): number {
  const threshold = relative * (values[0] ?? 0)
  return values.reduce((rank, value) => rank + (value > threshold ? 1 : 0), 0)
}

/**
 * Number of singular values above a threshold relative to the largest; by default the threshold max(d_n, d_0)·ε below which
 * round-off decides. Column `numericalRank`, or `numericalRank0.01` for `relative: 0.01`.
 */
export const numericalRank = entry(
  {
    kind: 'numericalRank',
    title: 'Numerical rank',
    symbol: '\\operatorname{rank}_\\tau(W)',
    help: 'number of singular values above a relative threshold, by default above round-off',
    source: 'Golub, Van Loan 2013, Matrix Computations, section 5.4',
  },
  parameters,
  {
    create(spec: Parsed<typeof parameters>, { loss }: Objective) {
      const relative = spec.relative ?? Math.max(...loss.shape) * Number.EPSILON
      return spectrumProbe(
        {
          name: `numericalRank${spec.relative ?? ''}`,
          symbol: '\\operatorname{rank}_\\tau(W)',
          help: `number of singular values of W above ${relative} times the largest`,
        },
        (values) => numericalRankOf(values, relative),
      )
    },
  },
)
