import type { KernelExports } from '@linnet/kernels'
import type { Matrix } from '../linalg/matrix.ts'
import type { Engine, SingularValueDecomposition } from './engine.ts'
import type { EngineMemory } from './memory.ts'
import { written } from './shapes.ts'

export type Decompositions = Pick<
  Engine,
  'singularValues' | 'svd' | 'svdJacobi' | 'symmetricEigenvalues' | 'symmetricEigen' | 'qr'
>

/** What a kernel that decomposes says about how it ended. */
const NOT_FINITE = 1
const NOT_CONVERGED = 2

function expectDone(what: string, a: Matrix, ended: number): void {
  if (ended === NOT_FINITE)
    throw new RangeError(
      `The ${written(a)} matrix holds NaN or ±∞ and has no ${what}: find where it stopped being finite.`,
    )
  if (ended === NOT_CONVERGED)
    throw new Error(`The ${what} of a ${written(a)} matrix did not converge: please report the matrix.`)
}

function expectSquare(what: string, a: Matrix): void {
  if (a.rows !== a.columns)
    throw new RangeError(`The ${what} is that of a symmetric matrix, not of a ${written(a)} one.`)
}

/** The decompositions of an engine over a kernels instance. */
export function decompositions(kernels: KernelExports, memory: EngineMemory): Decompositions {
  /** Runs `kernel` with scratch of its own. */
  function run(what: string, a: Matrix, bytes: number, kernel: (scratch: number) => number): void {
    const ended = memory.scoped(() => kernel(memory.allocate(bytes)))
    expectDone(what, a, ended)
  }

  function singular(
    what: string,
    a: Matrix,
    bytes: number,
    kernel: KernelExports['svd'],
  ): SingularValueDecomposition {
    const { rows: m, columns: n, pointer } = a
    const k = Math.min(m, n)
    const U = memory.matrix(m, k)
    const V = memory.matrix(n, k)
    const values = memory.scoped(() => {
      const s = memory.matrix(k, 1)
      run(what, a, bytes, (scratch) => kernel(pointer, m, n, U.pointer, s.pointer, V.pointer, scratch))
      return s.data.slice()
    })
    return { U, values, V }
  }

  return {
    singularValues(a) {
      memory.own(a)
      const { rows: m, columns: n, pointer } = a
      return memory.scoped(() => {
        const s = memory.matrix(Math.min(m, n), 1)
        const bytes = kernels.svdValuesScratch(m, n)
        run('singular values', a, bytes, (scratch) => kernels.svdValues(pointer, m, n, s.pointer, scratch))
        return s.data.slice()
      })
    },

    svd(a) {
      memory.own(a)
      return singular('singular value decomposition', a, kernels.svdScratch(a.rows, a.columns), kernels.svd)
    },

    svdJacobi(a) {
      memory.own(a)
      const bytes = kernels.svdJacobiScratch(a.rows, a.columns)
      return singular('singular value decomposition', a, bytes, kernels.svdJacobi)
    },

    symmetricEigenvalues(a) {
      memory.own(a)
      expectSquare('eigenvalue decomposition', a)
      const { rows: n, pointer } = a
      return memory.scoped(() => {
        const values = memory.matrix(n, 1)
        run('eigenvalues', a, kernels.eigenvaluesScratch(n), (scratch) =>
          kernels.eigenvalues(pointer, n, values.pointer, scratch),
        )
        return values.data.slice()
      })
    },

    symmetricEigen(a) {
      memory.own(a)
      expectSquare('eigenvalue decomposition', a)
      const { rows: n, pointer } = a
      const Q = memory.matrix(n, n)
      const values = memory.scoped(() => {
        const found = memory.matrix(n, 1)
        run('eigenvalue decomposition', a, kernels.eigenScratch(n), (scratch) =>
          kernels.eigen(pointer, n, found.pointer, Q.pointer, scratch),
        )
        return found.data.slice()
      })
      return { values, Q }
    },

    qr(a) {
      memory.own(a)
      const { rows: m, columns: n, pointer } = a
      if (m < n)
        throw new RangeError(
          `The QR decomposition needs at least as many rows as columns, not ${written(a)}.`,
        )
      const Q = memory.matrix(m, n)
      const R = memory.matrix(n, n)
      run('QR decomposition', a, kernels.qrScratch(m, n), (scratch) =>
        kernels.qr(pointer, m, n, Q.pointer, R.pointer, scratch),
      )
      return { Q, R }
    },
  }
}
