/**
 * The flow of the end-to-end matrix of balanced layers as an equation of its own,
 *
 *     Ẇ = −𝒜_{n,W}(∇ℓ(W)) = −Σ_j [WWᵀ]^{(n−j)/n} ∇ℓ(W) [WᵀW]^{(j−1)/n}
 *
 * (Arora, Cohen, Hazan 2018, arXiv 1802.06509, theorem 1). There are no layers in it: it is solved on the entries of W by the
 * integrators of gradient flow, as if 𝒜_{n,W}(∇ℓ(W)) were the gradient at depth 1.
 */
import type { Clock, DynamicsContext, DynamicsMaker, Halt, Motion } from '../dynamics/dynamics.ts'
import { gradientFlow } from '../dynamics/gradient-flow.ts'
import { halts } from '../dynamics/halts.ts'
import { composedObjective, type Objective } from '../dynamics/objective.ts'
import type { Engine, SingularValueDecomposition } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Loss } from '../losses/loss.ts'
import { linearNetwork } from '../networks/linear.ts'
import type { Parameters } from '../networks/network.ts'
import { applyPreconditionerInto } from './preconditioner.ts'
import { columnsOf } from './products.ts'

/** What is solved, and on which clock it is told. */
export interface EndToEndFlow {
  readonly clock: Clock
  /** Flow time of one unit of the clock: 1, or the step size of a descent. */
  readonly unit: number
  /** Error allowed in a step, relative to ‖W(0)‖. */
  readonly tolerance: number
}

/**
 * Errors are measured against the start, ‖W(0)‖, however large W has grown: what grows out of a small start at the end of a
 * plateau has been as small as the start until then. This much relative to the entries of W is left to rounding.
 */
const ROUNDING = 1e-12

/** Singular values of W(0) below this part of the largest are zeros: the flow keeps the rank, and rounding must not raise it. */
const RANK_THRESHOLD = 1e-13

/** What a decomposition of W costs, in gradients of the layers. */
const COST = 8

/** Limits of the run on the gradient of the layers are looked at where a target is reached. */
export function endToEndFlow(flow: EndToEndFlow): DynamicsMaker {
  return { clock: flow.clock, start: (_spec, context) => new EndToEndMotion(context, flow) }
}

/**
 * The flow under way. It shows W as balanced layers of the network, W_n = US^{1/n}, …, W_1 = S^{1/n}Vᵀ, so that whatever does not
 * depend on the choice of a basis in the hidden layers can be read off them: all probes, limits and snapshots work.
 */
class EndToEndMotion implements Motion {
  readonly clock: Clock
  readonly state: Parameters
  position = 0
  readonly #context: DynamicsContext
  readonly #unit: number
  readonly #modes: number
  readonly #objective: Objective
  readonly #flow: Motion
  readonly #gradient: Parameters

