import { entry } from '../registry/entry.ts'
import { relativeSum, spectrumProbe } from './spectrum-probe.ts'

/** ‖W‖_* = Σ_r σ_r of singular values in descending order. */
function nuclearNormOf(values: Float64Array): number {
  return (values[0] ?? 0) * relativeSum(values, (share) => share)
}

/** ‖W‖_* = Σ_r σ_r. Column `nuclearNorm`. */
export const nuclearNorm = entry(
  {
    kind: 'nuclearNorm',
    title: 'Nuclear norm',
    symbol: '\\|W\\|_*',
    help: 'sum of the singular values of the end-to-end matrix, the convex stand-in for rank',
    source: 'Gunasekar et al. 2017 (arXiv 1705.09280), section 1',
  },
  {},
  {
    create: () =>
      spectrumProbe(
        { name: 'nuclearNorm', symbol: '\\|W\\|_*', help: 'sum of the singular values of W' },
        nuclearNormOf,
      ),
  },
)
