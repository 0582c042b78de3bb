import type { KernelExports } from '@linnet/kernels'
import type { Matrix } from '../linalg/matrix.ts'
import type { Chain, DescentMethod, DescentReport, DescentStops, QuadraticObjective } from './chain.ts'
import { chainLayout, expectObjective, expectParameters } from './chain-layout.ts'
import { chainPasses } from './chain-passes.ts'
import type { EngineMemory } from './memory.ts'

const FLOAT_BYTES = 8

/** Throws unless `steps` can be counted. */
export function expectSteps(steps: number): void {
  if (!Number.isSafeInteger(steps) || steps < 0)
    throw new RangeError(`A descent cannot take ${steps} steps: give a whole number from 0 on.`)
}

function reasonToStop(loss: number, norm: number, stops: DescentStops): DescentReport['stopped'] | undefined {
  if (loss <= stops.loss) return 'loss'
  if (norm <= stops.gradientNorm) return 'gradientNorm'
  return loss <= stops.divergence ? undefined : 'diverged'
}

/** Makes the chain of the given widths on an objective. */
export type ChainMaker = (
  kernels: KernelExports,
  memory: EngineMemory,
  widths: readonly number[],
  objective: QuadraticObjective,
) => Chain

/**
 * Density of the observed entries below which a pass over them alone beats dense products (measured with OpenBLAS on
 * x86-64 with AVX-512).
 */
const SPARSE_BELOW = 0.3

/** A chain whose loop runs here, over products that may be a library's. */
export const steppedChain: ChainMaker = (kernels, memory, widths, objective) => {
  const layout = chainLayout(widths)
  expectObjective(memory, layout, objective)
  const passes = chainPasses(kernels, memory, layout, objective, SPARSE_BELOW)
  const { depth, starts, size } = layout
  const gradient = memory.matrix(size, 1)
  const velocity = memory.matrix(size, 1)
  const terms = memory.indices([velocity.pointer, gradient.pointer])
  const factors = memory.matrix(2, 1)
  const squares = new Float64Array(depth) // ‖∇_{W_j}φ‖² at the last point
  const stepSquares = new Float64Array(depth)
  let average = 0 // of ‖∇φ‖², for GroupRMSprop, before the correction
  let weight = 0 // what the average's weights add up to: its bias

  function squaredNorm(): number {
    let total = 0
    for (let j = 0; j < depth; j++) {
      const g = gradient.pointer + starts[j]! * FLOAT_BYTES
      const square = kernels.dot(starts[j + 1]! - starts[j]!, g, g)
      squares[j] = square
      total += square
    }
    return total
  }

  /** One step of the method; returns its η. */
  function step(theta: Matrix, method: DescentMethod, total: number): number {
    let eta = method.stepSize
    if (method.kind === 'heavyBall') {
      factors.data[0] = method.momentum
      factors.data[1] = -eta
      kernels.combine(velocity.pointer, 2, terms.pointer, factors.pointer, size)
      kernels.axpy(size, 1, velocity.pointer, theta.pointer)
      return eta
    }
    if (method.kind === 'groupRMSprop') {
      average = method.decay * average + (1 - method.decay) * total
      weight = method.decay * weight + (1 - method.decay)
      eta /= Math.sqrt(average / weight) + method.epsilon
    }
    kernels.axpy(size, -eta, gradient.pointer, theta.pointer)
    return eta
  }

  return {
    stepSquares,

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
      let loss = Number.NaN
      let norm = Number.NaN
      for (let taken = 0; taken < steps; taken++) {
        loss = passes.gradient(gradient.pointer, theta.pointer)
        const total = squaredNorm()
        norm = Math.sqrt(total)
        const stopped = reasonToStop(loss, norm, stops)
        if (stopped !== undefined) return { steps: taken, stopped, loss, gradientNorm: norm }
        const eta = step(theta, method, total)
        for (let j = 0; j < depth; j++) stepSquares[j]! += eta * eta * squares[j]!
      }
      return { steps, stopped: 'steps', loss, gradientNorm: norm }
    },

    reset() {
      velocity.data.fill(0)
      average = 0
      weight = 0
      stepSquares.fill(0)
    },
  }
}
