import { entry } from '../registry/entry.ts'
import { spectrumProbe } from './spectrum-probe.ts'

/** ‖W‖ = σ_1, the operator norm. Column `spectralNorm`. */
export const spectralNorm = entry(
  {
    kind: 'spectralNorm',
    title: 'Spectral norm',
    symbol: '\\|W\\|',
    help: 'largest singular value of the end-to-end matrix',
    source: 'Horn, Johnson 2013, Matrix Analysis, section 5.6',
  },
  {},
  {
    create: () =>
      spectrumProbe(
        { name: 'spectralNorm', symbol: '\\|W\\|', help: 'largest singular value of the end-to-end matrix' },
        (values) => values[0] ?? 0,
      ),
  },
)
