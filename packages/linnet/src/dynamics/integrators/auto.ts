import { dop853 } from './dop853.ts'
import type { Integration, Stepper } from './integrator.ts'
import { rkc2 } from './rkc2.ts'
import type { TellingStepper } from './tsit5.ts'

/** Share of the stability limit from which a step counts as limited by stability. */
const NEAR_THE_LIMIT = 0.7

/** Steps in a row near the limit before the stabilised method takes over. */
const STEPS_AT_THE_LIMIT = 2

/** rkc2 has to need at most this share of the gradients that the nonstiff method needs at its stability limit. */
const WORTH = 0.6

/** Steps in a row that were not worth it before it is given up: the first ones still damp what the limit stirred up. */
const STEPS_NOT_WORTH = 6

/** Steps of the nonstiff method before the stabilised one is tried again. */
const PAUSE = 10

const difference = [1, -1]

/**
 * A nonstiff method while accuracy limits the step, rkc2 while stability does:
 *
 * - dop853 begins. The two gradients that it has at the end of every step show the curvature there for free (Hairer and
 *   Wanner 1996, IV.2); when h times it nears the end of the real stability interval twice in a row, and the power method
 *   agrees, rkc2 takes over.
 * - rkc2 goes on while it needs clearly fewer gradients for a unit of time than dop853 would at its stability limit, and
 *   hands back otherwise: its step is then limited by accuracy, for which order 8 is the better means.
 */
export function autoStepper(integration: Integration): Stepper {
  const { field, to } = integration
  const { engine, network } = field.objective
  const nonstiff: TellingStepper = dop853.create(integration)
  const stabilised = rkc2.create(integration)
  const scratch = network.allocate().vector
  let active: Stepper = nonstiff
  let last: Stepper = nonstiff
  let votes = 0
  let pause = 0

  const distance = (a: 'theta' | 'gradient') => {
    engine.combineInto(scratch, difference, [to[a].vector, nonstiff.nearEnd[a].vector])
    return engine.norm(scratch)
  }
  const nearTheLimit = (h: number, radius: number) => h * radius > NEAR_THE_LIMIT * dop853.stability
  const change = (next: Stepper) => {
    active = next
    active.restart()
    votes = 0
  }

  const considerStabilised = (h: number, next: number): number => {
    pause -= 1
    votes = pause < 0 && nearTheLimit(h, distance('gradient') / distance('theta')) ? votes + 1 : 0
    if (votes < STEPS_AT_THE_LIMIT) return next
    change(stabilised)
    stabilised.longest()
    if (nearTheLimit(h, stabilised.spectralRadius ?? 0)) return h
    change(nonstiff)
    pause = PAUSE
    return next
  }

  const considerNonstiff = (next: number): number => {
    const stable = dop853.stability / (stabilised.spectralRadius ?? 0)
    const worth = stabilised.cost(next) / next <= (WORTH * nonstiff.cost(stable)) / stable
    votes = worth ? 0 : votes + 1
    if (votes < STEPS_NOT_WORTH) return next
    change(nonstiff)
    pause = PAUSE
    return next
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
      return active === nonstiff ? considerStabilised(h, next) : considerNonstiff(next)
    },
    restart: () => active.restart(),
    interpolateInto: (out, x) => last.interpolateInto(out, x),
    get spectralRadius() {
      return stabilised.spectralRadius
    },
  }
}
