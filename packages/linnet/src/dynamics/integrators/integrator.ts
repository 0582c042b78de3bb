import type { Engine } from '../../engine/engine.ts'
import type { Matrix } from '../../linalg/matrix.ts'
import type { Parameters } from '../../networks/network.ts'
import type { About } from '../../registry/entry.ts'
import type { Objective } from '../objective.ts'

/** A point of the flow θ̇ = −∇φ(θ) with what is known there. Integrators keep gradients and put the minus into their weights. */
export interface FlowPoint {
  readonly theta: Parameters
  readonly gradient: Parameters
  loss: number
}

/** The gradient field, every evaluation counted. */
export class GradientField {
  readonly objective: Objective
  evaluations = 0

  constructor(objective: Objective) {
    this.objective = objective
  }

  /** Writes ∇φ(θ); returns φ(θ). */
  gradientInto(gradient: Parameters, theta: Parameters): number {
    this.evaluations += 1
    return this.objective.gradientInto(gradient, theta)
  }

  /** Fills in gradient and loss of a point whose θ is set. */
  complete(point: FlowPoint): void {
    point.loss = this.gradientInto(point.gradient, point.theta)
  }

  makePoint(): FlowPoint {
    const { network } = this.objective
    return { theta: network.allocate(), gradient: network.allocate(), loss: 0 }
  }
}

/** What a stepper works on: it steps from `from` (complete) to `to`. */
export interface Integration {
  readonly field: GradientField
  readonly from: FlowPoint
  readonly to: FlowPoint
  /** An entry's error is measured against absolute + relative·|entry|, and the whole by the root of the mean square. */
  readonly absolute: number
  readonly relative: number
}

/** An integrator at work: it takes steps between the two points of its `Integration`, and owns its stages. */
export interface Stepper {
  /** The longest step that may be tried from `from`. Asked before each attempt; may look at the curvature there first. */
  longest(): number
  /** Gradient evaluations of a step of length h. */
  cost(h: number): number
  /** Tries a step of length h: writes θ of `to` and returns the error estimate in units of the tolerance (accept up to 1). */
  attempt(h: number): number
  /** Completes `to` after an attempt that is taken. */
  accept(): void
  /** ‖estimated local error of θ‖₂ of the last attempt. */
  localError(): number
  /** Length to try after a step of length h that was taken, or refused, with this error. */
  stepAfter(h: number, error: number, accepted: boolean): number
  /** Forgets what earlier steps taught about the next length. */
  restart(): void
  /** θ(t + fraction·h) inside the step last accepted, until the next attempt. */
  interpolateInto(out: Parameters, fraction: number): void
  /** Last estimate of the spectral radius of ∇²φ, where one is made. */
  readonly spectralRadius?: number | undefined
}

/** A method for θ̇ = −∇φ(θ) with error control and dense output. */
export interface Integrator extends About {
  /** Of the solution that is carried on. */
  readonly order: number
  /** Of the dense output: its local error is of this order plus one. */
  readonly denseOrder: number
  /** Gradient evaluations of a step; absent where the number changes from step to step. */
  readonly stages?: number
  /** Length of the real stability interval; absent where it grows with the stages. */
  readonly stability?: number
  create(integration: Integration): Stepper
}

/**
 * out = base − h·Σ_i weights_i·gradients_i, one row of a Runge–Kutta tableau: zero weights are left out, and everything is
 * made once, so that stepping allocates nothing.
 */
export function tableauRow(
  engine: Engine,
  base: Matrix | undefined,
  weights: readonly number[],
  gradients: readonly Matrix[],
): (out: Matrix, h: number) => void {
  const used = weights.map((_, i) => i).filter((i) => weights[i] !== 0)
  const first = base === undefined ? 0 : 1
  const terms = [...(base === undefined ? [] : [base]), ...used.map((i) => gradients[i]!)]
  const coefficients = terms.map(() => 1)
  const factors = used.map((i) => weights[i]!)
  return (out, h) => {
    for (let i = 0; i < factors.length; i++) coefficients[first + i] = -h * factors[i]!
    engine.combineInto(out, coefficients, terms)
  }
}
