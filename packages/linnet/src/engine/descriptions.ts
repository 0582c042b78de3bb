import type { EngineName } from './engine.ts'

/** One sentence for each engine: what it is, and by how much its results may differ from those of `strict`. */
export const descriptions: Readonly<Record<EngineName, string>> = {
  strict: 'WebAssembly without fused multiply-add: the same bits on every machine (the default).',
  fma: 'WebAssembly with fused multiply-add: faster; differs from strict by rounding, at most 2kε of |A|·|B| in a product of inner size k.',
  blas: 'The BLAS and LAPACK of this machine: fastest for large matrices; differs from strict by rounding, at most 2kε of |A|·|B| in a product of inner size k.',
}
