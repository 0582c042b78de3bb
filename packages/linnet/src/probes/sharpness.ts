import { sharpness as sharpnessAt } from '../dynamics/sharpness.ts'
import { entry } from '../registry/entry.ts'
import type { Probe } from './probe.ts'

/**
 * λ_max(∇²φ(θ)), the largest eigenvalue of the Hessian in all weights, to 1e-8 where a hundred Hessian-vector products suffice.
 * Column `sharpness`. Descent with step η is stable near a minimum only where it is at most 2/η. The dearest of the probes: some
 * twenty to a hundred times the cost of a gradient at every sample.
 */
export const sharpness = entry(
  {
    kind: 'sharpness',
    title: 'Sharpness',
    symbol: '\\lambda_{\\max}(\\nabla^2\\phi)',
    help: 'largest eigenvalue of the Hessian: descent with step η is stable only where this is at most 2/η; dear',
    source: 'Marion, Chizat 2024 (arXiv 2405.13456), section 2',
  },
  {},
  {
    create(): Probe {
      return {
        columns: [
          {
            name: 'sharpness',
            symbol: '\\lambda_{\\max}(\\nabla^2\\phi)',
            help: 'largest eigenvalue of the Hessian of φ in all weights',
          },
        ],
        read: ({ objective, weights }) => [sharpnessAt(objective, weights).value],
      }
    },
  },
)
