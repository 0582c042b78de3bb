import type { Engine } from '../../engine/engine.ts'

/** Chooses the next step length from the error of this one (in units of the tolerance). */
export interface Controller {
  stepAfter(h: number, error: number, accepted: boolean): number
  restart(): void
}

export interface ControllerOptions {
  /** The error of a step of length h is of order h^order. */
  readonly order: number
  readonly safety: number
  /** Bounds of the factor by which the length changes at once. */
  readonly least: number
  readonly most: number
}

/** Errors below this are taken as this: what is smaller says nothing about the next step. */
const LEAST_ERROR = 1e-10

/**
 * The proportional–integral controller (Hairer, Nørsett, Wanner 1993, II.4; Gustafsson 1991):
 * h ← h·safety·error^−proportional·previous^integral after a step that was taken, h·safety·error^(−1/order) after one that
 * was refused, and no growth right after a refusal.
 */
export function proportionalIntegral(
  engine: Pick<Engine, 'pow'>,
  options: ControllerOptions & { readonly proportional: number; readonly integral: number },
): Controller {
  const { order, safety, least, most, proportional, integral } = options
  let previous = 1
  let refused = false
  return {
    stepAfter(h, error, accepted) {
      if (!(error < Number.POSITIVE_INFINITY)) return h * least
      const bounded = Math.max(error, LEAST_ERROR)
      if (!accepted) {
        refused = true
        return h * Math.max(least, safety * engine.pow(bounded, -1 / order))
      }
      const wanted = safety * engine.pow(bounded, -proportional) * engine.pow(previous, integral)
      previous = bounded
      const largest = refused ? 1 : most
      refused = false
      return h * Math.min(largest, Math.max(least, wanted))
    },
    restart() {
      previous = 1
      refused = false
    },
  }
}

/**
 * The predictive controller of RKC (Sommeijer, Shampine, Verwer 1997, section 3; Watts 1984): the ratio of the last two
 * errors foresees the next one; never longer than what the last error alone allows.
 */
export function predictive(engine: Pick<Engine, 'pow'>, options: ControllerOptions): Controller {
  const { order, safety, least, most } = options
  let previousError = 0
  let previousLength = 0
  let refused = false
  return {
    stepAfter(h, error, accepted) {
      if (!(error < Number.POSITIVE_INFINITY)) return h * least
      const bounded = Math.max(error, LEAST_ERROR)
      const alone = safety * engine.pow(bounded, -1 / order)
      if (!accepted) {
        refused = true
        return h * Math.max(least, alone)
      }
      const foreseen =
        previousLength > 0
          ? alone * engine.pow(previousError / bounded, 1 / order) * (h / previousLength)
          : alone
      previousError = bounded
      previousLength = h
      const largest = refused ? 1 : most
      refused = false
      return h * Math.min(largest, Math.max(least, Math.min(alone, foreseen)))
    },
    restart() {
      previousError = 0
      previousLength = 0
      refused = false
    },
  }
}
