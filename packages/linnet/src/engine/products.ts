import type { KernelExports } from '@linnet/kernels'
import type { Matrix } from '../linalg/matrix.ts'
import type { Engine } from './engine.ts'
import type { EngineMemory } from './memory.ts'
import { expectApart, expectShape, operand, written } from './shapes.ts'

export type Products = Pick<
  Engine,
  'multiplyInto' | 'transposeInto' | 'sampledProductInto' | 'sparseMultiplyInto'
>

/** Throws unless out = op(a)·op(b) makes sense in `memory`. */
export function expectProduct(
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

    sampledProductInto() {
      throw new Error('sampledProductInto is not wired yet')
    },

    sparseMultiplyInto() {
      throw new Error('sparseMultiplyInto is not wired yet')
    },
  }
}
