import { stagesFor } from './chebyshev.ts'
import { dop853 } from './dop853.ts'
import type { Integration, Stepper } from './integrator.ts'
import { RADIUS_MARGIN, rkc2 } from './rkc2.ts'
import { spectralRadiusEstimator } from './spectral-radius.ts'
import { trapezoidError } from './trapezoid.ts'

/**
 * Steps of dop853 are kept to this many times 1/ρ: its real stability interval reaches to 6.39, but beyond 5.5 stiff components
 * are hardly damped any more and disturb the error estimate.
 */
const STABLE = 5.5

/**
 * Steps between two estimates of the radius. It is measured at every length of step: once stiff components are learned they
 * no longer show in the error of a step nor in the gradients at its end, and steps far beyond the limit are taken, whose ends
 * are right and whose dense output is not.
 */
const RADIUS_STEPS = 5

/** The power method approaches the radius from below. */
const MARGIN = 1.05

/**
 * rkc2 takes over when it promises to need at most this share of the gradients. Its errors are as large as the tolerance allows
 * where those of dop853 at the limit of stability are far smaller, and while modes still grow errors grow with them: what it
 * saves has to be worth that.
 */
const WORTH = 0.3

/** And is given up after so many steps in a row that needed more than this share of what dop853 would. */
const NO_LONGER_WORTH = 0.9
const STEPS_NOT_WORTH = 3

/** What the controller of rkc2 leaves of the step that its error would allow. */
const SAFETY = 0.8

/** Projections farther than this say little; errors below are taken as this. */
const MOST_GROWTH = 10
const LEAST_ERROR = 1e-10

/**
 * dop853 while accuracy limits the step, rkc2 while stability does:
 *
 * - dop853 begins. The power method measures ρ every few steps, and the steps are kept where stiff components are damped. What
 *   rkc2 would do from here follows for free, its error from the two ends of the step, its stages from ρ: it takes over when
 *   that needs much fewer gradients for a unit of time.
 * - rkc2 hands back when dop853 at its longest stable step would need about as many gradients: accuracy limits the step
 *   then, for which order 8 is the better means.
 */
export function autoStepper(integration: Integration): Stepper {
  const { field, from, to, absolute, relative } = integration
  const { engine, network } = field.objective
  const nonstiff = dop853.create(integration)
  const stabilised = rkc2.create(integration)
  const estimateRadius = spectralRadiusEstimator(field, { agreement: 0.02, iterations: 50 })
  const errorInto = trapezoidError(engine, from, to)
  const scratch = network.allocate().vector
  let active: Stepper = nonstiff
  let last: Stepper = nonstiff
  let votes = 0
  let radius = 0
  let age = 0

  /** The step that rkc2 would take after this one of length h. */
  const stabilisedStep = (h: number): number => {
    errorInto(scratch, h)
    const error = engine.errorNorm(scratch, from.theta.vector, to.theta.vector, absolute, relative)
    return h * Math.min(MOST_GROWTH, SAFETY * engine.pow(Math.max(error, LEAST_ERROR), -1 / 3))
  }

  const considerStabilised = (h: number, next: number): number => {
    if (radius === 0) return next
    const step = stabilisedStep(h)
    const present = nonstiff.cost(h) / Math.min(next, longestStable())
    if (stagesFor(RADIUS_MARGIN * radius * step) / step > WORTH * present) return next
    active = stabilised
    active.restart()
    votes = 0
    return step
  }

  const considerNonstiff = (next: number): number => {
    radius = stabilised.spectralRadius ?? 0
    const limit = nonstiff.cost(next) / longestStable()
    votes = stabilised.cost(next) / next > NO_LONGER_WORTH * limit ? votes + 1 : 0
    if (votes < STEPS_NOT_WORTH) return next
    active = nonstiff
    active.restart()
    age = 0
    return next
  }

  const longestStable = () => STABLE / (MARGIN * radius)

  const nonstiffLongest = (): number => {
    if (age >= RADIUS_STEPS) {
      radius = estimateRadius(from)
      age = 0
    }
    return longestStable()
  }

  return {
    longest: () => (active === nonstiff ? nonstiffLongest() : active.longest()),
    cost: (h) => active.cost(h),
    attempt(h) {
      last = active
      return active.attempt(h)
    },
    accept() {
      active.accept()
      age += 1
    },
    localError: () => last.localError(),
    stepAfter(h, error, accepted) {
      const next = active.stepAfter(h, error, accepted)
      if (active !== nonstiff) return accepted ? considerNonstiff(next) : next
      if (accepted) return considerStabilised(h, next)
      age = Number.POSITIVE_INFINITY
      return next
    },
    restart: () => active.restart(),
    interpolateInto: (out, x) => last.interpolateInto(out, x),
    get spectralRadius() {
      return active === nonstiff ? radius : stabilised.spectralRadius
    },
  }
}
