import type { Matrix } from '../linalg/matrix.ts'
import {
  type ChainMaker,
  chainLayout,
  expectObjective,
  expectParameters,
  expectSteps,
} from './chain-layout.ts'
import { chainPasses } from './chain-passes.ts'
import { type Layered, stepping } from './stepping.ts'
import { vectors } from './vectors.ts'

/** A chain whose loop runs here, over products that may be a library's. */
export const steppedChain: ChainMaker = (kernels, memory, widths, objective) => {
  const layout = chainLayout(widths)
  expectObjective(memory, layout, objective)
  const passes = chainPasses(kernels, memory, layout, objective)
  const { depth, starts, size } = layout
  const layered = (vector: Matrix): Layered => ({
    vector,
    layers: Array.from({ length: depth }, (_, j) =>
      memory.view(vector, starts[j]!, widths[j + 1]!, widths[j]!),
    ),
  })
  const loop = stepping(vectors(kernels, memory), {
    gradient: layered(memory.matrix(size, 1)),
    velocity: layered(memory.matrix(size, 1)),
    gradientInto: (gradient, theta) => passes.gradient(gradient.vector.pointer, theta.vector.pointer),
  })
  return {
    stepSquares: loop.stepSquares,

    loss(theta) {
      expectParameters(memory, 'θ', theta, layout)
      return passes.loss(theta.pointer)
    },

    gradientInto(out, theta) {
      expectParameters(memory, 'θ', theta, layout)
      expectParameters(memory, 'The gradient', out, layout)
      return passes.gradient(out.pointer, theta.pointer)
    },

    descend(theta, method, steps, stops) {
      expectParameters(memory, 'θ', theta, layout)
      expectSteps(steps)
      return loop.descend({ vector: theta, layers: [] }, method, steps, stops)
    },

    reset: () => loop.reset(),
  }
}
