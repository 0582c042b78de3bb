import type { Engine } from '../engine/engine.ts'
import { entry } from '../registry/entry.ts'
import { relativeSum, spectrumProbe } from './spectrum-probe.ts'

/** exp(−Σ_r p_r ln p_r) with p_r = σ_r/Σσ and 0·ln 0 = 0; not a number for W = 0. */
export function effectiveRankOf(values: Float64Array, engine: Engine): number {
  const total = relativeSum(values, (share) => share)
  if (total === 0) return Number.NaN
  const entropy = relativeSum(values, (share) => {
    const p = share / total
    return p === 0 ? 0 : -p * engine.log(p)
  })
  return engine.exp(entropy)
}

/** Effective rank, in [1, rank W], the same for every multiple of W; not a number at W = 0. Column `effectiveRank`. */
export const effectiveRank = entry(
  {
    kind: 'effectiveRank',
    title: 'Effective rank',
    symbol: '\\operatorname{erank}(W)',
    help: 'exponential of the entropy of the normalised singular values: a rank that changes continuously',
    source: 'Roy, Vetterli 2007, The effective rank, EUSIPCO',
  },
  {},
  {
    create: () =>
      spectrumProbe(
        {
          name: 'effectiveRank',
          symbol: '\\operatorname{erank}(W)',
          help: 'exp of the entropy of σ_r/Σσ; not a number at W = 0',
        },
        effectiveRankOf,
      ),
  },
)
