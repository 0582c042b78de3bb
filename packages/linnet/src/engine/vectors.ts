import type { KernelExports } from '@linnet/kernels'
import type { Engine } from './engine.ts'
import type { EngineMemory } from './memory.ts'
import { expectSameShape } from './shapes.ts'

export type Vectors = Pick<
  Engine,
  'combineInto' | 'copyInto' | 'scaleInto' | 'dot' | 'norm' | 'errorNorm' | 'isFinite'
>

/** What `combine` takes at most; Dormand and Prince's method of order 8 adds 13 terms. */
const MOST_TERMS = 16

/** The entrywise operations of an engine over a kernels instance. */
export function vectors(kernels: KernelExports, memory: EngineMemory): Vectors {
  const pointers = memory.emptyIndices(MOST_TERMS)
  const factors = memory.matrix(MOST_TERMS, 1)

  return {
    combineInto(out, coefficients, terms) {
      memory.own(out)
      const count = terms.length
      if (count !== coefficients.length || count > MOST_TERMS)
        throw new RangeError(
          `${coefficients.length} coefficients for ${count} terms: give as many of each, ${MOST_TERMS} at most.`,
        )
      const pointerData = pointers.data
      const factorData = factors.data
      for (let i = 0; i < count; i++) {
        const term = terms[i]!
        memory.own(term)
        expectSameShape('A combination', out, term)
        pointerData[i] = term.pointer
        factorData[i] = coefficients[i]!
      }
      kernels.combine(out.pointer, count, pointers.pointer, factors.pointer, out.rows * out.columns)
    },

    copyInto(out, a) {
      memory.own(out)
      memory.own(a)
      expectSameShape('A copy', out, a)
      out.data.set(a.data)
    },

    scaleInto(out, factor) {
      memory.own(out)
      kernels.scale(out.rows * out.columns, factor, out.pointer)
    },

    dot(a, b) {
      memory.own(a)
      memory.own(b)
      expectSameShape('An inner product', a, b)
      return kernels.dot(a.rows * a.columns, a.pointer, b.pointer)
    },

    norm(a) {
      memory.own(a)
      return kernels.norm(a.rows * a.columns, a.pointer)
    },

    errorNorm(error, a, b, absolute, relative) {
      memory.own(error)
      memory.own(a)
      memory.own(b)
      expectSameShape('An error norm', error, a)
      expectSameShape('An error norm', error, b)
      return kernels.errorNorm(
        error.rows * error.columns,
        error.pointer,
        a.pointer,
        b.pointer,
        absolute,
        relative,
      )
    },

    isFinite(a) {
      memory.own(a)
      return kernels.isFinite(a.rows * a.columns, a.pointer) === 1
    },
  }
}
