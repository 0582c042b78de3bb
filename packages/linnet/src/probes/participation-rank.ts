import { entry } from '../registry/entry.ts'
import { relativeSum, spectrumProbe } from './spectrum-probe.ts'

/** (Σ_r σ_r)²/Σ_r σ_r²; not a number for W = 0. */
function participationRankOf(values: Float64Array): number {
  const sum = relativeSum(values, (share) => share)
  if (sum === 0) return Number.NaN
  return (sum * sum) / relativeSum(values, (share) => share * share)
}

/** Participation ratio ‖W‖_*²/‖W‖_F², between stable rank and effective rank; not a number at W = 0. Column `participationRank`. */
export const participationRank = entry(
  {
    kind: 'participationRank',
    title: 'Participation rank',
    symbol: '\\|W\\|_*^2/\\|W\\|_F^2',
    help: 'squared nuclear over squared Frobenius norm: between stable rank and rank, without logarithms',
    source: 'Gao et al. 2017 (bioRxiv 214262), participation ratio',
  },
  {},
  {
    create: () =>
      spectrumProbe(
        {
          name: 'participationRank',
          symbol: '\\|W\\|_*^2/\\|W\\|_F^2',
          help: '(Σσ)²/Σσ² of W; not a number at W = 0',
        },
        participationRankOf,
      ),
  },
)
