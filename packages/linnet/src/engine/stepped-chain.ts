import type { Matrix } from '../linalg/matrix.ts'
import type { DescentMethod, DescentReport, DescentStops } from './chain.ts'
import {
  type ChainMaker,
  chainLayout,
  expectObjective,
  expectParameters,
  expectSteps,
} from './chain-layout.ts'
import { chainPasses } from './chain-passes.ts'
import { FLOAT_BYTES } from './memory.ts'

function reasonToStop(loss: number, norm: number, stops: DescentStops): DescentReport['stopped'] | undefined {
  if (loss <= stops.loss) return 'loss'
  if (norm <= stops.gradientNorm) return 'gradientNorm'
  return loss <= stops.divergence ? undefined : 'diverged'
}

/** A chain whose loop runs here, over products that may be a library's. */
export const steppedChain: ChainMaker = (kernels, memory, widths, objective) => {
  const layout = chainLayout(widths)
  expectObjective(memory, layout, objective)
  const passes = chainPasses(kernels, memory, layout, objective)
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
