import type { Engine } from '../engine/engine.ts'
import type { Random } from '../engine/random.ts'
import type { Matrix, PlainMatrix } from '../linalg/matrix.ts'
import type { AnyEntry, Spec } from '../registry/entry.ts'

/** What a matrix is made with. `random` is already split for this matrix. */
export interface MatrixContext {
  readonly engine: Engine
  readonly random: Random
  /** Matrices read from files before the run, under the names of `matrixFile`. */
  readonly files: ReadonlyMap<string, PlainMatrix>
}

/** A source of matrices: ground truths, inputs, targets, measurements, initial weights. */
export interface MatrixMaker {
  /** A new matrix in the engine's memory. `spec` has been parsed by the entry's schema. */
  create(spec: Spec, context: MatrixContext): Matrix
}

/** An entry of the family of matrices: see `entry`. */
export type MatrixEntry = AnyEntry<MatrixMaker>
