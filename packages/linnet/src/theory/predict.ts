import type { Config } from '../config/config.ts'
import type { Clock } from '../dynamics/dynamics.ts'
import { unbalancednessOf } from '../probes/unbalancedness.ts'
import type { Problem } from '../simulate/prepare.ts'
import type { Frame, Run } from '../simulate/run.ts'
import { follow, type SimulateOptions } from '../simulate/simulate.ts'
import { titleOf } from './dynamics-title.ts'
import { endToEndFlow } from './end-to-end-flow.ts'
import { short } from './verdict.ts'

/** How a run is predicted. */
export interface PredictOptions extends Pick<SimulateOptions, 'signal' | 'observe'> {
  /**
   * Error allowed in a step of the solver, relative to ‖W(0)‖ (default 1e-4); also the largest relative unbalancedness of the
   * initial layers that counts as balanced.
   */
  readonly tolerance?: number
  /** Predict even where the layers are not balanced: what comes out shows what balance is for. Default false. */
  readonly insist?: boolean
}

/** What the theory foresees of a run, or why nothing. */
export type Prediction =
  | {
      readonly predicted: true
      /** What is predicted, in a sentence. */
      readonly claim: string
      /** The predicted run: columns, positions and snapshots are as those of the run itself. */
      readonly frames: AsyncGenerator<Frame, Run>
    }
  | {
      readonly predicted: false
      /** Why nothing is predicted, in a sentence. */
      readonly reason: string
    }

const TOLERANCE = 1e-4

/**
 * Predicts the trajectory of a run from W(0) and ℓ alone: by theorem 1 of Arora, Cohen, Hazan 2018 (arXiv 1802.06509) the end-to-end
 * matrix of balanced layers solves Ẇ = −Σ_j [WWᵀ]^{(n−j)/n} ∇ℓ(W) [WᵀW]^{(j−1)/n}, in which there are no layers. It is solved on
 * the entries of W; at depth 1 it is Ẇ = −∇ℓ(W).
 *
 * `frames` is a run like those of `follow`, at the same sample positions and with the same columns (unbalancedness is 0; the
 * spectral radius that an integrator meets is not a number). `problem` is only read, and may be running meanwhile.
 *
 * - Gradient flow of balanced layers: this is the run, up to the tolerances of both.
 * - `gradientDescent`, and `heavyBall` without momentum: the flow at time step size × steps, from which descent departs at order η.
 * - `sgd`: the flow of the full loss at that time; mini-batches scatter around it.
 * - Momentum and adaptive steps, layers that are not balanced, networks that are no product of layers: nothing, and the reason.
 *
 * Modes that begin below `tolerance` times the largest are not resolved, and what began as zero (1e-13 of the largest) stays zero.
 * Limits on the gradient norm are looked at where samples are taken. An evaluation costs a singular value decomposition of W.
 *
 * ```ts
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * const config = parseConfig({ loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 5 } })
 * const prediction = theory.predict(config, prepare(config, await loadEngine(), new Map()))
 * if (prediction.predicted) for await (const { position, row } of prediction.frames) row?.[0] // the loss, as predicted
 * else prediction.reason
 * ```
 */
export function predict(config: Config, problem: Problem, options: PredictOptions = {}): Prediction {
  const { tolerance = TOLERANCE, insist = false } = options
  const pace = paceOf(config, problem)
  const reason = typeof pace === 'string' ? pace : insist ? undefined : unbalance(problem, tolerance)
  if (typeof pace === 'string' || reason !== undefined) return { predicted: false, reason: reason! }
  const { objective, start } = problem
  const own = { objective, start, dynamics: endToEndFlow({ ...pace, tolerance }) }
  return {
    predicted: true,
    claim: claimOf(objective.network.depth, pace),
    frames: follow({ ...config, dynamics: { kind: 'endToEndFlow' } }, own, options),
  }
}

/** How the clock of the run goes with flow time. */
interface Pace {
  readonly clock: Clock
  readonly unit: number
  /** What the run is beside the flow; nothing where it is the flow. */
  readonly departure?: string
}

/** What is read from the specs of descents. */
interface Steps {
  readonly stepSize?: number
  readonly momentum?: number
}

/** The pace of the run, or in a sentence why it does not follow the flow. */
function paceOf({ dynamics }: Config, { objective, dynamics: own }: Problem): Pace | string {
  const { kind } = dynamics
  const { stepSize, momentum = 0 } = dynamics as Steps
  const { network } = objective
  if (network.kind !== 'linear')
    return `Theorem 1 is about products of layers, and the network is "${network.kind}": choose linear for a prediction.`
  if (own !== undefined)
    return `Theorem 1 is about gradient flow, and the run moves by dynamics of its own ("${kind}").`
  if (kind === 'gradientFlow') return { clock: 'time', unit: 1 }
  if (momentum > 0)
    return `Theorem 1 is about gradient flow, and momentum ${momentum} leaves it: choose gradient flow or gradient descent for a prediction.`
  const departure = departures[kind]
  if (departure === undefined || stepSize === undefined)
    return `Theorem 1 is about gradient flow, and ${titleOf(kind)} leaves it: choose gradient flow or gradient descent for a prediction.`
  return { clock: 'steps', unit: stepSize, departure }
}

const descending = 'read at time η × steps; descent departs from it in proportion to η'

const departures: Readonly<Record<string, string>> = {
  gradientDescent: descending,
  heavyBall: descending,
  sgd: 'read at time η × steps: the flow of the full loss, around which mini-batches scatter',
}

function unbalance({ objective: { engine }, start }: Problem, tolerance: number): string | undefined {
  const { relative } = engine.scoped(() => unbalancednessOf(engine, start.layers))
  if (relative <= tolerance) return undefined
  return `Theorem 1 is about balanced layers, and these begin with a relative unbalancedness of ${short(relative)}, more than the ${short(tolerance)} allowed: choose an init that balances them (balanced, say) for a prediction.`
}

function claimOf(depth: number, { departure }: Pace): string {
  const flow =
    depth === 1
      ? 'Gradient flow of the loss itself, from W(0): one layer is W, and nothing is claimed of depth'
      : `Theorem 1: the end-to-end flow of ${depth} balanced layers, from W(0) and the loss alone`
  return departure === undefined ? `${flow}.` : `${flow}, ${departure}.`
}
