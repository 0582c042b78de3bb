import type { Indices, Matrix, PlainMatrix, Shape } from '../linalg/matrix.ts'
import type { Chain, QuadraticObjective } from './chain.ts'
import type { Pattern } from './pattern.ts'
import type { Random } from './random.ts'

/** `strict` (the default: the same bits everywhere), `fma` (faster), `blas` (the BLAS and LAPACK of the machine). */
export type EngineName = 'strict' | 'fma' | 'blas'

/** Thin singular value decomposition A = U diag(values) Vᵀ of an m×n matrix, k = min(m, n), values descending. */
export interface SingularValueDecomposition {
  /** m×k, orthonormal columns. */
  readonly U: Matrix
  readonly values: Float64Array
  /** n×k, orthonormal columns. */
  readonly V: Matrix
}

/** Eigen-decomposition A = Q diag(values) Qᵀ of a symmetric matrix, values ascending. */
export interface SymmetricEigen {
  readonly values: Float64Array
  readonly Q: Matrix
}

/**
 * The narrow waist between the mathematics and the machine. One engine owns one memory; every `Matrix` given to it must
 * have been made by it. In-place operations are named `…Into(out, …)` and allocate nothing.
 */
export interface Engine {
  readonly name: EngineName
  /** One sentence: what it is and by how much its results may differ from `strict`. */
  readonly description: string

  // ── memory ────────────────────────────────────────────────────────────────────────────────────────────────────────
  /** A new rows×columns matrix, zero or copied from `values` (row by row). */
  matrix(rows: number, columns: number, values?: ArrayLike<number>): Matrix
  /** A copy in this engine's memory. */
  copyIn(matrix: PlainMatrix): Matrix
  /** A rows×columns window on the memory of `matrix`, from its entry number `start` (row-major) on. */
  view(matrix: Matrix, start: number, rows: number, columns: number): Matrix
  /** New 32-bit whole numbers. */
  indices(values: ArrayLike<number>): Indices
  /** Runs `body` and frees everything it allocated here. Nothing allocated inside may be used after it. */
  scoped<T>(body: () => T): T
  /** Bytes of memory held. */
  readonly bytes: number

  // ── products ──────────────────────────────────────────────────────────────────────────────────────────────────────
  /** out = alpha·op(a)·op(b) + beta·out. With beta = 0 what `out` held is not read. `out` must not overlap a or b. */
  multiplyInto(
    out: Matrix,
    a: Matrix,
    b: Matrix,
    transposeA?: boolean,
    transposeB?: boolean,
    alpha?: number,
    beta?: number,
  ): void
  /** out = aᵀ. */
  transposeInto(out: Matrix, a: Matrix): void
  /** values_e = (a·b)_{ij} for each observed (i, j) = entry e of `pattern`; a is rows×k, b is k×columns. */
  sampledProductInto(values: Matrix, pattern: Pattern, a: Matrix, b: Matrix): void
  /** out = S·b, or Sᵀ·b when `transpose`, where S has `values` at `pattern` and zero elsewhere. */
  sparseMultiplyInto(out: Matrix, pattern: Pattern, values: Matrix, b: Matrix, transpose?: boolean): void

  // ── vectors (any matrices of equal size, taken entry by entry) ────────────────────────────────────────────────────
  /** out = Σ_i coefficients[i]·terms[i]; `out` may be one of the terms. At most 16 terms. */
  combineInto(out: Matrix, coefficients: readonly number[], terms: readonly Matrix[]): void
  copyInto(out: Matrix, a: Matrix): void
  scaleInto(out: Matrix, factor: number): void
  /** ⟨a, b⟩ = tr(abᵀ). */
  dot(a: Matrix, b: Matrix): number
  /** Frobenius norm. */
  norm(a: Matrix): number
  /** sqrt(mean_i (error_i / (absolute + relative·max(|a_i|, |b_i|)))²): the norm of adaptive error control. */
  errorNorm(error: Matrix, a: Matrix, b: Matrix, absolute: number, relative: number): number
  /** True when every entry is finite. */
  isFinite(a: Matrix): boolean

  // ── decompositions (never through a Gram matrix) ──────────────────────────────────────────────────────────────────
  /** Singular values, descending, each to a small multiple of ε·σ_max. Throws when `a` holds NaN or ±∞. */
  singularValues(a: Matrix): Float64Array
  /** Thin SVD; U, V are new matrices of this engine (wrap in `scoped` to free them). */
  svd(a: Matrix): SingularValueDecomposition
  /** Thin SVD by one-sided Jacobi: small singular values of column-scaled matrices to high relative accuracy; slower. */
  svdJacobi(a: Matrix): SingularValueDecomposition
  /** Of the symmetric part of the square matrix `a`, (a + aᵀ)/2. */
  symmetricEigenvalues(a: Matrix): Float64Array
  symmetricEigen(a: Matrix): SymmetricEigen
  /** Thin QR of an m×n matrix, m ≥ n, with a nonnegative diagonal of R. */
  qr(a: Matrix): { readonly Q: Matrix; readonly R: Matrix }

  // ── scalars, the same bits on every machine and in every engine ───────────────────────────────────────────────────
  exp(x: number): number
  log(x: number): number
  pow(x: number, y: number): number
  expm1(x: number): number
  log1p(x: number): number
  sin(x: number): number
  cos(x: number): number
  /** κ_n(s, t) = (s² − t²)/(s^{2/n} − t^{2/n}), the eigenvalues of the preconditioner, for any real depth n > 0. */
  kappa(depth: number, s: number, t: number): number

  /** The random source of a seed, a whole number in [0, 2^53). Same seed, same bits, in every engine. */
  random(seed: number): Random

  // ── fused loops ───────────────────────────────────────────────────────────────────────────────────────────────────
  /** A linear chain W_n···W_1 on a quadratic objective, whole descents inside one call. `widths` is d_0, …, d_n. */
  chain(widths: readonly number[], objective: QuadraticObjective): Chain
}

/** Shape of a matrix as `[rows, columns]`. */
export function shapeOf(matrix: PlainMatrix): Shape {
  return [matrix.rows, matrix.columns]
}
