import type { Accounts, Clock } from '../src/dynamics/dynamics.ts'
import { composedObjective, type Objective } from '../src/dynamics/objective.ts'
import type { Engine } from '../src/engine/engine.ts'
import type { Matrix, PlainMatrix } from '../src/linalg/matrix.ts'
import { copyOut } from '../src/linalg/matrix.ts'
import type { Loss } from '../src/losses/loss.ts'
import { linearNetwork } from '../src/networks/linear.ts'
import type { Parameters } from '../src/networks/network.ts'
import type { Spec } from '../src/registry/entry.ts'
import type { Run, Snapshot } from '../src/simulate/run.ts'

/** ½‖W − target‖_F²: with any target, any matrix is the gradient somewhere. */
function distanceLoss(engine: Engine, target: Matrix): Loss {
  const gradientInto = (out: Matrix, W: Matrix) => {
    engine.combineInto(out, [1, -1], [W, target])
    return engine.dot(out, out) / 2
  }
  const scratch = engine.matrix(target.rows, target.columns)
  return {
    kind: 'distance',
    shape: [target.rows, target.columns],
    normalisation: { name: 'half', factor: 0.5, formula: '1/2' },
    value: (W) => gradientInto(scratch, W),
    gradientInto,
    hessianVectorInto: (out, _W, V) => engine.copyInto(out, V),
    samples: 1,
    batchGradientInto: gradientInto,
    known: {},
    truth: target,
  }
}

function timesTransposed(engine: Engine, a: Matrix, b: Matrix): Matrix {
  const out = engine.matrix(a.rows, b.rows)
  engine.multiplyInto(out, a, b, false, true)
  return out
}

/** φ(θ) = ℓ(W_n···W_1) on layers of widths d_0, …, d_n, without fused loops. */
export function objectiveOf(engine: Engine, widths: readonly number[], loss: Loss): Objective {
  const network = linearNetwork(engine, widths)
  const pulledBack =
    (gradientOf: (G: Matrix, W: Matrix) => number) => (gradient: Parameters, theta: Parameters) =>
      engine.scoped(() => {
        const [W, G] = [engine.matrix(...loss.shape), engine.matrix(...loss.shape)]
        network.endToEndInto(W, theta)
        const value = gradientOf(G, W)
        network.pullbackInto(gradient, theta, G)
        return value
      })
  const gradientInto = pulledBack((G, W) => loss.gradientInto(G, W))
  return {
    engine,
    loss,
    network,
    value: (theta) => gradientInto(network.allocate(), theta),
    gradientInto,
    batchGradientInto: (gradient, theta, batch) =>
      pulledBack((G, W) => loss.batchGradientInto(G, W, batch))(gradient, theta),
    hessianVectorInto: composedObjective(engine, loss, network).hessianVectorInto,
  }
}

/** φ(θ) = ½‖W_n···W_1 − target‖_F². */
export function setting(engine: Engine, widths: readonly number[], target: PlainMatrix): Objective {
  return objectiveOf(engine, widths, distanceLoss(engine, engine.copyIn(target)))
}

export const restingAccounts: Accounts = {
  gradientEvaluations: 0,
  steps: 0,
  rejectedSteps: 0,
  localErrors: 0,
  stepSquares: [],
}

export interface Recorded {
  readonly clock?: Clock
  readonly dynamics?: Spec & {
    readonly stepSize?: number
    readonly batchSize?: number
    readonly momentum?: number
  }
}

/** A run that consists of the given weights at positions 0, 1, 2, …. */
export function runThrough(
  objective: Objective,
  states: readonly (readonly PlainMatrix[])[],
  { clock = 'time', dynamics = { kind: 'gradientFlow' } }: Recorded = {},
  accounts: readonly Accounts[] = [],
): Run {
  const snapshots: Snapshot[] = states.map((layers, position) => ({
    position,
    layers: layers.map(copyOut),
    accounts: accounts[position] ?? restingAccounts,
  }))
  const last = snapshots.at(-1)!
  return {
    config: {
      seed: 0,
      loss: { kind: 'distance' },
      network: { kind: 'linear' },
      init: { kind: 'given' },
      dynamics,
      probes: [],
      until: {},
      record: { samples: 1, spacing: 'linear', snapshots: snapshots.length },
    },
    objective,
    trajectory: {
      clock,
      positions: Float64Array.from(snapshots, ({ position }) => position),
      columns: [],
      column: () => new Float64Array(snapshots.length),
    },
    snapshots,
    weights: last.layers,
    stopped: { reason: 'horizon', message: 'as far as was asked for', position: last.position },
    accounts: last.accounts,
  }
}

/** rows×columns independent N(0, 1) entries. */
export function gaussian(engine: Engine, seed: number, rows: number, columns: number): PlainMatrix {
  return engine.scoped(() => {
    const out = engine.matrix(rows, columns)
    engine.random(seed).normalInto(out)
    return copyOut(out)
  })
}

/** rows×columns with orthonormal columns, rows ≥ columns. */
export function orthonormal(engine: Engine, seed: number, rows: number, columns: number): PlainMatrix {
  return engine.scoped(() => copyOut(engine.qr(engine.copyIn(gaussian(engine, seed, rows, columns))).Q))
}

/**
 * Exactly balanced layers W_j = Q_j S^{1/n} Q_{j−1}ᵀ of an end-to-end matrix with the given singular values, with random factors
 * (zero padding would hide transpositions); values may be fewer than min(d_n, d_0): the rest is zero.
 */
export function balancedLayers(
  engine: Engine,
  widths: readonly number[],
  values: readonly number[],
  seed = 1,
): PlainMatrix[] {
  const roots = values.map((value) => engine.pow(value, 1 / (widths.length - 1)))
  return engine.scoped(() => {
    const Q = widths.map((width, j) =>
      engine.copyIn(orthonormal(engine, 100 * seed + j, width, values.length)),
    )
    return widths.slice(1).map((width, index) => {
      const left = engine.matrix(width, values.length)
      engine.copyInto(left, Q[index + 1]!)
      for (let i = 0; i < width; i++)
        roots.forEach((root, r) => {
          left.data[i * roots.length + r]! *= root
        })
      return copyOut(timesTransposed(engine, left, Q[index]!))
    })
  })
}
