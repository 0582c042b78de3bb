import type { Engine } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { About } from '../registry/entry.ts'
import { type BalancedNeighbour, balancedNeighbour, velocityRoundOff } from './balance.ts'
import type { Certificate, CertifyOptions, Statement } from './certificate.ts'
import { unbalanced } from './controls.ts'
import {
  balancedOnly,
  isSomewhereBalanced,
  type NearBalance,
  nearBalanceAside,
  nearBalanceAssumptions,
  nearBalanceFinding,
  nearBalanceNumbers,
  nearBalanceWhere,
  resolvedOnly,
} from './near-balance.ts'
import type { Point } from './point.ts'
import { product } from './products.ts'
import { type DifferentiatedRates, differentiatedRates } from './singular-value-rates.ts'
import { makeStatement, watching } from './statement.ts'
import { conclude } from './verdict.ts'

const about: About = {
  kind: 'theorem3',
  title: 'Theorem 3 (dynamics of singular values)',
  symbol: '\\dot\\sigma_r=n\\,(\\sigma_r^2)^{1-1/n}\\,\\langle-\\nabla\\ell(W),u_rv_r^\\top\\rangle',
  help: 'singular values of balanced layers grow at a rate proportional to a power of themselves: the larger, the faster',
  source:
    'Arora, Cohen, Hu, Luo 2019 (arXiv 1905.13655), theorem 3; Cohen, Razin 2024 (arXiv 2408.13767), theorem 3',
}

/** What is claimed of σ̇_r, given σ_r and g_r = ⟨−∇ℓ(W), u_r v_rᵀ⟩. */
export type Rate = (engine: Engine, depth: number, sigma: number, push: number) => number

function theorem3Rate(engine: Engine, depth: number, sigma: number, push: number): number {
  if (depth === 1) return push
  return depth * engine.pow(sigma * sigma, 1 - 1 / depth) * push
}

/**
 * Theorem 3 at every snapshot, in two ways: u_rᵀẆv_r with Ẇ from the layers; and, where singular values are far enough apart to be
 * followed, the derivative of the singular values themselves, by central differences along −∇φ. Whether a snapshot is balanced is
 * told by its largest rate; every mode is then compared in proportion to its own rate, at the balanced layers next to those of the
 * run, as long as that rate stands above its round-off and imbalance moves it by no more than a tenth.
 */
export const theorem3: Statement = theorem3With(theorem3Rate)

/** The same check of another claim about σ̇_r: wrong ones must be found out. */
export function theorem3With(rate: Rate): Statement {
  return makeStatement(
    {
      ...about,
      theorem:
        '\\dot\\sigma_r(t)\\quad=n\\,\\big(\\sigma_r^2(t)\\big)^{1-\\frac1n}\\,\\big\\langle-\\nabla\\ell(W(t)),\\mathbf u_r(t)\\mathbf v_r(t)^\\top\\big\\rangle',
      scope: 'point',
      negativeControl: unbalanced,
    },
    () =>
      watching((point) => {
        const neighbour = balancedNeighbour(point)
        return point.engine.scoped(() => compare(point, neighbour, rate))
      }, summarise),
  )
}

function summarise(points: readonly Compared[], options: CertifyOptions | undefined): Certificate {
  const snapshots = points.map((point) => point.snapshot)
  const projected = points.flatMap((point) => point.projected)
  const differentiated = points.flatMap((point) => point.differentiated)
  const applies = isSomewhereBalanced(snapshots)
  const above = resolvedOnly(projected)
  return conclude(
    about,
    {
      where: nearBalanceWhere(snapshots),
      aside: nearBalanceAside(snapshots),
      assumptions: nearBalanceAssumptions(snapshots, 'the rate of the singular values'),
      findings: [
        nearBalanceFinding(projected, '|dσ_r/dt| (from the velocity)', options, applies),
        nearBalanceFinding(differentiated, '|dσ_r/dt| (by differences)', options, applies),
      ],
      numbers: {
        ...nearBalanceNumbers(snapshots),
        modes: projected.length,
        modesBelowRoundOff: projected.length - above.length,
        modesBalanced: balancedOnly(projected).length,
        modesDifferentiated: resolvedOnly(differentiated).length,
      },
    },
    options,
  )
}

interface Compared {
  /** All modes together, in proportion to the largest rate. */
  readonly snapshot: NearBalance
  /** One a mode. */
  readonly projected: readonly NearBalance[]
  /** One a mode that can be followed. */
  readonly differentiated: readonly NearBalance[]
}

function compare(point: Point, neighbour: BalancedNeighbour, rate: Rate): Compared {
  const { engine, velocity, G, depth, position } = point
  const { U, values, V } = neighbour.spectrum
  const along = (Z: Matrix) => diagonal(product(engine, product(engine, U, Z, true), V))
  const claimed = along(G).map((g, r) => rate(engine, depth, values[r]!, -g))
  const [own, near] = [along(velocity), along(neighbour.velocity)]
  const movements = neighbour.movements.map(along)
  const roundOff = velocityRoundOff(point, neighbour)
  const projected = Array.from(claimed, (claim, r) => ({
    position,
    residual: Math.abs(near[r]! - claim),
    ownResidual: Math.abs(own[r]! - claim),
    size: Math.abs(near[r]!),
    imbalance: movements.reduce((sum, moved) => sum + Math.abs(moved[r]!), 0),
    roundOff,
  }))
  const snapshot = {
    position,
    residual: largest(projected, ({ residual }) => residual),
    ownResidual: largest(projected, ({ ownResidual }) => ownResidual),
    size: largest(projected, ({ size }) => size),
    imbalance: largest(projected, ({ imbalance }) => imbalance),
    roundOff,
  }
  return { snapshot, projected, differentiated: byDifferences(point, neighbour, claimed, projected) }
}

function byDifferences(
  point: Point,
  neighbour: BalancedNeighbour,
  claimed: Float64Array,
  projected: readonly NearBalance[],
): NearBalance[] {
  const { values } = neighbour.spectrum
  const [own, near] = [point.weights, neighbour.weights].map((weights) =>
    differentiatedRates(point, weights, values),
  ) as [DifferentiatedRates, DifferentiatedRates]
  return projected.flatMap((mode, r) => {
    if (!own.followed[r] || !near.followed[r]) return []
    return {
      ...mode,
      residual: Math.abs(near.rates[r]! - claimed[r]!),
      ownResidual: Math.abs(own.rates[r]! - claimed[r]!),
      roundOff: mode.roundOff + Math.max(near.errors[r]!, own.errors[r]!),
    }
  })
}

function diagonal(square: Matrix): Float64Array {
  return Float64Array.from({ length: square.rows }, (_, r) => square.data[r * square.columns + r]!)
}

function largest(modes: readonly NearBalance[], measure: (mode: NearBalance) => number): number {
  return modes.reduce((most, mode) => Math.max(most, measure(mode)), 0)
}
