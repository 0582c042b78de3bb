import { z } from 'zod'
import type { Objective } from '../dynamics/objective.ts'
import { InputError } from '../input-error.ts'
import type { Matrix } from '../linalg/matrix.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import type { Column, Probe } from './probe.ts'

const parameters = {
  measure: z.enum(['meanSquare', 'frobenius', 'relative']).default('meanSquare').meta({
    description:
      "meanSquare: mean of (W − W*)² over all entries (Arora et al. 2019's code); frobenius: ‖W − W*‖_F; relative: ‖W − W*‖_F/‖W*‖_F",
  }),
}

type Measure = Parsed<typeof parameters>['measure']

const columns: Readonly<Record<Measure, Column>> = {
  meanSquare: {
    name: 'reconstructionError',
    symbol: '\\frac{1}{d_n d_0}\\|W-W^*\\|_F^2',
    help: 'mean of (W − W*)² over all entries, observed or not',
  },
  frobenius: {
    name: 'reconstructionErrorFrobenius',
    symbol: '\\|W-W^*\\|_F',
    help: 'Frobenius distance of the end-to-end matrix from the truth',
  },
  relative: {
    name: 'reconstructionErrorRelative',
    symbol: '\\|W-W^*\\|_F/\\|W^*\\|_F',
    help: 'Frobenius distance of the end-to-end matrix from the truth, relative to the norm of the truth',
  },
}

/**
 * Distance of the end-to-end matrix from the truth W* that the data came from, over all entries. One column, named after the
 * measure: `reconstructionError` (mean square), `reconstructionErrorFrobenius`, `reconstructionErrorRelative`.
 *
 * Throws an `InputError` at creation when the loss knows no truth, or when the relative error is asked for and the truth is 0.
 */
export const reconstructionError = entry(
  {
    kind: 'reconstructionError',
    title: 'Reconstruction error',
    symbol: '\\|W-W^*\\|',
    help: 'distance of the end-to-end matrix from the truth the data came from; needs a loss with a truth',
    source: 'Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), section 4',
  },
  parameters,
  {
    create(spec: Parsed<typeof parameters>, objective: Objective): Probe {
      const truth = truthOf(objective)
      const { engine } = objective
      const size = engine.norm(truth)
      if (spec.measure === 'relative' && size === 0)
        throw new InputError(
          'the probe reconstructionError with measure "relative" divides by the norm of the truth, which is 0 here: use "frobenius" or "meanSquare"',
        )
      const difference = engine.matrix(truth.rows, truth.columns)
      return {
        columns: [columns[spec.measure]],
        read({ endToEnd }) {
          engine.combineInto(difference, [1, -1], [endToEnd, truth])
          const distance = engine.norm(difference)
          if (spec.measure === 'frobenius') return [distance]
          if (spec.measure === 'relative') return [distance / size]
          return [(distance * distance) / (truth.rows * truth.columns)]
        },
      }
    },
  },
)

function truthOf({ loss }: Objective): Matrix {
  if (loss.truth) return loss.truth
  throw new InputError(
    `the probe reconstructionError compares with the truth that the data came from, and this loss ("${loss.kind}") knows none: remove the probe, or give the loss a truth`,
  )
}
