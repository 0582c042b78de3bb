import type { Parameters } from '../networks/network.ts'
import type { Accounts, DynamicsContext, Halt, Motion } from './dynamics.ts'
import { type Crossing, firedAt, firstCrossing, type Watch, watchesOf } from './flow-stops.ts'
import { halts, written } from './halts.ts'
import { initialStep } from './integrators/initial-step.ts'
import { type FlowPoint, GradientField, type Integration, type Stepper } from './integrators/integrator.ts'

/** A layer's singular values below this many absolute tolerances are not resolved. */
const RESOLUTION_FACTOR = 1e3

/** A step shorter than this share of the time reached is lost in rounding. */
const LEAST_STEP = 4 * Number.EPSILON

/** Stops are located to this share of a step times the relative tolerance: finer than the dense output itself. */
const LOCATION = 0.1

const SMALLER_START = 'begin with smaller weights (a smaller scale of the init)'

const BLOWS_UP =
  'the weights leave every bound in finite time, which the flow of a loss bounded below never does; check the loss'

const stalledAdvice = (relative: number) =>
  `either the weights leave every bound there, or the tolerance ${written(relative)} is finer than float64 resolves; try a larger tolerance`

export interface FlowOptions {
  readonly absolute: number
  readonly relative: number
  readonly maximumStep?: number | undefined
  /** Of the method that takes the first step, for its length. */
  readonly order: number
  create(integration: Integration): Stepper
}

/**
 * The flow θ̇ = −∇φ(θ) under way. The stepper alone chooses the steps; a target inside a step is read off its dense output,
 * so that how a run is sampled changes nothing of its path. Only the horizon ends a step.
 */
export class FlowMotion implements Motion {
  readonly clock = 'time'
  readonly state: Parameters
  position = 0
  readonly #options: FlowOptions
  readonly #horizon: number
  readonly #watches: readonly Watch[]
  readonly #field: GradientField
  /** Both ends of the last step that was taken, and their times. */
  readonly #from: FlowPoint
  readonly #to: FlowPoint
  #begin = 0
  #end = 0
  readonly #place: FlowPoint
  readonly #difference: Parameters
  readonly #stepper: Stepper
  /** Length to try next; 0 before the start. */
  #next = 0
  #crossing: Crossing | undefined
  #halted: Halt | undefined
  #steps = 0
  #rejected = 0
  #localErrors = 0
  #largestRadius = 0

