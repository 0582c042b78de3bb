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
  /** out = ∇²φ(θ)·direction. */
  hessianVectorInto(out: Parameters, theta: Parameters, direction: Parameters): void
  /** The engine's fused loops, where network and loss have them. */
  readonly chain?: Chain
}
