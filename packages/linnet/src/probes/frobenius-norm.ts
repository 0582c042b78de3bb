import { entry } from '../registry/entry.ts'
import type { Probe } from './probe.ts'

/** ‖W‖_F = (Σ_{ij} W_ij²)^{1/2}. Column `frobeniusNorm`. */
export const frobeniusNorm = entry(
  {
    kind: 'frobeniusNorm',
    title: 'Frobenius norm',
    symbol: '\\|W\\|_F',
    help: 'root of the sum of the squared entries of the end-to-end matrix',
    source: 'Horn, Johnson 2013, Matrix Analysis, section 5.6',
  },
  {},
  {
    create: (): Probe => ({
      columns: [
        { name: 'frobeniusNorm', symbol: '\\|W\\|_F', help: 'root of the sum of the squared entries of W' },
      ],
      read: (moment) => [moment.objective.engine.norm(moment.endToEnd)],
    }),
  },
)
