import type { DynamicsContext, Stops } from '../src/dynamics/dynamics.ts'
import { gradientFlow } from '../src/dynamics/gradient-flow.ts'
import { type FlowPoint, GradientField, type Integrator } from '../src/dynamics/integrators/integrator.ts'
import { composedObjective, type Objective } from '../src/dynamics/objective.ts'
import { type Engine, whitened } from '../src/index.ts'
import { linearNetwork } from '../src/networks/linear.ts'
import type { Parameters } from '../src/networks/network.ts'
import type { Spec } from '../src/registry/entry.ts'
import { makeLoss } from './making.ts'

/** ½(S − w_n···w_1)² on n weights. */
export function scalarChain(engine: Engine, depth: number, target: number): Objective {
  const loss = makeLoss(engine, whitened({ target: { kind: 'values', data: [[target]] } }))
  return composedObjective(engine, loss, linearNetwork(engine, new Array(depth + 1).fill(1)))
}

/** Every weight the n-th root of s. */
export function balancedScalars({ engine, network }: Objective, s: number): Parameters {
  const start = network.allocate()
  start.vector.data.fill(engine.pow(s, 1 / network.depth))
  return start
}

/** Saxe, McClelland, Ganguli 2014: the mode of a balanced two-layer network, ṡ = 2s(S − s). */
export function twoLayerMode(s0: number, S: number, t: number): number {
  const growth = Math.exp(2 * S * t)
  return (S * growth) / (growth - 1 + S / s0)
}

/** The flow with the given options from `start`. */
export function flowOf(
  objective: Objective,
  start: Parameters,
  options: Parameters_<typeof gradientFlow>,
  stops: Partial<Stops> = {},
  horizon?: number,
) {
  const context: DynamicsContext = {
    objective,
    start,
    random: objective.engine.random(0),
    stops: { divergence: 1e12, ...stops },
    ...(horizon === undefined ? {} : { horizon }),
  }
  return gradientFlow.start(gradientFlow.schema.parse({ ...gradientFlow(options) }) as never, context)
}
type Parameters_<F extends (options?: never) => Spec> = Exclude<
  F extends (options?: infer O) => Spec ? O : never,
  undefined
>

/** So many steps of equal length over [0, time], without error control; θ at the end. */
export function fixedSteps(
  objective: Objective,
  { create }: Integrator,
  start: Parameters,
  time: number,
  steps: number,
): { readonly end: FlowPoint; interpolateInto(out: Parameters, x: number): void } {
  const { engine } = objective
  const field = new GradientField(objective)
  const from = field.makePoint()
  const to = field.makePoint()
  const stepper = create({ field, from, to, absolute: 1e-6, relative: 1e-6 })
  engine.copyInto(to.theta.vector, start.vector)
  field.complete(to)
  for (let i = 0; i < steps; i++) {
    engine.copyInto(from.theta.vector, to.theta.vector)
    engine.copyInto(from.gradient.vector, to.gradient.vector)
    stepper.longest()
    stepper.attempt(time / steps)
    stepper.accept()
  }
  return { end: to, interpolateInto: (out, x) => stepper.interpolateInto(out, x) }
}

/** Slope of the straight line through (ln x, ln y). */
export function logSlope(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length
  const lx = xs.map(Math.log)
  const ly = ys.map(Math.log)
  const [mx, my] = [mean(lx), mean(ly)]
  const covariance = mean(lx.map((x, i) => (x - mx) * (ly[i]! - my)))
  return covariance / mean(lx.map((x) => (x - mx) * (x - mx)))
}
