import type { Objective } from '../dynamics/objective.ts'
import type { Engine } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import { entry, type Spec } from '../registry/entry.ts'
import type { Probe } from './probe.ts'

/** out = D_j = W_{j+1}ᵀW_{j+1} − W_jW_jᵀ, which gradient flow conserves; `lower` is W_j, `upper` is W_{j+1}, out is d_j×d_j. */
export function imbalanceInto(engine: Engine, out: Matrix, lower: Matrix, upper: Matrix): void {
  engine.multiplyInto(out, lower, lower, false, true)
  engine.multiplyInto(out, upper, upper, true, false, 1, -1)
}

/** Of layers W_1, …, W_n: max_j ‖D_j‖_F, absolute and relative to the two terms. Allocates; inside `engine.scoped`. */
export function unbalancednessOf(
  engine: Engine,
  layers: readonly Matrix[],
): { readonly absolute: number; readonly relative: number } {
  let absolute = 0
  let relative = 0
  for (const [index, upper] of layers.slice(1).entries()) {
    const lower = layers[index]!
    const square = engine.matrix(lower.rows, lower.rows)
    imbalanceInto(engine, square, lower, upper)
    const size = engine.norm(square)
    engine.multiplyInto(square, lower, lower, false, true)
    let terms = engine.norm(square)
    engine.multiplyInto(square, upper, upper, true, false)
    terms += engine.norm(square)
    absolute = Math.max(absolute, size)
    if (terms > 0) relative = Math.max(relative, size / terms)
  }
  return { absolute, relative }
}

/**
 * max_j ‖D_j‖_F, D_j = W_{j+1}ᵀW_{j+1} − W_jW_jᵀ, and the same relative to the two terms:
 * max_j ‖D_j‖_F/(‖W_{j+1}ᵀW_{j+1}‖_F + ‖W_jW_jᵀ‖_F), between 0 (balanced) and 1. Columns `unbalancedness` and
 * `relativeUnbalancedness`. Both are 0 at depth 1; the relative one leaves out pairs of zero layers.
 */
export const unbalancedness = entry(
  {
    kind: 'unbalancedness',
    title: 'Unbalancedness',
    symbol: '\\max_j\\|D_j\\|_F',
    help: 'how far the layers are from balanced, absolute and relative; conserved by gradient flow',
    source: 'Arora, Cohen, Golowich, Hu 2019 (arXiv 1810.02281), definition 1',
  },
  {},
  {
    create(_spec: Spec, { engine }: Objective): Probe {
      return {
        columns: [
          {
            name: 'unbalancedness',
            symbol: '\\max_j\\|D_j\\|_F',
            help: 'largest Frobenius norm of D_j = W_{j+1}ᵀW_{j+1} − W_jW_jᵀ',
          },
          {
            name: 'relativeUnbalancedness',
            symbol: '\\max_j\\frac{\\|D_j\\|_F}{\\|W_{j+1}^\\top W_{j+1}\\|_F+\\|W_jW_j^\\top\\|_F}',
            help: 'largest Frobenius norm of D_j relative to the sum of those of its two terms, 0 … 1',
          },
        ],
        read({ weights }) {
          const { absolute, relative } = unbalancednessOf(engine, weights.layers)
          return [absolute, relative]
        },
      }
    },
  },
)
