import type { KernelExports, Kernels } from '@linnet/kernels'
import type { BlasLibrary } from './blas-library.ts'
import type { ProcessMemory } from './blas-memory.ts'
import { type ArrayAt, type Fortran, fortran } from './fortran.ts'
import { FLOAT_BYTES } from './memory.ts'

const INT_BYTES = 4
/** How the kernels say how a decomposition ended. */
const DONE = 0
const NOT_FINITE = 1
const NOT_CONVERGED = 2

/**
 * Rows and columns from which LAPACK beats the kernels (measured). Singular values alone are not here: the kernels' are as
 * fast as LAPACK's at every size.
 */
const LAPACK_FROM = 64

type Eigen = Pick<KernelExports, 'eigenvaluesScratch' | 'eigenvalues' | 'eigenScratch' | 'eigen'>
type Svd = Pick<KernelExports, 'svdScratch' | 'svd'>

/** Lets arrays follow one another in the scratch of a call. */
function scratchArrays(scratch: number): (numbers: number) => ArrayAt {
  let next = scratch
  return (numbers) => {
    const at = next
    next += numbers * FLOAT_BYTES
    return { at }
  }
}

/** dgesdd's whole numbers, in units of float64. */
const wholeNumbers = (k: number) => Math.ceil((8 * k * INT_BYTES) / FLOAT_BYTES)

// LAPACK counts column by column: what is the m×n matrix A row by row is to it the n×m matrix Aᵀ = V·diag(s)·Uᵀ. What it
// calls U is our V, by columns; what it calls VT is our U, row by row as we want it.
function svdWorkspace(library: BlasLibrary, { workspace, answer }: Fortran, m: number, n: number): number {
  const k = Math.min(m, n)
  const none = answer // never read when the workspace is asked for
  return workspace(library.dgesdd, 'S', n, m, none, n, none, none, n, none, k, answer, -1, none)
}

/** The thin singular value decomposition of the kernels, done by LAPACK's dgesdd where that is faster. */
export function blasSvd(kernels: Kernels, library: BlasLibrary, place: ProcessMemory): Svd {
  const { exports } = kernels
  const lapack = fortran(kernels, place)

  function decompose(
    a: number,
    m: number,
    n: number,
    u: number,
    s: number,
    v: number,
    scratch: number,
  ): number {
    if (exports.isFinite(m * n, a) === 0) return NOT_FINITE
    const k = Math.min(m, n)
    const length = svdWorkspace(library, lapack, m, n)
    const take = scratchArrays(scratch)
    const [copy, vByColumns, work, whole] = [take(m * n), take(n * k), take(length), take(wholeNumbers(k))]
    new Uint8Array(kernels.memory.buffer).copyWithin(copy.at, a, a + m * n * FLOAT_BYTES)
    const [U, values] = [{ at: u }, { at: s }]
    const info = lapack.call(
      library.dgesdd,
      ...['S', n, m, copy, n, values, vByColumns, n, U, k, work, length, whole],
    )
    if (info !== 0) return NOT_CONVERGED
    exports.transpose(v, vByColumns.at, k, n)
    return DONE
  }

  return {
    svdScratch(m, n) {
      const k = Math.min(m, n)
      if (k < LAPACK_FROM) return exports.svdScratch(m, n)
      return (m * n + n * k + svdWorkspace(library, lapack, m, n) + wholeNumbers(k)) * FLOAT_BYTES
    },
    svd(a, m, n, u, s, v, scratch) {
      if (Math.min(m, n) < LAPACK_FROM) return exports.svd(a, m, n, u, s, v, scratch)
      return decompose(a, m, n, u, s, v, scratch)
    },
  }
}

/** dsyevd's whole numbers, as its documentation gives them. */
const eigenWholes = (job: string, n: number) => (job === 'N' ? 1 : 3 + 5 * n)

function eigenWorkspace(
  library: BlasLibrary,
  { workspace, answer }: Fortran,
  job: string,
  n: number,
): number {
  const wholes = { at: answer.at + FLOAT_BYTES }
  return workspace(library.dsyevd, job, 'L', n, answer, n, answer, answer, -1, wholes, eigenWholes(job, n))
}

/** The eigenvalue decompositions of the kernels, done by LAPACK's dsyevd where that is faster. */
export function blasEigen(kernels: Kernels, library: BlasLibrary, place: ProcessMemory): Eigen {
  const { exports } = kernels
  const lapack = fortran(kernels, place)

  function bytes(job: string, n: number): number {
    return (n * n + eigenWorkspace(library, lapack, job, n) + eigenWholes(job, n)) * FLOAT_BYTES
  }

  function decompose(job: string, a: number, n: number, values: number, q: number, scratch: number): number {
    const size = n * n
    if (exports.isFinite(size, a) === 0) return NOT_FINITE
    const length = eigenWorkspace(library, lapack, job, n)
    const wholes = eigenWholes(job, n)
    const take = scratchArrays(scratch)
    const [copy, work, whole] = [take(size), take(length), take(wholes)]
    exports.transpose(copy.at, a, n, n)
    exports.scale(size, 0.5, copy.at)
    exports.axpy(size, 0.5, a, copy.at)
    const info = lapack.call(
      library.dsyevd,
      job,
      'L',
      n,
      copy,
      n,
      { at: values },
      work,
      length,
      whole,
      wholes,
    )
    if (info !== 0) return NOT_CONVERGED
    if (job === 'V') exports.transpose(q, copy.at, n, n)
    return DONE
  }

  return {
    eigenvaluesScratch: (n) => (n < LAPACK_FROM ? exports.eigenvaluesScratch(n) : bytes('N', n)),
    eigenvalues(a, n, values, scratch) {
      if (n < LAPACK_FROM) return exports.eigenvalues(a, n, values, scratch)
      return decompose('N', a, n, values, 0, scratch)
    },
    eigenScratch: (n) => (n < LAPACK_FROM ? exports.eigenScratch(n) : bytes('V', n)),
    eigen(a, n, values, q, scratch) {
      if (n < LAPACK_FROM) return exports.eigen(a, n, values, q, scratch)
      return decompose('V', a, n, values, q, scratch)
    },
  }
}
