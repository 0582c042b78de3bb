import type { QuadraticObjective } from '../engine/chain.ts'
import type { Engine } from '../engine/engine.ts'
import type { Matrix, Shape } from '../linalg/matrix.ts'
import { compressed, knownOfDense } from './dense-quadratic.ts'
import type { Loss } from './loss.ts'

type Sensing = Extract<QuadraticObjective, { kind: 'sensing' }>

/** Value, derivatives and mini-batches of factor·Σ_i (⟨A_i, W⟩ − b_i)²; row i of `measurements` is A_i row by row. */
export function measuredSquares(
  engine: Engine,
  shape: Shape,
  { measurements, observations, factor }: Sensing,
) {
  const m = measurements.rows
  const size = measurements.columns
  const column = engine.matrix(size, 1)
  /** The same numbers as a d_n×d_0 matrix. */
  const square = engine.view(column, 0, ...shape)
  const residual = engine.matrix(m, 1)

  function residualInto(W: Matrix): number {
    engine.copyInto(square, W)
    engine.copyInto(residual, observations)
    engine.multiplyInto(residual, measurements, column, false, false, 1, -1)
    return factor * engine.dot(residual, residual)
  }
  function adjointInto(out: Matrix): void {
    engine.multiplyInto(column, measurements, residual, true, false, 2 * factor)
    engine.copyInto(out, square)
  }

  return {
    value: residualInto,
    gradientInto(out: Matrix, W: Matrix): number {
      const value = residualInto(W)
      adjointInto(out)
      return value
    },
    hessianVectorInto(out: Matrix, _: Matrix, V: Matrix): void {
      engine.copyInto(square, V)
      engine.multiplyInto(residual, measurements, column)
      adjointInto(out)
    },
    batchGradientInto(out: Matrix, W: Matrix, batch: Int32Array): number {
      const scale = (factor * m) / batch.length
      const A = measurements.data
      const b = observations.data
      const w = W.data
      const g = out.data
      let sum = 0
      g.fill(0)
      for (const i of batch) {
        let r = -b[i]!
        for (let e = 0, a = i * size; e < size; e++, a++) r += A[a]! * w[e]!
        sum += r * r
        for (let e = 0, a = i * size; e < size; e++, a++) g[e] = g[e]! + 2 * scale * r * A[a]!
      }
      return scale * sum
    },
  } satisfies Partial<Loss>
}

/** Work (smaller side² · larger side) up to which the singular values of all measurements are computed: about a second. */
const AFFORDABLE = 3e8

/**
 * As regression on the m vectors A_i with one output. `exact` says that the observations are those of a matrix. Where the
 * singular values would cost too much, what needs them is left out.
 */
export function knownOfMeasured(engine: Engine, quadratic: Sensing, exact: boolean): Loss['known'] {
  const { measurements, observations, factor } = quadratic
  const [fewer, more] = [measurements.rows, measurements.columns].sort((a, b) => a - b) as [number, number]
  const reached = { value: 0, because: 'the observations are those of the truth, without noise' }
  if (fewer * fewer * more <= AFFORDABLE)
    return engine.scoped(() => {
      const known = knownOfDense(engine, compressed(engine, measurements, observations, factor))
      return exact ? { ...known, minimum: reached } : known
    })
  return {
    ...(exact && { minimum: reached }),
    ...(measurements.rows < measurements.columns && {
      strongConvexity: { value: 0, because: 'fewer measurements than entries' },
    }),
  }
}
