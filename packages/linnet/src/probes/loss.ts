import { entry } from '../registry/entry.ts'
import type { Probe } from './probe.ts'

/** What is minimised: φ(θ) = ℓ(W_n···W_1), in the normalisation of the loss. Column `loss`. */
export const loss = entry(
  {
    kind: 'loss',
    title: 'Loss',
    symbol: '\\ell(W)',
    help: 'the training loss at the end-to-end matrix, in its own normalisation',
    source: 'Cohen, Razin 2024 (arXiv 2408.13767), section 2',
  },
  {},
  {
    create(): Probe {
      return {
        columns: [{ name: 'loss', symbol: '\\ell(W)', help: 'training loss ℓ(W), in its own normalisation' }],
        read: (moment) => [moment.loss],
      }
    },
  },
)
