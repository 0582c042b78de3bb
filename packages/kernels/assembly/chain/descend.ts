// Whole runs of first-order methods on a chain, without leaving WebAssembly and without allocating.
import { axpy, dot } from '../vectors'
import { multiplyAdd } from '../simd'
import { chainGradient } from './gradient'
import { layer, layerLength, parameters, Plan } from './plan'

const GRADIENT_DESCENT: i32 = 0
const HEAVY_BALL: i32 = 1
const GROUP_RMSPROP: i32 = 2

const STEPS_DONE: f64 = 0
const LOSS_REACHED: f64 = 1
const GRADIENT_REACHED: f64 = 2
const DIVERGED: f64 = 3

// The report: loss, squared gradient norm, why it stopped, then Σ_t η_t²‖g_j‖² for each layer.
const LOSS: usize = 0
const SQUARED_NORM: usize = 8
const REASON: usize = 16
const ACCUMULATED: usize = 24

/** Clears the report, and with it the accumulated sums. */
export function chainReset(pointer: usize, report: usize): void {
  memory.fill(report, 0, ACCUMULATED + (<usize>changetype<Plan>(pointer).depth << 3))
}

/** v ← momentum·v − step·g and x ← x + v. */
function heavyBall(n: i32, momentum: f64, step: f64, g: usize, v: usize, x: usize): void {
  const beta = f64x2.splat(momentum)
  const eta = f64x2.splat(-step)
  for (; n >= 2; n -= 2) {
    const velocity = multiplyAdd(beta, v128.load(v), f64x2.mul(eta, v128.load(g)))
    v128.store(v, velocity)
    v128.store(x, f64x2.add(v128.load(x), velocity))
    g += 16
    v += 16
    x += 16
  }
  if (n > 0) {
    const velocity = multiplyAdd(beta, v128.load64_zero(v), f64x2.mul(eta, v128.load64_zero(g)))
    v128.store64_lane(v, velocity, 0)
    v128.store64_lane(x, f64x2.add(v128.load64_zero(x), velocity), 0)
  }
}

/**
 * The step of a gradient method that divides by the running root mean square of the whole gradient's norm: one scalar for
 * all parameters. The state holds the average, the number of steps and 1 − αᵗ, which corrects the average's bias.
 */
function groupStep(state: usize, squaredNorm: f64, stepSize: f64, alpha: f64, epsilon: f64): f64 {
  const average = alpha * load<f64>(state) + (1 - alpha) * squaredNorm
  const correction = alpha * load<f64>(state, 16) + (1 - alpha)
  store<f64>(state, average)
  store<f64>(state, load<f64>(state, 8) + 1, 8)
  store<f64>(state, correction, 16)
  return stepSize / (sqrt(average / correction) + epsilon)
}

/** Squared norm of the gradient; each layer's share is left in `shares`. */
function squaredNorms(plan: Plan, gradient: usize, shares: usize): f64 {
  let total: f64 = 0
  for (let j = 1; j <= plan.depth; j++) {
    const g = layer(plan, gradient, j)
    const share = dot(layerLength(plan, j), g, g)
    store<f64>(shares + (<usize>(j - 1) << 3), share)
    total += share
  }
  return total
}

/**
 * Up to `steps` steps from theta, in place. `state`: nothing for gradient descent (0), the velocity for heavy ball (1, a
 * is the momentum), average, steps and correction for GroupRMSprop (2, a is the decay α, b is ε); zeros at the start.
 * Before each step, at its starting point: stops when loss ≤ stopLoss, ‖∇φ‖_F ≤ stopGradient or not loss ≤ stopDivergence.
 * Returns the number of steps taken.
 */
export function chainDescend(
  pointer: usize, theta: usize, state: usize, report: usize, method: i32, stepSize: f64, a: f64, b: f64, steps: i32,
  stopLoss: f64, stopGradient: f64, stopDivergence: f64,
): i32 {
  const plan = changetype<Plan>(pointer)
  const length = parameters(plan)
  const gradient = plan.gradient
  for (let taken = 0; taken < steps; taken++) {
    const loss = chainGradient(pointer, theta, gradient)
    const squaredNorm = squaredNorms(plan, gradient, plan.shares)
    store<f64>(report, loss, LOSS)
    store<f64>(report, squaredNorm, SQUARED_NORM)
    let reason = STEPS_DONE
    if (loss <= stopLoss) reason = LOSS_REACHED
    else if (sqrt(squaredNorm) <= stopGradient) reason = GRADIENT_REACHED
    else if (!(loss <= stopDivergence)) reason = DIVERGED
    if (reason != STEPS_DONE) {
      store<f64>(report, reason, REASON)
      return taken
    }
    let step = stepSize
    if (method == HEAVY_BALL) heavyBall(length, a, step, gradient, state, theta)
    else {
      if (method == GROUP_RMSPROP) step = groupStep(state, squaredNorm, stepSize, a, b)
      axpy(length, -step, gradient, theta)
    }
    let accumulated = report + ACCUMULATED
    for (let j = 0; j < plan.depth; j++) {
      const share = load<f64>(plan.shares + (<usize>j << 3))
      store<f64>(accumulated, load<f64>(accumulated) + step * step * share)
      accumulated += 8
    }
  }
  store<f64>(report, STEPS_DONE, REASON)
  return steps
}
