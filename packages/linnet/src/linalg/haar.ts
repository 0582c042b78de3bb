import type { Engine } from '../engine/engine.ts'
import type { Random } from '../engine/random.ts'
import type { Matrix } from './matrix.ts'

/**
 * A new rows×columns matrix (rows ≥ columns) with orthonormal columns, uniformly distributed (Haar measure): the Q of a
 * Gaussian matrix's QR decomposition with nonnegative diagonal of R (Mezzadri 2007, math-ph/0609050).
 */
export function haar(engine: Engine, random: Random, rows: number, columns: number): Matrix {
  const frame = engine.matrix(rows, columns)
  engine.scoped(() => {
    const gaussian = engine.matrix(rows, columns)
    random.normalInto(gaussian)
    engine.copyInto(frame, engine.qr(gaussian).Q)
  })
  return frame
}
