import type { Engine, SingularValueDecomposition } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { About } from '../registry/entry.ts'
import { type BalancedNeighbour, balancedNeighbour, velocityRoundOff } from './balance.ts'
import type { Statement } from './certificate.ts'
import { unbalanced } from './controls.ts'
import {
  type NearBalance,
  nearBalanceAside,
  nearBalanceAssumptions,
  nearBalanceFinding,
  nearBalanceNumbers,
  nearBalanceWhere,
  oneLayer,
} from './near-balance.ts'
import type { Point } from './point.ts'
import { applyPreconditionerInto } from './preconditioner.ts'
import { difference } from './products.ts'
import { makeStatement, watching } from './statement.ts'
import { conclude } from './verdict.ts'

const about: About = {
  kind: 'theorem1',
  title: 'Theorem 1 (end-to-end dynamics)',
  symbol: '\\dot W=-\\mathcal A_{n,W}(\\nabla\\ell(W))',
  help: 'balanced layers move the end-to-end matrix as if it alone descended the loss, preconditioned by its own powers',
  source:
    'Arora, Cohen, Hazan 2018 (arXiv 1802.06509), theorem 1; Cohen, Razin 2024 (arXiv 2408.13767), theorem 1',
}

/** Writes what is claimed of −Ẇ: something made of W (as U diag(values) Vᵀ), G = ∇ℓ(W) and the depth alone. */
export type Prediction = (
  engine: Engine,
  out: Matrix,
  W: SingularValueDecomposition,
  G: Matrix,
  depth: number,
) => void

/**
 * Theorem 1 at every snapshot: the velocity of the end-to-end matrix, from the layers, against −𝒜_{n,W}(G), from W and G alone.
 * Any shape, any rank, any widths; about the flow's direction, so it can be asked of descents as well. The layers need to be
 * balanced up to what moves Ẇ by a tenth; the velocity of the balanced layers next to them is then held against the prediction, with
 * round-off as the only tolerance.
 */
export const theorem1: Statement = theorem1With(applyPreconditionerInto)

/** The same check of another claim about −Ẇ: wrong ones must be found out. */
export function theorem1With(predict: Prediction): Statement {
  return makeStatement(
    {
      ...about,
      theorem:
        '\\dot W=-\\sum_{j=1}^n[WW^\\top]^{\\frac{j-1}n}\\,\\nabla\\ell(W)\\,[W^\\top W]^{\\frac{n-j}n}\\quad\\text{when }W_{j+1}^\\top W_{j+1}=W_jW_j^\\top',
      scope: 'point',
      negativeControl: unbalanced,
    },
    ({ objective }) =>
      watching(
        (point) => {
          const neighbour = balancedNeighbour(point)
          return point.engine.scoped(() => compare(point, neighbour, predict))
        },
        (points, options) =>
          conclude(
            about,
            {
              where: nearBalanceWhere(points),
              aside: objective.network.depth === 1 ? oneLayer : nearBalanceAside(points),
              assumptions: nearBalanceAssumptions(points, 'Ẇ'),
              findings: [nearBalanceFinding(points, '‖Ẇ‖_F', options)],
              numbers: {
                ...nearBalanceNumbers(points),
                largestDistance: Math.max(0, ...points.map((point) => point.distance)),
              },
            },
            options,
          ),
      ),
  )
}

interface Compared extends NearBalance {
  /** Largest distance of a layer from the neighbour's. */
  readonly distance: number
}

function compare(point: Point, neighbour: BalancedNeighbour, predict: Prediction): Compared {
  const { engine, velocity, depth } = point
  const predicted = engine.matrix(velocity.rows, velocity.columns)
  predict(engine, predicted, neighbour.spectrum, point.G, depth)
  engine.scaleInto(predicted, -1)
  const moved = neighbour.movements.map((movement) => engine.norm(movement))
  return {
    position: point.position,
    residual: engine.norm(difference(engine, neighbour.velocity, predicted)),
    ownResidual: engine.norm(difference(engine, velocity, predicted)),
    size: engine.norm(velocity),
    imbalance: moved.reduce((sum, one) => sum + one, 0),
    roundOff: velocityRoundOff(point, neighbour),
    distance: Math.max(...neighbour.distances),
  }
}
