import type { DescentMethod, DescentReport, DescentStops } from '../engine/chain.ts'
import type { Parameters } from '../networks/network.ts'
import type { Objective } from './objective.ts'

/** What takes the steps: an engine's fused loop, or the loop below. */
export interface Descender {
  /** Takes up to `steps` steps in place; the memory of the method goes on from call to call. */
  descend(theta: Parameters, method: DescentMethod, steps: number, stops: DescentStops): DescentReport
  /** Σ_t η_t²‖∇_{W_j}φ‖²_F over all steps, one number a layer. */
  readonly stepSquares: ArrayLike<number>
}

/** The fused loop of the objective where it has one, a loop over its gradients otherwise. */
export function descenderOf(objective: Objective): Descender {
  const { chain } = objective
  if (chain === undefined)
    return composedDescender(objective, (gradient, theta) => objective.gradientInto(gradient, theta))
  chain.reset()
  return {
    descend: (theta, method, steps, stops) => chain.descend(theta.vector, method, steps, stops),
    stepSquares: chain.stepSquares,
  }
}

function reasonToStop(loss: number, norm: number, stops: DescentStops): DescentReport['stopped'] | undefined {
  if (loss <= stops.loss) return 'loss'
  if (norm <= stops.gradientNorm) return 'gradientNorm'
  return loss <= stops.divergence ? undefined : 'diverged'
}

/**
 * The loop over any gradient, stochastic ones included: `gradientInto` writes a gradient at θ and returns the loss there. All
 * memory is taken here.
 */
export function composedDescender(
  { engine, network }: Pick<Objective, 'engine' | 'network'>,
  gradientInto: (gradient: Parameters, theta: Parameters) => number,
): Descender {
  const gradient = network.allocate()
  const velocity = network.allocate()
  const squares = new Float64Array(network.depth)
  const stepSquares = new Float64Array(network.depth)
  const factors = [0, 0]
  const heavyTerms = [velocity.vector, gradient.vector]
  let average = 0
  let weight = 0

  function squaredNorm(): number {
    let total = 0
    for (let j = 0; j < squares.length; j++) {
      const layer = gradient.layers[j]!
      squares[j] = engine.dot(layer, layer)
      total += squares[j]!
    }
    return total
  }

  function add(theta: Parameters, factor: number, direction: Parameters): void {
    factors[0] = 1
    factors[1] = factor
    plainTerms[0] = theta.vector
    plainTerms[1] = direction.vector
    engine.combineInto(theta.vector, factors, plainTerms)
  }
  const plainTerms = [velocity.vector, gradient.vector]

  /** One step of the method; returns its η. */
  function step(theta: Parameters, method: DescentMethod, total: number): number {
    let eta = method.stepSize
    if (method.kind === 'heavyBall') {
      factors[0] = method.momentum
      factors[1] = -eta
      engine.combineInto(velocity.vector, factors, heavyTerms)
      add(theta, 1, velocity)
      return eta
    }
    if (method.kind === 'groupRMSprop') {
      average = method.decay * average + (1 - method.decay) * total
      weight = method.decay * weight + (1 - method.decay)
      eta /= Math.sqrt(average / weight) + method.epsilon
    }
    add(theta, -eta, gradient)
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
        const eta = step(theta, method, total)
        for (let j = 0; j < squares.length; j++) stepSquares[j]! += eta * eta * squares[j]!
      }
      return { steps, stopped: 'steps', loss, gradientNorm }
    },
  }
}
