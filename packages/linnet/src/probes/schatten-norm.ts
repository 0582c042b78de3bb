import { z } from 'zod'
import type { Objective } from '../dynamics/objective.ts'
import type { Engine } from '../engine/engine.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import { relativeSum, spectrumProbe } from './spectrum-probe.ts'

const parameters = {
  exponent: z.number().positive().optional().meta({
    description: 'p of (Σ_r σ_r^p)^(1/p); default 2/n with n the depth of the network',
    symbol: 'p',
  }),
}

/**
 * ‖W‖_{S_p} = (Σ_r σ_r^p)^{1/p} of singular values in descending order: a norm for p ≥ 1, a quasi-norm for 0 < p < 1. Values up to
 * `floor`·σ_1 count as 0: at p = 2/5 a round-off of 1e-16 would weigh 4e-7.
 */
function schattenNormOf(values: Float64Array, exponent: number, floor: number, engine: Engine): number {
  const largest = values[0] ?? 0
  if (largest === 0) return 0
  const sum = relativeSum(values, (share) => (share <= floor ? 0 : engine.pow(share, exponent)))
  return largest * engine.pow(sum, 1 / exponent)
}

/**
 * ‖W‖_{S_p} = (Σ_r σ_r^p)^{1/p}, by default with p = 2/n: the (quasi-)norm that weight decay on n layers amounts to, because
 * min{Σ_j ‖W_j‖_F² : W_n···W_1 = W} = n·Σ_r σ_r^{2/n}. Singular values up to max(d_n, d_0)·ε·σ_1, the threshold of
 * `numericalRank`, count as 0. Column `schattenNorm`, or `schattenNorm0.5` for exponent 0.5.
 */
export const schattenNorm = entry(
  {
    kind: 'schattenNorm',
    title: 'Schatten norm',
    symbol: '\\|W\\|_{S_p}',
    help: 'Schatten quasi-norm of the end-to-end matrix with p = 2/depth: what the layers’ norms measure when balanced',
    source: 'Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), section 2',
  },
  parameters,
  {
    create(spec: Parsed<typeof parameters>, { network, loss }: Objective) {
      const exponent = spec.exponent ?? 2 / network.depth
      const floor = Math.max(...loss.shape) * Number.EPSILON
      const p = spec.exponent === undefined ? `2/${network.depth}` : `${exponent}`
      return spectrumProbe(
        {
          name: `schattenNorm${spec.exponent ?? ''}`,
          symbol: `\\|W\\|_{S_{${p}}}`,
          help: `(Σ_r σ_r^p)^(1/p) of W with p = ${p}`,
        },
        (values, engine) => schattenNormOf(values, exponent, floor, engine),
      )
    },
  },
)
