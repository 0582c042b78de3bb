import type { KernelExports } from '@linnet/kernels'
import type { Matrix } from '../linalg/matrix.ts'
import type { Engine } from './engine.ts'
import { type EngineMemory, FLOAT_BYTES } from './memory.ts'
import type { Pattern } from './pattern.ts'
import { expectApart, expectShape, operand, written } from './shapes.ts'

export type Products = Pick<
  Engine,
  'multiplyInto' | 'transposeInto' | 'sampledProductInto' | 'sparseMultiplyInto'
>

/** Throws unless out = op(a)·op(b) makes sense in `memory`. */
function expectProduct(
  memory: EngineMemory,
  out: Matrix,
  a: Matrix,
  b: Matrix,
  transposeA: boolean,
  transposeB: boolean,
): void {
  memory.own(out)
  memory.own(a)
  memory.own(b)
  const rows = transposeA ? a.columns : a.rows
  const columns = transposeB ? b.rows : b.columns
  const fits = (transposeA ? a.rows : a.columns) === (transposeB ? b.columns : b.rows)
  if (!fits)
    throw new RangeError(
      `${operand(a, transposeA)} times ${operand(b, transposeB)}: the inner sizes must be equal.`,
    )
  if (out.rows !== rows || out.columns !== columns)
    throw new RangeError(
      `${operand(a, transposeA)} times ${operand(b, transposeB)} is ${rows}×${columns} and does not fit a ${written(out)} result.`,
    )
  expectApart('A product', out, a)
  expectApart('A product', out, b)
}

/** Throws unless out = S·b, or Sᵀ·b when `transpose`, for S of the pattern. */
function expectSparseProduct(out: Matrix, pattern: Pattern, b: Matrix, transpose: boolean): void {
  const [rows, inner] = transpose ? [pattern.columns, pattern.rows] : [pattern.rows, pattern.columns]
  if (b.rows !== inner || out.rows !== rows || out.columns !== b.columns) {
    const shape = transpose ? `(${inner}×${rows})ᵀ` : `${rows}×${inner}`
    if (b.rows !== inner)
      throw new RangeError(`Sparse ${shape} times ${written(b)}: the inner sizes must be equal.`)
    expectShape(`Sparse ${shape} times ${written(b)}`, out, rows, b.columns)
  }
  expectApart('A sparse product', out, b)
}

/** The products of an engine over a kernels instance. */
export function products(kernels: KernelExports, memory: EngineMemory): Products {
  return {
    multiplyInto(out, a, b, transposeA = false, transposeB = false, alpha = 1, beta = 0) {
      expectProduct(memory, out, a, b, transposeA, transposeB)
      const inner = transposeA ? a.rows : a.columns
      kernels.multiply(
        transposeA ? 1 : 0,
        transposeB ? 1 : 0,
        out.rows,
        out.columns,
        inner,
        alpha,
        a.pointer,
        b.pointer,
        beta,
        out.pointer,
      )
    },

    transposeInto(out, a) {
      memory.own(out)
      memory.own(a)
      expectShape('The transpose', out, a.columns, a.rows)
      expectApart('A transpose', out, a)
      kernels.transpose(out.pointer, a.pointer, a.rows, a.columns)
    },

    sampledProductInto(values, pattern, a, b) {
      memory.own(values)
      memory.own(a)
      memory.own(b)
      memory.ownIndices(pattern.rowStarts)
      expectShape('The values of a sampled product', values, pattern.count, 1)
      if (a.columns !== b.rows || a.rows !== pattern.rows || b.columns !== pattern.columns)
        throw new RangeError(
          `${written(a)} times ${written(b)} does not give the ${pattern.rows}×${pattern.columns} matrix of the pattern.`,
        )
      const { rows, columns, rowStarts, columnIndices } = pattern
      const inner = a.columns
      // The kernels read b by columns; with one entry a column on average, turning b around first already pays.
      const turned = pattern.count > columns
      let from = b.pointer
      if (turned) {
        from = memory.scratch(inner * columns * FLOAT_BYTES)
        kernels.transpose(from, b.pointer, inner, columns)
      }
      kernels.sampledProduct(
        turned ? 1 : 0,
        rows,
        columns,
        inner,
        rowStarts.pointer,
        columnIndices.pointer,
        a.pointer,
        from,
        values.pointer,
      )
    },

    sparseMultiplyInto(out, pattern, values, b, transpose = false) {
      memory.own(out)
      memory.own(values)
      memory.own(b)
      memory.ownIndices(pattern.rowStarts)
      expectShape('The values of a sparse matrix', values, pattern.count, 1)
      expectSparseProduct(out, pattern, b, transpose)
      const { rows, columns } = pattern
      if (transpose)
        kernels.sparseTransposeTimes(
          rows,
          columns,
          b.columns,
          pattern.columnStarts.pointer,
          pattern.rowIndices.pointer,
          pattern.order.pointer,
          values.pointer,
          b.pointer,
          out.pointer,
        )
      else
        kernels.sparseTimes(
          rows,
          columns,
          b.columns,
          pattern.rowStarts.pointer,
          pattern.columnIndices.pointer,
          values.pointer,
          b.pointer,
          out.pointer,
        )
    },
  }
}
