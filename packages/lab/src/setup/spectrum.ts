import { isObject, type Json, type JsonObject } from '../experiment/json.ts'
import { rounded } from './number-text.ts'

/**
 * A random matrix of low rank as a matrix with given singular values: those it has, to four digits, so that they can be moved.
 * Its singular vectors are drawn anew. `undefined` for anything else.
 */
export function asSpectrum(
  spec: Json | undefined,
  measured: readonly number[] | undefined,
): JsonObject | undefined {
  if (!isObject(spec) || spec.kind !== 'lowRank' || !measured) return undefined
  const { rows, columns, rank, seed } = spec
  if (typeof rank !== 'number' || rows === undefined || columns === undefined) return undefined
  const singularValues = measured.slice(0, rank).map((value) => rounded(value))
  return { kind: 'spectrum', rows, columns, singularValues, ...(seed !== undefined && { seed }) }
}
