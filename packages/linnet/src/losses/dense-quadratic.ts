import type { QuadraticObjective } from '../engine/chain.ts'
import type { Engine } from '../engine/engine.ts'
import type { Matrix } from '../linalg/matrix.ts'
import type { Known, Loss } from './loss.ts'

type Dense = Extract<QuadraticObjective, { kind: 'dense' }>

/** Value and derivatives of factor·‖W·left − right‖²_F + constant; left is d_0×q (absent: the identity), right is d_n×q. */
export function denseQuadratic(engine: Engine, { left, right, factor, constant }: Dense) {
  const residual = engine.matrix(right.rows, right.columns)
  const pair = [right, right]

  function residualInto(W: Matrix): number {
    if (left) {
      engine.copyInto(residual, right)
      engine.multiplyInto(residual, W, left, false, false, 1, -1)
    } else {
      pair[0] = W
      engine.combineInto(residual, DIFFERENCE, pair)
    }
    return factor * engine.dot(residual, residual) + constant
  }

  function doubledInto(out: Matrix, residuals: Matrix): void {
    if (left) engine.multiplyInto(out, residuals, left, false, true, 2 * factor)
    else {
      engine.copyInto(out, residuals)
      engine.scaleInto(out, 2 * factor)
    }
  }

  return {
    value: residualInto,
    gradientInto(out: Matrix, W: Matrix): number {
      const value = residualInto(W)
      doubledInto(out, residual)
      return value
    },
    hessianVectorInto(out: Matrix, _: Matrix, V: Matrix): void {
      if (left) engine.multiplyInto(residual, V, left)
      doubledInto(out, left ? residual : V)
    },
  } satisfies Partial<Loss>
}

const DIFFERENCE = [1, -1]

/**
 * X = L Qᵀ by QR of Xᵀ when there are at least as many samples as inputs, so that ‖WX − Y‖² = ‖WL − YQ‖² + ‖Y − YQQᵀ‖²
 * has d_0 columns and a constant. Never through X Xᵀ, which would lose half of the digits near the minimum.
 *
 * `inputs` is Xᵀ (m×d_0) and `targets` is Yᵀ (m×d_n): one sample a row.
 */
export function compressed(engine: Engine, inputs: Matrix, targets: Matrix, factor: number): Dense {
  const columns = Math.min(inputs.rows, inputs.columns)
  const left = engine.matrix(inputs.columns, columns)
  const right = engine.matrix(targets.columns, columns)
  if (inputs.rows <= inputs.columns) {
    engine.transposeInto(left, inputs)
    engine.transposeInto(right, targets)
    return { kind: 'dense', left, right, factor, constant: 0 }
  }
  const constant = engine.scoped(() => {
    const { Q, R } = engine.qr(inputs)
    engine.transposeInto(left, R)
    engine.multiplyInto(right, targets, Q, true, false)
    const outside = engine.matrix(targets.rows, targets.columns)
    engine.copyInto(outside, targets)
    engine.multiplyInto(outside, Q, right, false, true, -1, 1)
    return factor * engine.dot(outside, outside)
  })
  return { kind: 'dense', left, right, factor, constant }
}

/** Minimum, strong convexity and smoothness from the singular values of the inputs X (those of `left`). */
export function knownOfDense(
  engine: Engine,
  { left, right, factor, constant }: Dense,
): { minimum: Known; strongConvexity: Known; smoothness: Known } {
  if (!left) {
    const isotropic = { value: 2 * factor, because: 'the Hessian is 2·factor times the identity' }
    return {
      minimum: { value: constant, because: 'W can equal the target' },
      strongConvexity: isotropic,
      smoothness: isotropic,
    }
  }
  return engine.scoped(() => {
    const { V, values } = engine.svd(left)
    const rank = rankOf(values, left)
    const outside = engine.matrix(right.rows, right.columns)
    engine.copyInto(outside, right)
    subtractProjection(engine, outside, V, rank)
    const smallest = rank === left.rows ? values[rank - 1]! : 0
    return {
      minimum: {
        value: constant + factor * engine.dot(outside, outside),
        because: 'least squares: the part of the targets outside the row space of the inputs',
      },
      strongConvexity: {
        value: 2 * factor * smallest * smallest,
        because: rank === left.rows ? '2·factor·σ_min(X)²' : `X has rank ${rank} < ${left.rows}`,
      },
      smoothness: { value: 2 * factor * values[0]! * values[0]!, because: '2·factor·σ_max(X)²' },
    }
  })
}

/** Numerical rank: singular values below max(rows, columns)·ε·σ_1 are rounding errors of a zero (as NumPy's matrix_rank). */
function rankOf(values: Float64Array, { rows, columns }: Matrix): number {
  const threshold = Math.max(rows, columns) * Number.EPSILON * values[0]!
  return values.filter((value) => value > threshold).length
}

/** matrix ← matrix·(I − V_r V_rᵀ) for the first `rank` columns of V. */
function subtractProjection(engine: Engine, matrix: Matrix, V: Matrix, rank: number): void {
  if (rank === 0) return
  const basis = engine.matrix(V.rows, rank)
  for (let i = 0; i < V.rows; i++)
    for (let r = 0; r < rank; r++) basis.data[i * rank + r] = V.data[i * V.columns + r]!
  const coordinates = engine.matrix(matrix.rows, rank)
  engine.multiplyInto(coordinates, matrix, basis)
  engine.multiplyInto(matrix, coordinates, basis, false, true, -1, 1)
}
