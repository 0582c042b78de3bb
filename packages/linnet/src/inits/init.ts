import type { Engine } from '../engine/engine.ts'
import type { Random } from '../engine/random.ts'
import type { PlainMatrix } from '../linalg/matrix.ts'
import type { Loss } from '../losses/loss.ts'
import type { Network, Parameters } from '../networks/network.ts'
import type { AnyEntry, Spec } from '../registry/entry.ts'

/** What initial weights are made with. `random` is already split for them; `files` holds matrices read before, by `fileKey`. */
export interface InitContext {
  readonly engine: Engine
  readonly random: Random
  readonly network: Network
  readonly loss: Loss
  readonly files: ReadonlyMap<string, PlainMatrix>
}

/** (network, random source) → initial weights, written into `weights`. */
export interface InitMaker {
  fill(weights: Parameters, spec: Spec, context: InitContext): void
}

/** An entry of the family of inits: see `entry`. */
export type InitEntry = AnyEntry<InitMaker>
