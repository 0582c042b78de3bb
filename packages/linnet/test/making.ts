import { readFileSync } from 'node:fs'
import { createMatrix, matrixSpec } from '../src/data/index.ts'
import type { Engine, Loss, Matrix, Network, Parameters, PlainMatrix, Shape } from '../src/index.ts'
import { inits } from '../src/inits/index.ts'
import { losses } from '../src/losses/index.ts'
import { networks } from '../src/networks/index.ts'
import { type SpecInput, specOf } from '../src/registry/spec.ts'

/** What the simulation does before a run: parse a spec, then create what it names. */

const lossSpec = specOf(losses)
const networkSpec = specOf(networks)
const initSpec = specOf(inits)
type Files = ReadonlyMap<string, PlainMatrix>

export function makeMatrix(engine: Engine, spec: SpecInput, seed = 1, files: Files = new Map()): Matrix {
  return createMatrix(matrixSpec.parse(spec), { engine, random: engine.random(seed), files }, 'matrix')
}

export function makeLoss(engine: Engine, spec: SpecInput, seed = 1, files: Files = new Map()): Loss {
  const parsed = lossSpec.parse(spec)
  return losses.get(parsed.kind).create(parsed, { engine, random: engine.random(seed).split('loss'), files })
}

export function makeNetwork(engine: Engine, spec: SpecInput, endToEnd: Shape): Network {
  const parsed = networkSpec.parse(spec)
  return networks.get(parsed.kind).create(parsed, { engine, endToEnd })
}

export interface Start {
  readonly engine: Engine
  readonly network: Network
  readonly loss: Loss
}

/** Weights filled by an init, over what was in them before. */
export function makeWeights(
  { engine, network, loss }: Start,
  spec: SpecInput,
  seed = 1,
  files: Files = new Map(),
  weights = network.allocate(),
): Parameters {
  const parsed = initSpec.parse(spec)
  weights.vector.data.fill(99)
  const random = engine.random(seed).split('init')
  inits.get(parsed.kind).fill(weights, parsed, { engine, random, network, loss, files })
  return weights
}

/** A matrix of independent N(0, 1) entries. */
export function normalMatrix(engine: Engine, [rows, columns]: Shape, label: string | number): Matrix {
  const matrix = engine.matrix(rows, columns)
  engine.random(20260101).split(label).normalInto(matrix)
  return matrix
}

/** Weights of independent N(0, 1) entries. */
export function normalWeights(engine: Engine, network: Network, label: string | number): Parameters {
  const weights = network.allocate()
  engine.random(20260102).split(label).normalInto(weights.vector)
  return weights
}

/** ‖a − b‖_F / max(‖a‖_F, ‖b‖_F), 0 for two zeros. */
export function relativeDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [difference, one, other] = [0, 0, 0]
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    difference += (a[i]! - b[i]!) ** 2
    one += a[i]! ** 2
    other += b[i]! ** 2
  }
  return difference === 0 ? 0 : Math.sqrt(difference / Math.max(one, other))
}

export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../fixtures/${name}.json`, import.meta.url), 'utf8')) as T
}

/** Where the next allocation will lie: the same before and after means that nothing was kept. */
export function nextPointer(engine: Engine): number {
  return engine.scoped(() => engine.matrix(1, 1).pointer)
}
