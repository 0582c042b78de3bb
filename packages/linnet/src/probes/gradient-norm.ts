import { entry } from '../registry/entry.ts'
import type { Probe } from './probe.ts'

/** ‖∇φ(θ)‖_F over all layers together. Column `gradientNorm`. */
export const gradientNorm = entry(
  {
    kind: 'gradientNorm',
    title: 'Gradient norm',
    symbol: '\\|\\nabla\\phi\\|_F',
    help: 'Euclidean norm of the gradient in all weights: how far from stationary',
    source: 'Cohen, Razin 2024 (arXiv 2408.13767), section 2',
  },
  {},
  {
    create(): Probe {
      return {
        columns: [
          {
            name: 'gradientNorm',
            symbol: '\\|\\nabla\\phi\\|_F',
            help: 'square root of the sum of the squared partial derivatives in all weights',
          },
        ],
        read: (moment) => [moment.objective.engine.norm(moment.gradient.vector)],
      }
    },
  },
)
