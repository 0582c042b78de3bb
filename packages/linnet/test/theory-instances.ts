import type { Accounts } from '../src/dynamics/dynamics.ts'
import type { Objective } from '../src/dynamics/objective.ts'
import type { Engine } from '../src/engine/engine.ts'
import { copyOut, type PlainMatrix } from '../src/linalg/matrix.ts'
import type { Run } from '../src/simulate/run.ts'
import { balancedLayers, gaussian, restingAccounts, runThrough, setting } from './theory-setting.ts'

/** Shape of W, depth and rank; hidden layers are five or six wide. */
export interface Size {
  readonly rows: number
  readonly columns: number
  readonly depth: number
  readonly rank: number
}

/** Wide, tall, square, single row, single column; depths 1, 2, 3, 5; full rank and one less. */
export const sizes: readonly Size[] = [
  [3, 4],
  [4, 3],
  [3, 3],
  [1, 5],
  [5, 1],
].flatMap(([rows, columns]) =>
  [1, 2, 3, 5].flatMap((depth) =>
    [0, 1].flatMap((drop) => {
      const rank = Math.min(rows!, columns!) - drop
      return rank > 0 ? [{ rows: rows!, columns: columns!, depth, rank }] : []
    }),
  ),
)

export function describeSize({ rows, columns, depth, rank }: Size): string {
  return `${rows}×${columns}, depth ${depth}, rank ${rank}`
}

export function widthsOf({ rows, columns, depth }: Size): number[] {
  return [columns, ...Array.from({ length: depth - 1 }, (_, j) => 5 + (j % 2)), rows]
}

/** Singular values of the instances: well apart, so that they can be followed. */
const SPECTRUM = [2, 0.7, 0.3]

/** Exactly balanced layers with random factors, and a random gradient. */
export function balancedRun(engine: Engine, size: Size, spectrum: readonly number[] = SPECTRUM): Run {
  const widths = widthsOf(size)
  const objective = setting(engine, widths, gaussian(engine, 5, size.rows, size.columns))
  return runThrough(objective, [balancedLayers(engine, widths, spectrum.slice(0, size.rank))])
}

/** Independent N(0, 1) entries in every layer: far from balanced. */
export function gaussianLayers(engine: Engine, widths: readonly number[]): PlainMatrix[] {
  return widths.slice(1).map((width, j) => gaussian(engine, 50 + j, width, widths[j]!))
}

export function unbalancedRun(engine: Engine, size: Size): Run {
  const widths = widthsOf(size)
  const objective = setting(engine, widths, gaussian(engine, 5, size.rows, size.columns))
  return runThrough(objective, [gaussianLayers(engine, widths)])
}

export interface Descent {
  readonly stepSize: number
  readonly momentum?: number
  readonly steps: number
  /** Steps between snapshots. */
  readonly every: number
}

/** θ ← θ + v, v ← momentum·v − stepSize·g, counted as dynamics count. */
export function descendingRun(objective: Objective, start: readonly PlainMatrix[], descent: Descent): Run {
  const { engine, network } = objective
  const { stepSize, momentum = 0, steps, every } = descent
  const weights = network.allocate()
  start.forEach((layer, j) => {
    engine.copyInto(weights.layers[j]!, engine.copyIn(layer))
  })
  const gradient = network.allocate()
  const velocity = network.allocate()
  const squares = network.shapes.map(() => 0)
  const states = [weights.layers.map(copyOut)]
  const accounts: Accounts[] = [restingAccounts]
  for (let step = 1; step <= steps; step++) {
    objective.gradientInto(gradient, weights)
    gradient.layers.forEach((g, j) => {
      squares[j]! += stepSize * stepSize * engine.dot(g, g)
    })
    engine.combineInto(velocity.vector, [momentum, -stepSize], [velocity.vector, gradient.vector])
    engine.combineInto(weights.vector, [1, 1], [weights.vector, velocity.vector])
    if (step % every === 0) {
      states.push(weights.layers.map(copyOut))
      accounts.push({ ...restingAccounts, gradientEvaluations: step, steps: step, stepSquares: [...squares] })
    }
  }
  const kind = momentum === 0 ? 'gradientDescent' : 'heavyBall'
  return runThrough(objective, states, { clock: 'steps', dynamics: { kind, stepSize, momentum } }, accounts)
}
