import { entry } from '../registry/entry.ts'
import { relativeSum, spectrumProbe } from './spectrum-probe.ts'

/** Σ_r σ_r²/σ_1²; not a number for W = 0. */
function stableRankOf(values: Float64Array): number {
  return relativeSum(values, (share) => share * share) || Number.NaN
}

/** ‖W‖_F²/‖W‖², in [1, rank W]; not a number at W = 0. Column `stableRank`. */
export const stableRank = entry(
  {
    kind: 'stableRank',
    title: 'Stable rank',
    symbol: '\\|W\\|_F^2/\\|W\\|^2',
    help: 'squared Frobenius over squared spectral norm: a rank that small singular values hardly touch',
    source: 'Rudelson, Vershynin 2007 (arXiv math/0503442), section 1',
  },
  {},
  {
    create: () =>
      spectrumProbe(
        {
          name: 'stableRank',
          symbol: '\\|W\\|_F^2/\\|W\\|^2',
          help: 'Σσ²/σ_1² of W; not a number at W = 0',
        },
        stableRankOf,
      ),
  },
)
