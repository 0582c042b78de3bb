/**
 * What the blas engine calls, with the arguments of CBLAS and of LAPACK's Fortran interface. Every pointer is an address in
 * the process, given as a plain number (addresses end below 2^53) so that a call allocates nothing.
 */
export interface BlasLibrary {
  /** What was loaded, for people: `libopenblas.so.0`. */
  readonly name: string
  /** Where an array lies in the process. */
  address(bytes: Uint8Array): number
  dgemm(
    order: number,
    transA: number,
    transB: number,
    m: number,
    n: number,
    k: number,
    alpha: number,
    a: number,
    lda: number,
    b: number,
    ldb: number,
    beta: number,
    c: number,
    ldc: number,
  ): void
  dgemv(
    order: number,
    trans: number,
    m: number,
    n: number,
    alpha: number,
    a: number,
    lda: number,
    x: number,
    incx: number,
    beta: number,
    y: number,
    incy: number,
  ): void
  dgesdd: LapackRoutine
  dsyevd: LapackRoutine
}

/** A Fortran routine: every argument is the address of a value. */
export type LapackRoutine = (...addresses: number[]) => void

/** CBLAS's names for its choices. */
export const ROW_MAJOR = 101
export const AS_IT_IS = 111
export const TRANSPOSED = 112

const POINTER = 'uintptr_t'

/** The part of koffi (an optional dependency) that is used here. */
export interface ForeignFunctions {
  load(path: string): {
    func(name: string, result: string, parameters: string[]): (...numbers: number[]) => number
  }
  address(bytes: Uint8Array): bigint
}

type Loaded = ReturnType<ForeignFunctions['load']>

// Where a library may lie, the fastest first. A pair is BLAS and LAPACK in two files.
const CANDIDATES: readonly (readonly [blas: string, lapack: string])[] = [
  'libopenblas.so.0',
  'libopenblas.so',
  'libmkl_rt.so.2',
  'libmkl_rt.so',
  '/System/Library/Frameworks/Accelerate.framework/Accelerate',
  'libopenblas.dylib',
  '/opt/homebrew/opt/openblas/lib/libopenblas.dylib',
  'libopenblas.dll',
  'mkl_rt.2.dll',
  ['libblas.so.3', 'liblapack.so.3'] as const,
].map((names) => (typeof names === 'string' ? [names, names] : names))

// What each library calls the setting of its threads; Accelerate takes it from VECLIB_MAXIMUM_THREADS alone.
const THREAD_SETTERS = ['openblas_set_num_threads', 'MKL_Set_Num_Threads']

// One run, one thread: runs side by side scale better than threads inside a small product.
function setOneThread(library: Loaded): void {
  for (const setter of THREAD_SETTERS) {
    try {
      library.func(setter, 'void', ['int'])(1)
    } catch {
      // it is another library's setter
    }
  }
}

/** Letters by address, then the other addresses, then the lengths of the letters, which Fortran passes unseen. */
function lapackRoutine(library: Loaded, name: string, letters: number, others: number): LapackRoutine {
  const lengths = Array<number>(letters).fill(1)
  const parameters = [...Array<string>(letters + others).fill(POINTER), ...lengths.map(() => 'size_t')]
  const routine = library.func(`${name}_`, 'void', parameters)
  return (...addresses) => void routine(...addresses, ...lengths)
}

/** The routines of a BLAS and LAPACK given by file name. Throws koffi's error when a file or a routine is missing. */
function bind(koffi: ForeignFunctions, blas: string, lapack: string): BlasLibrary {
  const products = koffi.load(blas)
  const decompositions = lapack === blas ? products : koffi.load(lapack)
  setOneThread(products)
  const int = 'int'
  const matrix = [POINTER, int]
  return {
    name: lapack === blas ? blas : `${blas} and ${lapack}`,
    address: (bytes) => Number(koffi.address(bytes)),
    dgemm: products.func('cblas_dgemm', 'void', [
      ...[int, int, int, int, int, int, 'double'],
      ...[...matrix, ...matrix, 'double', ...matrix],
    ]),
    dgemv: products.func('cblas_dgemv', 'void', [
      ...[int, int, int, int, 'double'],
      ...[...matrix, ...matrix, 'double', ...matrix],
    ]),
    dgesdd: lapackRoutine(decompositions, 'dgesdd', 1, 13),
    dsyevd: lapackRoutine(decompositions, 'dsyevd', 2, 9),
  } as BlasLibrary
}

// (1 2 3; 4 5 6)·(1 0; 0 1; 1 1), which a library of 64-bit whole numbers or of swapped operands gets wrong.
function multipliesRightly(library: BlasLibrary): boolean {
  const numbers = Float64Array.of(1, 2, 3, 4, 5, 6, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0)
  const a = library.address(new Uint8Array(numbers.buffer))
  library.dgemm(ROW_MAJOR, AS_IT_IS, AS_IT_IS, 2, 2, 3, 1, a, 3, a + 48, 2, 0, a + 96, 2)
  return numbers.subarray(12).join() === '4,5,10,11'
}

/** The first library of this machine that answers rightly, or the sentence that says what is missing. */
export function findBlas(koffi: ForeignFunctions, named?: string): BlasLibrary | string {
  const candidates = named === undefined ? CANDIDATES : ([[named, named]] as const)
  for (const [blas, lapack] of candidates) {
    try {
      const library = bind(koffi, blas, lapack)
      if (multipliesRightly(library)) return library
    } catch {
      // not on this machine
    }
  }
  return named === undefined
    ? 'No BLAS and LAPACK was found on this machine: install one (Debian: apt install libopenblas0-pthread; macOS has Accelerate) or name its file in LINNET_BLAS.'
    : `LINNET_BLAS names ${named}, which is no BLAS with LAPACK of 32-bit whole numbers that this machine can load: give another file or unset it.`
}
