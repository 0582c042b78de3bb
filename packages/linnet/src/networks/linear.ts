import { z } from 'zod'
import type { Engine } from '../engine/engine.ts'
import { InputError } from '../input-error.ts'
import type { Matrix, Shape } from '../linalg/matrix.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import { fromInput } from './from-input.ts'
import { fromOutput } from './from-output.ts'
import type { Network, NetworkContext, Parameters } from './network.ts'

const width = z.int().min(1)

const parameters = {
  depth: z.int().min(1).max(1000).default(2).meta({ description: 'number of layers', symbol: 'n' }),
  widths: z
    .union([width, z.array(width)], {
      error: 'expected one hidden width for all hidden layers, or a list of depth − 1 of them',
    })
    .optional()
    .meta({
      description:
        'hidden widths d_1, …, d_{n−1}: one number for all, or a list; default min(d_0, d_n), the smallest that restrict nothing. Narrower layers are allowed: they bound the rank of W',
      symbol: 'd_1, \\dots, d_{n-1}',
    }),
}

/**
 * W = W_n···W_1 with W_j of shape d_j×d_{j−1}, no biases; d_0 and d_n are those of the loss.
 *
 * `depth` is n (default 2). `widths` are the hidden widths d_1, …, d_{n−1}, one number for all or a list of n − 1 (default
 * min(d_0, d_n), the smallest that restrict nothing); narrower ones bound the rank of W.
 *
 * Making it throws an `InputError` when the list of widths does not have n − 1 numbers.
 *
 * Source: Arora, Cohen, Hazan 2018 (arXiv 1802.06509), section 4; Cohen, Razin 2024 (arXiv 2408.13767), section 2.
 *
 * ```ts
 * const network = linear({ depth: 4, widths: [5, 3, 5] })
 * const loss = whitened({ target: gaussianMatrix({ rows: 4, columns: 6 }) })
 * await simulate({ loss, network, init: rooted, dynamics: gradientFlow, until: { time: 1 } })
 * ```
 */
export const linear = entry(
  {
    kind: 'linear',
    title: 'Linear neural network',
    symbol: 'W = W_n W_{n-1} \\cdots W_1',
    help: 'a product of n matrices, without biases; depth 1 is the matrix itself',
    source:
      'Arora, Cohen, Hazan 2018 (arXiv 1802.06509), section 4; Cohen, Razin 2024 (arXiv 2408.13767), section 2',
  },
  parameters,
  {
    create(spec: Parsed<typeof parameters>, { engine, endToEnd }: NetworkContext): Network {
      return linearNetwork(engine, widthsOf(spec, endToEnd))
    },
  },
)

function widthsOf({ depth, widths }: Parsed<typeof parameters>, [outputs, inputs]: Shape): number[] {
  if (Array.isArray(widths) && widths.length !== depth - 1)
    throw new InputError(
      `linear: a network of depth ${depth} has ${depth - 1} hidden layers, but widths lists ${widths.length}; make them agree.`,
    )
  const hidden = Array.isArray(widths)
    ? widths
    : new Array<number>(depth - 1).fill(widths ?? Math.min(inputs, outputs))
  return [inputs, ...hidden, outputs]
}

/** The linear network of widths d_0, …, d_n. */
export function linearNetwork(engine: Engine, widths: readonly number[]): Network {
  const depth = widths.length - 1
  const shapes = widths.slice(1).map((rows, j): Shape => [rows, widths[j]!])
  const size = shapes.reduce((sum, [rows, columns]) => sum + rows * columns, 0)
  // Every product has d_0 columns when taken from the input side and d_n rows from the output side.
  const products = widths[0]! <= widths[depth]! ? fromInput : fromOutput
  return {
    kind: 'linear',
    depth,
    widths,
    shapes,
    size,
    allocate: () => allocate(engine, shapes, size),
    ...products(engine, widths),
  }
}

function allocate(engine: Engine, shapes: readonly Shape[], size: number): Parameters {
  const vector = engine.matrix(size, 1)
  const layers: Matrix[] = []
  let start = 0
  for (const [rows, columns] of shapes) {
    layers.push(engine.view(vector, start, rows, columns))
    start += rows * columns
  }
  return { vector, layers }
}
