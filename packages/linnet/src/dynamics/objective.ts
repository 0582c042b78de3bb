import type { Chain } from '../engine/chain.ts'
import type { Engine } from '../engine/engine.ts'
import type { Loss } from '../losses/loss.ts'
import type { Network, Parameters } from '../networks/network.ts'

/** φ(θ) = ℓ(W_n···W_1): what is minimised. Fused inside the engine where it can be, composed of loss and network otherwise. */
export interface Objective {
  readonly engine: Engine
  readonly loss: Loss
  readonly network: Network
  value(theta: Parameters): number
  /** Writes ∇φ(θ); returns φ(θ). */
  gradientInto(gradient: Parameters, theta: Parameters): number
  /** ∇φ of the samples in `batch` only, its mean over uniform batches being ∇φ; returns that batch's loss. */
  batchGradientInto(gradient: Parameters, theta: Parameters, batch: Int32Array): number
  /** out = ∇²φ(θ)·direction. `out` must not overlap `direction`. Costs about three gradients. */
  hessianVectorInto(out: Parameters, theta: Parameters, direction: Parameters): void
  /** The engine's fused loops, where network and loss have them. */
  readonly chain?: Chain
}

/**
 * φ = ℓ ∘ (end-to-end map) on the matrices of `engine`: fused where the network is linear and the loss quadratic, composed
 * of `loss` and `network` otherwise. All memory is taken here; no call allocates afterwards.
 *
 * The fused chain remembers the velocity and the sums of the descent that runs on it: one descent at a time.
 *
 * Throws an error when the end-to-end shape of the network is not the shape of the loss.
 *
 * ```ts
 * const engine = await loadEngine()
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * const config = parseConfig({ loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 1 } })
 * const { objective: prepared, start } = prepare(config, engine, new Map())
 *
 * const objective = makeObjective(engine, prepared.loss, prepared.network)
 * const gradient = objective.network.allocate()
 * const phi = objective.gradientInto(gradient, start)
 * ```
 */
export function makeObjective(engine: Engine, loss: Loss, network: Network): Objective {
  const composed = composedObjective(engine, loss, network)
  if (network.kind !== 'linear' || loss.quadratic === undefined) return composed
  const chain = engine.chain(network.widths, loss.quadratic)
  return {
    ...composed,
    chain,
    value: (theta) => chain.loss(theta.vector),
    gradientInto: (gradient, theta) => chain.gradientInto(gradient.vector, theta.vector),
  }
}

/**
 * The same function without fused loops: works for any loss and network, and is what the fused form is checked against.
 * The Hessian-vector product is the derivative of the pullback by the product rule: exact, no differences.
 */
export function composedObjective(engine: Engine, loss: Loss, network: Network): Objective {
  const [rows, columns] = loss.shape
  const outputs = network.widths.at(-1)
  if (outputs !== rows || network.widths[0] !== columns)
    throw new Error(
      `the network maps R^${network.widths[0]} to R^${outputs}, but the loss wants a ${rows}×${columns} matrix: the widths must begin with ${columns} and end with ${rows}`,
    )
  const W = engine.matrix(rows, columns)
  const G = engine.matrix(rows, columns)
  const derivativeOfW = engine.matrix(rows, columns)
  const derivativeOfG = engine.matrix(rows, columns)
  const curvatureOfNetwork = network.allocate()
  const sum = { coefficients: [1, 1], terms: [curvatureOfNetwork.vector, curvatureOfNetwork.vector] }
  return {
    engine,
    loss,
    network,
    value(theta) {
      network.endToEndInto(W, theta)
      return loss.value(W)
    },
    gradientInto(gradient, theta) {
      network.endToEndInto(W, theta)
      const value = loss.gradientInto(G, W)
      network.pullbackInto(gradient, theta, G)
      return value
    },
    batchGradientInto(gradient, theta, batch) {
      network.endToEndInto(W, theta)
      const value = loss.batchGradientInto(G, W, batch)
      network.pullbackInto(gradient, theta, G)
      return value
    },
    hessianVectorInto(out, theta, direction) {
      network.endToEndInto(W, theta)
      loss.gradientInto(G, W)
      network.pushforwardInto(derivativeOfW, theta, direction)
      loss.hessianVectorInto(derivativeOfG, W, derivativeOfW)
      network.pullbackInto(out, theta, derivativeOfG)
      network.pullbackDerivativeInto(curvatureOfNetwork, theta, direction, G)
      sum.terms[0] = out.vector
      engine.combineInto(out.vector, sum.coefficients, sum.terms)
    },
  }
}
