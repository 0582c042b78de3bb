import { chebyshevStep, longestFor, stagesFor } from './chebyshev.ts'
import { predictive } from './controller.ts'
import { hermite } from './hermite.ts'
import type { Integration, Integrator, Stepper } from './integrator.ts'
import { spectralRadiusEstimator } from './spectral-radius.ts'
import { trapezoidError } from './trapezoid.ts'

/** Rounding grows with the square of the stages; steps that want more are cut. */
const MOST_STAGES = 500

/** The power method approaches the radius from below. */
export const RADIUS_MARGIN = 1.2

/** Accepted steps between two estimates of the radius. */
const RADIUS_STEPS = 25

const power = { agreement: 0.02, iterations: 50 }
const control = { order: 3, safety: 0.8, least: 0.1, most: 10 }

function create(integration: Integration): Stepper {
  const { field, from, to, absolute, relative } = integration
  const { engine, network } = field.objective
  const estimateRadius = spectralRadiusEstimator(field, power)
  const controller = predictive(engine, control)
  const stepInto = chebyshevStep(integration)
  const errorInto = trapezoidError(engine, from, to)
  const denseInto = hermite(engine, from, to)
  const error = network.allocate().vector
  let length = 0
  let radius = 0
  let age = Number.POSITIVE_INFINITY
  return {
    longest() {
      if (age >= RADIUS_STEPS) {
        radius = estimateRadius(from)
        age = 0
      }
      return longestFor(MOST_STAGES) / (RADIUS_MARGIN * radius)
    },
    cost: (h) => stagesFor(h * RADIUS_MARGIN * radius),
    attempt(h) {
      length = h
      stepInto(to.theta, h, stagesFor(h * RADIUS_MARGIN * radius))
      field.complete(to)
      errorInto(error, h)
      return engine.errorNorm(error, from.theta.vector, to.theta.vector, absolute, relative)
    },
    accept() {
      age += 1
    },
    localError: () => engine.norm(error),
    stepAfter(h, norm, accepted) {
      // A refusal may mean that the radius has grown past what the stages were chosen for.
      if (!accepted && age > 0) age = Number.POSITIVE_INFINITY
      return controller.stepAfter(h, norm, accepted)
    },
    restart() {
      controller.restart()
      age = Number.POSITIVE_INFINITY
    },
    interpolateInto: (out, x) => denseInto(out, length, x),
    get spectralRadius() {
      return radius
    },
  }
}

export const rkc2 = {
  kind: 'rkc2',
  title: 'Runge–Kutta–Chebyshev 2',
  symbol: '\\mathrm{RKC2}',
  help: 'order 2, stabilised: a step of s gradients is stable s² times as long as one of Euler; for the stiff phase near convergence',
  source: 'Sommeijer, Shampine, Verwer 1997, Journal of Computational and Applied Mathematics 88, 315–326',
  order: 2,
  denseOrder: 2,
  create,
} satisfies Integrator