  constructor({ objective, start, stops, horizon }: DynamicsContext, options: FlowOptions) {
    this.#options = options
    this.#horizon = horizon ?? Number.POSITIVE_INFINITY
    this.#watches = watchesOf(objective.engine, stops)
    this.#field = new GradientField(objective)
    this.#from = this.#field.makePoint()
    this.#to = this.#field.makePoint()
    this.#place = this.#field.makePoint()
    this.#difference = objective.network.allocate()
    this.state = this.#place.theta
    objective.engine.copyInto(this.#to.theta.vector, start.vector)
    objective.engine.copyInto(this.state.vector, start.vector)
    this.#stepper = options.create({ field: this.#field, from: this.#from, to: this.#to, ...options })
  }

  get accounts(): Accounts {
    const { spectralRadius } = this.#stepper
    return {
      gradientEvaluations: this.#field.evaluations,
      steps: this.#steps,
      rejectedSteps: this.#rejected,
      localErrors: this.#localErrors,
      interpolationError: this.#interpolationError(),
      stepSquares: [],
      resolution: RESOLUTION_FACTOR * this.#options.absolute,
      ...(spectralRadius === undefined || spectralRadius === 0 ? {} : { spectralRadius }),
      ...(this.#largestRadius > 0 && { largestSpectralRadius: this.#largestRadius }),
    }
  }

  advance(target: number, budget: number): Halt | undefined {
    const enough = this.#field.evaluations + budget
    if (this.#next === 0) this.#halted ??= this.#begins()
    while (this.#halted === undefined) {
      if (this.#crossing !== undefined && this.#crossingPosition(this.#crossing) <= target)
        this.#halt(this.#crossing)
      else if (this.#end >= target) return this.#show(target)
      else if (this.#field.evaluations >= enough) return this.#show(this.#end)
      else this.#halted = this.#step()
    }
    return this.#halted
  }

  #crossingPosition({ fraction }: Crossing): number {
    return fraction === 1 ? this.#end : this.#begin + fraction * (this.#end - this.#begin)
  }

  #halt(crossing: Crossing): void {
    this.#show(this.#crossingPosition(crossing))
    this.#halted = crossing.watch.halt(this.#place, `time ${written(this.position)}`)
  }

  #show(position: number): undefined {
    if (position === this.#end)
      this.#field.objective.engine.copyInto(this.state.vector, this.#to.theta.vector)
    else this.#stepper.interpolateInto(this.state, (position - this.#begin) / (this.#end - this.#begin))
    this.position = position
  }

  /**
   * Distance of the dense output from the cubic through both ends and their slopes: its order is lower than that of any dense
   * output but rkc2's, which it is, and whose error is below that of the step.
   */
  #interpolationError(): number {
    if (this.position === this.#end) return 0
    const { engine } = this.#field.objective
    const h = this.#end - this.#begin
    const x = (this.position - this.#begin) / h
    const [from, to, out] = [this.#from, this.#to, this.#difference.vector]
    const slopes = [h * x * (1 - x) * (1 - x), -h * x * x * (1 - x)]
    engine.combineInto(
      out,
      [1, -(1 + 2 * x) * (1 - x) * (1 - x), -x * x * (3 - 2 * x), slopes[0]!, slopes[1]!],
      [this.state.vector, from.theta.vector, to.theta.vector, from.gradient.vector, to.gradient.vector],
    )
    return engine.norm(out)
  }

  /** Evaluates the start and chooses the first length. */
  #begins(): Halt | undefined {
    const start = this.#to
    this.#field.complete(start)
    if (!Number.isFinite(start.loss)) return halts.diverged('time 0', start.loss, 0, SMALLER_START)
    const fired = firedAt(this.#watches, start)
    if (fired !== undefined) return fired.halt(start, 'time 0')
    this.#next = initialStep(this.#field, this.#options, start, this.#from)
    return undefined
  }

  /** Takes one step from the end of the last one. */
  #step(): Halt | undefined {
    this.#copy(this.#from, this.#to)
    this.#begin = this.#end
    const shortest = LEAST_STEP * Math.max(this.#begin, this.#next)
    for (;;) {
      const h = this.#fitted(this.#next)
      const error = this.#stepper.attempt(h)
      const accepted = error <= 1
      if (accepted) this.#stepper.accept()
      this.#next = this.#stepper.stepAfter(h, error, accepted)
      if (accepted) return this.#taken(h)
      this.#rejected += 1
      if (this.#next < shortest) return this.#refused(error)
    }
  }

  /** The length to try: such that the horizon ends a step, without a splinter before it. */
  #fitted(wanted: number): number {
    const { maximumStep = Number.POSITIVE_INFINITY } = this.#options
    const left = this.#horizon - this.#begin
    const h = Math.min(wanted, maximumStep, this.#stepper.longest())
    if (h >= left) return left
    return h > left / 2 && left < Number.POSITIVE_INFINITY ? left / 2 : h
  }

  #taken(h: number): undefined {
    this.#end = h === this.#horizon - this.#begin ? this.#horizon : this.#begin + h
    this.#steps += 1
    this.#largestRadius = Math.max(this.#largestRadius, this.#stepper.spectralRadius ?? 0)
    this.#localErrors += this.#stepper.localError()
    const ends = { field: this.#field, from: this.#from, to: this.#to }
    const width = LOCATION * this.#options.relative
    this.#crossing = firstCrossing(this.#watches, this.#stepper, ends, this.#place, width)
  }

  #refused(error: number): Halt {
    this.#copy(this.#to, this.#from)
    this.#show(this.#end)
    const at = `time ${written(this.#end)}`
    return Number.isFinite(error)
      ? halts.stalled(at, stalledAdvice(this.#options.relative))
      : halts.diverged(at, Number.NaN, 0, BLOWS_UP)
  }

  #copy(out: FlowPoint, point: FlowPoint): void {
    const { engine } = this.#field.objective
    engine.copyInto(out.theta.vector, point.theta.vector)
    engine.copyInto(out.gradient.vector, point.gradient.vector)
    out.loss = point.loss
  }
}
