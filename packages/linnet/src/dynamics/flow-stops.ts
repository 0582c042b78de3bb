import type { Engine } from '../engine/engine.ts'
import { firstNotPositive } from './bracket.ts'
import type { Halt, Stops } from './dynamics.ts'
import { halts } from './halts.ts'
import type { FlowPoint, Integration, Stepper } from './integrators/integrator.ts'

/** A limit as a number that is positive until the stop fires. */
export interface Watch {
  margin(point: FlowPoint): number
  halt(point: FlowPoint, at: string): Halt
}

const NEVER_GROWS =
  'along an exact flow the loss never grows, so the integration has failed; give gradientFlow a smaller tolerance'

/**
 * One watch for each limit that is set, the one that no run should reach first. Positive numbers are compared by the
 * logarithm of their ratio, in which decay is a straight line.
 */
export function watchesOf(engine: Engine, { loss, gradientNorm, divergence }: Stops): readonly Watch[] {
  const above = (value: number, limit: number) =>
    value > 0 && limit > 0 ? engine.log(value / limit) : value - limit
  const normOf = (point: FlowPoint) => engine.norm(point.gradient.vector)
  const watches: Watch[] = [
    {
      margin: (point) => above(divergence, point.loss),
      halt: (point, at) => halts.diverged(at, point.loss, divergence, NEVER_GROWS),
    },
  ]
  if (loss !== undefined)
    watches.push({
      margin: (point) => above(point.loss, loss),
      halt: (point, at) => halts.loss(at, point.loss, loss),
    })
  if (gradientNorm !== undefined)
    watches.push({
      margin: (point) => above(normOf(point), gradientNorm),
      halt: (point, at) => halts.gradientNorm(at, normOf(point), gradientNorm),
    })
  return watches
}

/** The watch that has fired at this very point, if any. */
export function firedAt(watches: readonly Watch[], point: FlowPoint): Watch | undefined {
  return watches.find((watch) => !(watch.margin(point) > 0))
}

/** Where inside a step a stop fires: `fraction` of it in (0, 1], and the point there. */
export interface Crossing {
  readonly fraction: number
  readonly watch: Watch
}

/**
 * The first stop that fires inside the step `from` → `to`, located on the dense output to `width` of the step; every place
 * looked at costs a gradient. A limit that is crossed twice inside one step, there and back, is not seen. Leaves in `place`
 * the point of the crossing.
 */
export function firstCrossing(
  watches: readonly Watch[],
  stepper: Stepper,
  { field, from, to }: Pick<Integration, 'field' | 'from' | 'to'>,
  place: FlowPoint,
  width: number,
): Crossing | undefined {
  let first: Crossing | undefined
  for (const watch of watches) {
    const atEnd = watch.margin(to)
    if (atEnd > 0) continue
    const fraction = firstNotPositive(
      (x) => {
        stepper.interpolateInto(place.theta, x)
        field.complete(place)
        return watch.margin(place)
      },
      watch.margin(from),
      atEnd,
      width,
    )
    if (first === undefined || fraction < first.fraction) first = { fraction, watch }
  }
  if (first === undefined) return undefined
  stepper.interpolateInto(place.theta, first.fraction)
  field.complete(place)
  return first
}
