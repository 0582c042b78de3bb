import type { Engine } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { About } from '../registry/entry.ts'
import { type BalancedNeighbour, balancedNeighbour, velocityRoundOff } from './balance.ts'
import type { Certificate, CertifyOptions, Statement } from './certificate.ts'
import { unbalanced } from './controls.ts'
import {
  type NearBalance,
  nearBalanceAssumptions,
  nearBalanceFinding,
  nearBalanceNumbers,
  nearBalanceWhere,
} from './near-balance.ts'
import type { Point } from './point.ts'
import { product } from './products.ts'
import { differentiatedRates } from './singular-value-rates.ts'
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
 * Theorem 3 at every snapshot, in two ways: u_rᵀẆv_r with Ẇ from the layers, for all r together; and, where singular values are
 * far enough apart to be followed, the derivative of the singular values themselves, by central differences along −∇φ.
 */
export const theorem3: Statement = theorem3With(theorem3Rate)

/** The same check of another claim about σ̇_r: wrong ones must be found out. */
export function theorem3With(rate: Rate): Statement {
  return makeStatement(
    {
      ...about,
      theorem:
        '\\dot\\sigma_r(t)=n\\,\\big(\\sigma_r^2(t)\\big)^{1-\\frac1n}\\,\\big\\langle-\\nabla\\ell(W(t)),\\mathbf u_r(t)\\mathbf v_r(t)^\\top\\big\\rangle',
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
  const projected = points.map((point) => point.projected)
  const differentiated = points.flatMap((point) => point.differentiated ?? [])
  return conclude(
    about,
    {
      where: nearBalanceWhere(projected),
      assumptions: nearBalanceAssumptions(projected, 'the rates of the singular values'),
      findings: [
        nearBalanceFinding(projected, 'max_r |dσ_r/dt| (from the velocity)', options),
        nearBalanceFinding(differentiated, 'max_r |dσ_r/dt| (by differences)', options),
      ],
      numbers: {
        ...nearBalanceNumbers(projected),
        modesDifferentiated: points.reduce((sum, point) => sum + point.followed, 0),
      },
    },
    options,
  )
}

interface Compared {
  readonly projected: NearBalance
  readonly differentiated: NearBalance | undefined
  readonly followed: number
}

function compare(point: Point, neighbour: BalancedNeighbour, rate: Rate): Compared {
  const { engine, velocity, G, depth, position } = point
  const { U, values, V } = neighbour.spectrum
  const along = (Z: Matrix) => diagonal(product(engine, product(engine, U, Z, true), V))
  const measured = along(velocity)
  const claimed = along(G).map((g, r) => rate(engine, depth, values[r]!, -g))
  const size = largest(measured)
  const imbalance = neighbour.movements.reduce((sum, moved) => sum + largest(along(moved)), 0)
  const roundOff = velocityRoundOff(point, neighbour)
  const projected = { position, residual: distance(measured, claimed), size, imbalance, roundOff }
  const { rates, error, followed } = differentiatedRates(point, values)
  const gaps = rates.map((value, r) => (followed[r] ? value - claimed[r]! : 0))
  const count = followed.filter(Boolean).length
  return {
    projected,
    differentiated:
      count === 0 ? undefined : { ...projected, residual: largest(gaps), roundOff: roundOff + error },
    followed: count,
  }
}

function diagonal(square: Matrix): Float64Array {
  return Float64Array.from({ length: square.rows }, (_, r) => square.data[r * square.columns + r]!)
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

function distance(a: Float64Array, b: Float64Array): number {
  return largest(a.map((value, r) => value - b[r]!))
}
