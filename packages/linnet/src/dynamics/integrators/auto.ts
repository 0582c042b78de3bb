import { stagesFor } from './chebyshev.ts'
import { dop853 } from './dop853.ts'
import type { Integration, Stepper } from './integrator.ts'
import { RADIUS_MARGIN, rkc2 } from './rkc2.ts'
import { trapezoidError } from './trapezoid.ts'
import { type TellingStepper, tsit5 } from './tsit5.ts'

/** Relative tolerances from this one on are loose: order 5 is cheaper there than order 8. */
const LOOSE = 1e-5

/** The other method has to promise this share of the present cost, so that the two do not take turns at every step. */
const WORTH_CHANGING = 0.8

/** Steps in a row that have to say so. */
const STEPS_TO_BE_SURE = 2

/** What the margin of rkc2's controller leaves of the step that its error would allow. */
const SAFETY = 0.8

/** Projections farther than this say little. */
const MOST_GROWTH = 10

/** Errors below this are taken as this. */
const LEAST_ERROR = 1e-10

const difference = [1, -1]

/** End of the real stability interval of each nonstiff method. */
const stabilityLimits = { tsit5: 3.5, dop853: 6.1 }

/** Order of the method that `autoStepper` begins with. */
export function autoOrder(relative: number): number {
  return relative >= LOOSE ? tsit5.order : dop853.order
}

/**
 * A nonstiff method while accuracy limits the step, rkc2 while stability does, whichever is cheaper for each unit of time:
 *
 * - On the nonstiff method (tsit5 at loose, dop853 at tight tolerances) every step tells for free what rkc2 would do from
 *   here: its error from the two ends, and ρ from the two gradients at the end of the step (Hairer and Wanner 1996, IV.2).
 *   From these follow its step, its stages, and its gradients a unit of time.
 * - On rkc2 the nonstiff method is given the longest step that it has stable: when even so rkc2 needs more gradients, the
 *   step is limited by accuracy and the higher order takes over.
 */
export function autoStepper(integration: Integration): Stepper {
  const { field, from, to, absolute, relative } = integration
  const { engine, network } = field.objective
  const loose = relative >= LOOSE
  const nonstiff: TellingStepper = loose ? tsit5.create(integration) : dop853.create(integration)
  const stabilised = rkc2.create(integration)
  const limit = loose ? stabilityLimits.tsit5 : stabilityLimits.dop853
  const scratch = network.allocate().vector
  const errorInto = trapezoidError(engine, from, to)
  let active: Stepper = nonstiff
  let last: Stepper = nonstiff
  let votes = 0

  /** ρ along the difference of the last stage and the end of the step, which stiff directions dominate. */
  const radiusAtEnd = (): number => {
    engine.combineInto(scratch, difference, [to.theta.vector, nonstiff.nearEnd.theta.vector])
    const distance = engine.norm(scratch)
    engine.combineInto(scratch, difference, [to.gradient.vector, nonstiff.nearEnd.gradient.vector])
    return distance > 0 ? engine.norm(scratch) / distance : 0
  }

  /** The step that rkc2 would take after the nonstiff step of length h between the two ends. */
  const stabilisedStep = (h: number): number => {
    errorInto(scratch, h)
    const error = engine.errorNorm(scratch, from.theta.vector, to.theta.vector, absolute, relative)
    return h * Math.min(MOST_GROWTH, SAFETY * engine.pow(Math.max(error, LEAST_ERROR), -1 / 3))
  }

  const change = (to: Stepper) => {
    active = to
    active.restart()
    votes = 0
  }

  const considerStabilised = (h: number, next: number): number => {
    const step = stabilisedStep(h)
    const present = nonstiff.cost(next) / next
    const promises = (radius: number) =>
      stagesFor(RADIUS_MARGIN * radius * step) / step < WORTH_CHANGING * present
    votes = promises(radiusAtEnd()) ? votes + 1 : 0
    if (votes < STEPS_TO_BE_SURE) return next
    stabilised.restart()
    stabilised.longest()
    if (!promises(stabilised.spectralRadius ?? 0)) return next
    change(stabilised)
    return step
  }

  const considerNonstiff = (h: number, next: number): number => {
    const stable = limit / (stabilised.spectralRadius ?? 0)
    const present = stabilised.cost(next) / next
    votes = nonstiff.cost(stable) / stable < WORTH_CHANGING * present ? votes + 1 : 0
    if (votes < STEPS_TO_BE_SURE) return next
    change(nonstiff)
    return Math.min(next, h)
  }

  return {
    longest: () => active.longest(),
    cost: (h) => active.cost(h),
    attempt(h) {
      last = active
      return active.attempt(h)
    },
    accept: () => active.accept(),
    localError: () => last.localError(),
    stepAfter(h, error, accepted) {
      const next = active.stepAfter(h, error, accepted)
      if (!accepted) return next
      return active === nonstiff ? considerStabilised(h, next) : considerNonstiff(h, next)
    },
    restart: () => active.restart(),
    interpolateInto: (out, x) => last.interpolateInto(out, x),
    get spectralRadius() {
      return stabilised.spectralRadius
    },
  }
}
