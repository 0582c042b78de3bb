import type { KernelExports } from '@linnet/kernels'
import { AS_IT_IS, type BlasLibrary, ROW_MAJOR, TRANSPOSED } from './blas-library.ts'
import type { ProcessMemory } from './blas-memory.ts'

/** Multiply-adds from which calling out pays: a call costs 0.15 µs and small operands are still in the nearest cache. */
const MATRIX_FROM = 1000
const VECTOR_FROM = 2500
const ENTRIES_FROM = 500

/** The products and sums of the kernels, done by the library where that is faster. */
export function blasProducts(
  kernels: KernelExports,
  library: BlasLibrary,
  place: ProcessMemory,
): Pick<KernelExports, 'multiply' | 'multiplyVector' | 'dot' | 'axpy'> {
  return {
    multiply(transA, transB, m, n, k, alpha, a, b, beta, c) {
      if (m * n * k < MATRIX_FROM) {
        kernels.multiply(transA, transB, m, n, k, alpha, a, b, beta, c)
        return
      }
      const base = place.base
      library.dgemm(
        ROW_MAJOR,
        transA === 0 ? AS_IT_IS : TRANSPOSED,
        transB === 0 ? AS_IT_IS : TRANSPOSED,
        m,
        n,
        k,
        alpha,
        base + a,
        transA === 0 ? k : m,
        base + b,
        transB === 0 ? n : k,
        beta,
        base + c,
        n,
      )
    },

    multiplyVector(trans, m, n, alpha, a, x, beta, y) {
      if (m * n < VECTOR_FROM) {
        kernels.multiplyVector(trans, m, n, alpha, a, x, beta, y)
        return
      }
      const base = place.base
      const transposed = trans === 0 ? AS_IT_IS : TRANSPOSED
      library.dgemv(ROW_MAJOR, transposed, m, n, alpha, base + a, n, base + x, 1, beta, base + y, 1)
    },

    dot(n, x, y) {
      if (n < ENTRIES_FROM) return kernels.dot(n, x, y)
      const base = place.base
      return library.ddot(n, base + x, 1, base + y, 1)
    },

    axpy(n, a, x, y) {
      if (n < ENTRIES_FROM) {
        kernels.axpy(n, a, x, y)
        return
      }
      const base = place.base
      library.daxpy(n, a, base + x, 1, base + y, 1)
    },
  }
}
