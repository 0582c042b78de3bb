import type { Matrix } from '../linalg/matrix.ts'
import type { DescentMethod, DescentReport, DescentStops } from './chain.ts'
import type { Engine } from './engine.ts'

/** A vector θ and the windows on it that are its layers. */
export interface Layered {
  readonly vector: Matrix
  readonly layers: readonly Matrix[]
}

/** What a descent is made over: two vectors of its own, and a gradient, stochastic or not. */
export interface Steppable<Theta extends Layered> {
  readonly gradient: Theta
  readonly velocity: Theta
  /** Writes a gradient at θ and returns the loss there. */
  gradientInto(gradient: Theta, theta: Theta): number
}

export interface Stepping<Theta extends Layered> {
  /** Takes up to `steps` steps in place; the memory of the method goes on from call to call, until `reset`. */
  descend(theta: Theta, method: DescentMethod, steps: number, stops: DescentStops): DescentReport
  reset(): void
  /** Σ_t η_t²‖∇_{W_j}φ‖²_F over all steps since the last reset, one number a layer. */
  readonly stepSquares: Float64Array
}

function reasonToStop(loss: number, norm: number, stops: DescentStops): DescentReport['stopped'] | undefined {
  if (loss <= stops.loss) return 'loss'
  if (norm <= stops.gradientNorm) return 'gradientNorm'
  return loss <= stops.divergence ? undefined : 'diverged'
}

/**
 * The loop of all descents that do not run inside the kernels: around a library's products, and over losses that have no fused
 * form. Makes no object after creation; JavaScript boxes a few numbers a step (16 to 112 bytes), which never live long.
 */
export function stepping<Theta extends Layered>(
  { combineInto, dot }: Pick<Engine, 'combineInto' | 'dot'>,
  { gradient, velocity, gradientInto }: Steppable<Theta>,
): Stepping<Theta> {
  const { layers } = gradient
  const squares = new Float64Array(layers.length) // ‖∇_{W_j}φ‖² at the last point
  const stepSquares = new Float64Array(layers.length)
  const factors = [1, 0]
  const terms = [velocity.vector, gradient.vector]
  let average = 0 // of ‖∇φ‖², for GroupRMSprop, before the correction
  let weight = 0 // what the average's weights add up to: its bias

  function squaredNorm(): number {
    let total = 0
    for (let j = 0; j < layers.length; j++) {
      squares[j] = dot(layers[j]!, layers[j]!)
      total += squares[j]!
    }
    return total
  }

  /** a ← keep·a + factor·b. */
  function add(a: Matrix, keep: number, factor: number, b: Matrix): void {
    factors[0] = keep
    factors[1] = factor
    terms[0] = a
    terms[1] = b
    combineInto(a, factors, terms)
  }

  /** One step of the method; returns its η. */
  function step(theta: Matrix, method: DescentMethod, total: number): number {
    let eta = method.stepSize
    if (method.kind === 'heavyBall') {
      add(velocity.vector, method.momentum, -eta, gradient.vector)
      add(theta, 1, 1, velocity.vector)
      return eta
    }
    if (method.kind === 'groupRMSprop') {
      average = method.decay * average + (1 - method.decay) * total
      weight = method.decay * weight + (1 - method.decay)
      eta /= Math.sqrt(average / weight) + method.epsilon
    }
    add(theta, 1, -eta, gradient.vector)
    return eta
  }

  return {
    stepSquares,
    descend(theta, method, steps, stops) {
      let loss = Number.NaN
      let gradientNorm = Number.NaN
      for (let taken = 0; taken < steps; taken++) {
        loss = gradientInto(gradient, theta)
        const total = squaredNorm()
        gradientNorm = Math.sqrt(total)
        const stopped = reasonToStop(loss, gradientNorm, stops)
        if (stopped !== undefined) return { steps: taken, stopped, loss, gradientNorm }
        const eta = step(theta.vector, method, total)
        for (let j = 0; j < squares.length; j++) stepSquares[j]! += eta * eta * squares[j]!
      }
      return { steps, stopped: 'steps', loss, gradientNorm }
    },
    reset() {
      velocity.vector.data.fill(0)
      stepSquares.fill(0)
      average = 0
      weight = 0
    },
  }
}
