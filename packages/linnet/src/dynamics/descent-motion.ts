import type { DescentMethod, DescentReport, DescentStops } from '../engine/chain.ts'
import type { Parameters } from '../networks/network.ts'
import type { Descender } from './descent.ts'
import type { Accounts, DynamicsContext, Halt, Motion, Stops } from './dynamics.ts'
import { halts, written } from './halts.ts'
import { sharpness } from './sharpness.ts'

/** As exact as a sentence about a step size needs the curvature. */
const twoDigits = { tolerance: 5e-3, products: 30 }

/** Beyond this many times the loss at the start a descent is on its way out: its curvature there is no yardstick. */
const wayOut = 10

/** Limits that never fire where none are given. */
function descentStops({ loss, gradientNorm, divergence }: Stops): DescentStops {
  return {
    loss: loss ?? Number.NEGATIVE_INFINITY,
    gradientNorm: gradientNorm ?? Number.NEGATIVE_INFINITY,
    divergence,
  }
}

/** A descent under way: whole steps, taken by `descender` in place. */
export class DescentMotion implements Motion {
  readonly clock = 'steps'
  readonly state: Parameters
  position = 0
  readonly #context: DynamicsContext
  readonly #method: DescentMethod
  readonly #descender: Descender
  readonly #stops: DescentStops
  /** Where the call began and ended that reported the lowest loss: what the curvature was before things went wrong. */
  readonly #calm: readonly [Parameters, Parameters]
  /** Where the present call began. */
  readonly #begin: Parameters
  #calmLoss = Number.POSITIVE_INFINITY
  #halted: Halt | undefined
  #evaluations = 0

  constructor(context: DynamicsContext, method: DescentMethod, descender: Descender) {
    this.#context = context
    this.#method = method
    this.#descender = descender
    this.#stops = descentStops(context.stops)
    const { engine, network } = context.objective
    this.state = network.allocate()
    this.#calm = [network.allocate(), network.allocate()]
    this.#begin = network.allocate()
    for (const { vector } of [this.state, ...this.#calm]) engine.copyInto(vector, context.start.vector)
  }

  get accounts(): Accounts {
    return {
      gradientEvaluations: this.#evaluations + (this.#descender.looks ?? 0),
      steps: this.position,
      rejectedSteps: 0,
      localErrors: 0,
      stepSquares: Array.from(this.#descender.stepSquares),
    }
  }

  advance(target: number, budget: number): Halt | undefined {
    if (this.#halted !== undefined) return this.#halted
    const steps = Math.min(target - this.position, Math.max(1, Math.floor(budget)))
    if (steps <= 0) return undefined
    const { engine } = this.#context.objective
    engine.copyInto(this.#begin.vector, this.state.vector)
    const report = this.#descender.descend(this.state, this.#method, steps, this.#stops)
    this.position += report.steps
    // A stop fires at a gradient that no step follows; that of an epoch is counted among the looks.
    this.#evaluations += report.steps + (report.stopped === 'steps' || this.#descender.looks ? 0 : 1)
    if (report.stopped !== 'steps') this.#halted = this.#haltOf(report)
    else if (report.loss < this.#calmLoss) {
      this.#calmLoss = report.loss
      engine.copyInto(this.#calm[0].vector, this.#begin.vector)
      engine.copyInto(this.#calm[1].vector, this.state.vector)
    }
    return this.#halted
  }

  #haltOf({ stopped, loss, gradientNorm }: DescentReport): Halt {
    const at = `step ${this.position}`
    if (stopped === 'loss') return halts.loss(at, loss, this.#stops.loss)
    if (stopped === 'gradientNorm') return halts.gradientNorm(at, gradientNorm, this.#stops.gradientNorm)
    return halts.diverged(at, loss, this.#stops.divergence, this.#advice())
  }

  /** What to do about a divergence: the step against 2/λ, at the start and where the loss was lowest. */
  #advice(): string {
    const { objective, start } = this.#context
    const { kind, stepSize } = this.#method
    // What a call reports is the loss before its last step: that may have led far out.
    const most = wayOut * objective.value(start)
    const near = this.#calm.filter((place) => objective.value(place) <= most)
    const places = kind === 'groupRMSprop' ? [] : [start, ...near]
    const curvature = Math.max(0, ...places.map((place) => sharpness(objective, place, twoDigits).value))
    const limit = ((kind === 'heavyBall' ? 1 + this.#method.momentum : 1) * 2) / curvature
    if (stepSize > limit)
      return `the step size ${written(stepSize)} exceeds ${written(limit)}, beyond which steps are unstable where the largest curvature is ${written(curvature)}, as it was on the way; try ${written(limit / 4)}`
    return `the step size ${written(stepSize)} is too large for the curvature met on the way; try ${written(stepSize / 4)}`
  }
}
