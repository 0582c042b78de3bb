import type { Matrix } from '../linalg/matrix.ts'
import { registry, type Spec } from '../registry/entry.ts'
import { specOf } from '../registry/spec.ts'
import { matrixFile } from './file.ts'
import { gaussianMatrix } from './gaussian.ts'
import { lowRank } from './low-rank.ts'
import type { MatrixContext, MatrixEntry } from './matrix-source.ts'
import { spectrum } from './spectrum.ts'
import { values } from './values.ts'

/**
 * Every source of matrices – ground truths, inputs, targets, initial weights – by kind: `matrices.get('lowRank')`. `get` throws an error
 * that names the known kinds.
 *
 * ```ts
 * const engine = await loadEngine()
 * const spec = lowRank.schema.parse(lowRank({ rows: 3, columns: 2, rank: 1 }))
 * matrices.get(spec.kind).create(spec, { engine, random: engine.random(0), files: new Map() }) // a 3×2 matrix
 * ```
 */
export const matrices = registry<MatrixEntry>('matrix', [
  lowRank,
  spectrum,
  gaussianMatrix,
  values,
  matrixFile,
])
export { gaussianMatrix, lowRank, matrixFile, spectrum, values }

/** The schema of a matrix inside another spec. */
export const matrixSpec = specOf(matrices)

/** The matrix of a parsed spec. `label` says what it is for: matrices of different labels are drawn independently. */
export function createMatrix(spec: Spec, context: MatrixContext, label: string): Matrix {
  return matrices.get(spec.kind).create(spec, { ...context, random: context.random.split(label) })
}