  constructor(context: DynamicsContext, { clock, unit, tolerance }: EndToEndFlow) {
    const { objective, start, stops, random, horizon } = context
    const { engine, network, loss } = objective
    this.clock = clock
    this.#context = context
    this.#unit = unit
    const single = linearNetwork(engine, [network.widths[0]!, network.widths.at(-1)!])
    const W = single.allocate()
    network.endToEndInto(W.layers[0]!, start)
    const values = engine.scoped(() => engine.singularValues(W.layers[0]!).slice())
    this.#modes = network.depth === 1 ? values.length : rankOf(values, network.widths)
    this.#objective = preconditioned(engine, loss, single, network.depth, this.#modes)
    this.state = network.allocate()
    this.#gradient = network.allocate()
    const norm = values[0]! > 0 ? values[0]! : 1
    this.#flow = gradientFlow.start(
      {
        ...gradientFlow(),
        integrator: 'auto',
        tolerance: ROUNDING,
        absolute: (tolerance * norm) / Math.sqrt(Math.max(...loss.shape)),
      },
      {
        objective: this.#objective,
        start: W,
        random,
        stops: {
          divergence: stops.divergence,
          ...(stops.loss !== undefined && { loss: stops.loss }),
        },
        ...(horizon !== undefined && { horizon: unit * horizon }),
      },
    )
    this.#show()
  }

  /** Those of W alone; the curvature that the integrator meets is not that of the layers. */
  get accounts() {
    const { spectralRadius: _, largestSpectralRadius: __, resolution = 0, ...accounts } = this.#flow.accounts
    const { objective } = this.#context
    return { ...accounts, resolution: objective.engine.pow(resolution, 1 / objective.network.depth) }
  }

  advance(target: number, budget: number): Halt | undefined {
    const halt = this.#flow.advance(this.#unit * target, Math.max(1, budget / COST))
    const reached = this.#flow.position === this.#unit * target
    this.position = reached ? target : this.#flow.position / this.#unit
    this.#show()
    return halt ?? (reached ? this.#halted() : undefined)
  }

  #halted(): Halt | undefined {
    const { gradientNorm: limit } = this.#context.stops
    if (limit === undefined) return undefined
    const { engine } = this.#objective
    this.#context.objective.gradientInto(this.#gradient, this.state)
    const norm = engine.norm(this.#gradient.vector)
    return norm > limit ? undefined : halts.gradientNorm(`${this.clock} ${this.position}`, norm, limit)
  }

  #show(): void {
    const { engine } = this.#objective
    const { layers } = this.state
    const W = this.#flow.state.layers[0]!
    if (layers.length === 1) engine.copyInto(layers[0]!, W)
    else engine.scoped(() => factorInto(engine, layers, leadingModes(engine, W, this.#modes)))
  }
}

/** The rank that the flow keeps: of the start, and no more than the hidden layers let through. */
function rankOf(values: Float64Array, widths: readonly number[]): number {
  const rank = values.filter((value) => value > RANK_THRESHOLD * values[0]!).length
  return Math.max(1, Math.min(rank, ...widths))
}

/** The loss of W alone, with −Ẇ in the place of its gradient. */
function preconditioned(
  engine: Engine,
  loss: Loss,
  network: Objective['network'],
  depth: number,
  modes: number,
): Objective {
  const G = engine.matrix(...loss.shape)
  return {
    ...composedObjective(engine, loss, network),
    gradientInto(gradient, theta) {
      const [W, out] = [theta.layers[0]!, gradient.layers[0]!]
      const value = loss.gradientInto(G, W)
      // A step that was far too long is refused for a gradient that is not a number.
      if (!engine.isFinite(W)) out.data.fill(Number.NaN)
      else if (depth === 1) engine.copyInto(out, G)
      else engine.scoped(() => applyPreconditionerInto(engine, out, leadingModes(engine, W, modes), G, depth))
      return value
    },
  }
}

function leadingModes(engine: Engine, W: Matrix, modes: number): SingularValueDecomposition {
  const { U, values, V } = engine.svd(W)
  if (modes === values.length) return { U, values, V }
  return {
    U: columnsOf(engine, U, 0, modes),
    values: values.subarray(0, modes),
    V: columnsOf(engine, V, 0, modes),
  }
}

/** Writes W_1 = S^{1/n}Vᵀ, W_j = S^{1/n}, W_n = US^{1/n}, filled up with zeros, for two layers or more. */
function factorInto(
  engine: Engine,
  layers: readonly Matrix[],
  { U, values, V }: SingularValueDecomposition,
): void {
  const depth = layers.length
  const k = values.length
  values.forEach((value, r) => {
    const root = value > 0 ? engine.pow(value, 1 / depth) : 0
    layers.forEach(({ columns, data }, j) => {
      if (j === 0) for (let i = 0; i < columns; i++) data[r * columns + i] = root * V.data[i * k + r]!
      else if (j === depth - 1)
        for (let i = 0; i < U.rows; i++) data[i * columns + r] = root * U.data[i * k + r]!
      else data[r * columns + r] = root
    })
  })
}
