import type { KernelExports } from '@linnet/kernels'
import { AS_IT_IS, type BlasLibrary, ROW_MAJOR, TRANSPOSED } from './blas-library.ts'
import type { ProcessMemory } from './blas-memory.ts'

/** Multiply-adds from which calling out pays: a call costs 0.15 µs and small operands are still in the nearest cache. */
const MATRIX_FROM = 16 * 16 * 16
const VECTOR_FROM = 80 * 80

/** The products of the kernels, done by the library where that is faster. */
export function blasProducts(
  kernels: KernelExports,
  library: BlasLibrary,
  place: ProcessMemory,
): Pick<KernelExports, 'multiply' | 'multiplyVector'> {
  return {
    multiply(transA, transB, m, n, k, alpha, a, b, beta, c) {
      if (m * n * k < MATRIX_FROM) {
        kernels.multiply(transA, transB, m, n, k, alpha, a, b, beta, c)
        return
      }
      library.dgemm(
        ROW_MAJOR,
        transA === 0 ? AS_IT_IS : TRANSPOSED,
        transB === 0 ? AS_IT_IS : TRANSPOSED,
        m,
        n,
        k,
        alpha,
        place.at(a),
        transA === 0 ? k : m,
        place.at(b),
        transB === 0 ? n : k,
        beta,
        place.at(c),
        n,
      )
    },

    multiplyVector(trans, m, n, alpha, a, x, beta, y) {
      if (m * n < VECTOR_FROM) {
        kernels.multiplyVector(trans, m, n, alpha, a, x, beta, y)
        return
      }
      const transposed = trans === 0 ? AS_IT_IS : TRANSPOSED
      library.dgemv(ROW_MAJOR, transposed, m, n, alpha, place.at(a), n, place.at(x), 1, beta, place.at(y), 1)
    },
  }
}
