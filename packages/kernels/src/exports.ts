// What an instance of either binary exports. Every pointer is a byte offset into the instance's memory; matrices are
// row-major, contiguous and float64, index arrays are int32. The contracts stand beside the functions in assembly/.
// All of them are public, those that the engines of linnet do not call too: cbrt, fillBits, kappaInfinite, maxAbs,
// orthonormalComplement, sumOfSquares.

/** assembly/memory.ts */
export interface MemoryExports {
  /** Zeroed bytes aligned to 64; 0 when memory cannot grow that far. */
  allocate(bytes: number): number
  /** The present top of the heap, to be given back to `release`. */
  mark(): number
  /** Frees everything allocated since `to` was marked. */
  release(to: number): void
}

/** assembly/products.ts */
export interface ProductExports {
  /** C (m×n) = alpha·op(A)·op(B) + beta·C; `transA`/`transB` are 0 or 1; a zero beta never reads C. */
  multiply(
    transA: number,
    transB: number,
    m: number,
    n: number,
    k: number,
    alpha: number,
    a: number,
    b: number,
    beta: number,
    c: number,
  ): void
  /** y = alpha·op(A)·x + beta·y with A m×n; a zero beta never reads y. */
  multiplyVector(
    trans: number,
    m: number,
    n: number,
    alpha: number,
    a: number,
    x: number,
    beta: number,
    y: number,
  ): void
  /** out (n×m) = Aᵀ with A m×n; out must not overlap A. */
  transpose(out: number, a: number, m: number, n: number): void
}

/** assembly/elementary.ts: the same bits everywhere, each within 1 unit in the last place. */
export interface ElementaryExports {
  exp(x: number): number
  log(x: number): number
  pow(x: number, y: number): number
  expm1(x: number): number
  log1p(x: number): number
  sin(x: number): number
  cos(x: number): number
  cbrt(x: number): number
}

/** assembly/kappa.ts: the eigenvalues of the end-to-end preconditioner (Arora, Cohen & Hazan 2018). */
export interface KappaExports {
  /** (s² − t²)/(s^{2/n} − t^{2/n}) for s, t ≥ 0 and real depth n > 0, stably; NaN outside. */
  kappa(n: number, s: number, t: number): number
  /** lim_{n→∞} κ_n(s, t)/n. */
  kappaInfinite(s: number, t: number): number
}

/** assembly/philox.ts, random.ts and sampling.ts. (k0, k1) is a 64-bit key; element i of a stream depends on i alone. */
export interface RandomExports {
  /** The four 32-bit words of one Philox4x32-10 block. */
  philox(out: number, c0: number, c1: number, c2: number, c3: number, k0: number, k1: number): void
  /** n 64-bit words: elements offset … offset+n−1 of the stream; 0 ≤ offset < 2⁵³. */
  fillBits(out: number, n: number, k0: number, k1: number, stream: number, offset: number): void
  /** n doubles uniform on the multiples of 2⁻⁵³ in [0, 1). */
  fillUniform(out: number, n: number, k0: number, k1: number, stream: number, offset: number): void
  /** n standard normal doubles. */
  fillNormal(out: number, n: number, k0: number, k1: number, stream: number, offset: number): void
  /** Writes two u32 words: the key of the source that the `length` bytes at `label` name under the source (k0, k1). */
  deriveKey(out: number, k0: number, k1: number, label: number, length: number): void
  /** Bytes of scratch for sampleWithoutReplacement. */
  sampleScratch(n: number): number
  /** k different ones of 0 … n−1, ascending, int32. Takes the whole numbers of (key, stream) for itself. */
  sampleWithoutReplacement(
    out: number,
    k: number,
    n: number,
    k0: number,
    k1: number,
    stream: number,
    scratch: number,
  ): void
  /** Shuffles n int32 in place. Takes the whole numbers of (key, stream) for itself. */
  shuffle(indices: number, n: number, k0: number, k1: number, stream: number): void
}

/** assembly/qr.ts. Decompositions return 0, or 1 when the matrix holds NaN or ±∞ (then nothing is written). */
export interface QrExports {
  /** Bytes of scratch for `qr`. */
  qrScratch(m: number, n: number): number
  /** Thin QR of a (m×n, m ≥ n, not changed): Q (m×n), R (n×n) with a nonnegative diagonal. */
  qr(a: number, m: number, n: number, q: number, r: number, scratch: number): number
  /** Bytes of scratch for `orthonormalComplement`. */
  orthonormalComplementScratch(m: number, n: number): number
  /** out (m×(m−n)): orthonormal columns orthogonal to those of q (m×n, orthonormal). */
  orthonormalComplement(q: number, m: number, n: number, out: number, scratch: number): void
}

/** assembly/svd/. Each returns 0, 1 when a holds NaN or ±∞ (nothing is written), 2 when the iteration did not converge. */
export interface SvdExports {
  /** Bytes of scratch for `svdValues`. */
  svdValuesScratch(m: number, n: number): number
  /** Singular values of a (m×n, not changed), descending, to s (min(m, n) of them). */
  svdValues(a: number, m: number, n: number, s: number, scratch: number): number
  /** Bytes of scratch for `svd`. */
  svdScratch(m: number, n: number): number
  /** Thin SVD of a (m×n, not changed), k = min(m, n): u (m×k), s (k, descending), v (n×k). */
  svd(a: number, m: number, n: number, u: number, s: number, v: number, scratch: number): number
  /** Bytes of scratch for `svdJacobi`. */
  svdJacobiScratch(m: number, n: number): number
  /** The same by one-sided Jacobi: for B·D or D·B, D diagonal, each value to about ε·κ(B) of itself. Slower. */
  svdJacobi(a: number, m: number, n: number, u: number, s: number, v: number, scratch: number): number
}

/** assembly/eigen/. Each returns 0, 1 when a holds NaN or ±∞ (nothing is written), 2 when the iteration did not converge. */
export interface EigenExports {
  /** Bytes of scratch for `eigenvalues`. */
  eigenvaluesScratch(n: number): number
  /** Eigenvalues of the symmetric part of a (n×n, not changed), ascending. */
  eigenvalues(a: number, n: number, values: number, scratch: number): number
  /** Bytes of scratch for `eigen`. */
  eigenScratch(n: number): number
  /** The same with orthonormal eigenvectors as the columns of q (n×n). */
  eigen(a: number, n: number, values: number, q: number, scratch: number): number
}

/** assembly/vectors.ts */
export interface VectorExports {
  /** out = Σ coefficients_i·v_i in one pass: count ≤ 16 pointers (int32) and coefficients; out may be any v_i. */
  combine(out: number, count: number, pointers: number, coefficients: number, length: number): void
  dot(n: number, x: number, y: number): number
  /** Euclidean norm, safe from overflow and underflow of the squares. */
  norm(n: number, x: number): number
  sumOfSquares(n: number, x: number): number
  /** y += a·x. */
  axpy(n: number, a: number, x: number, y: number): void
  /** x *= a. */
  scale(n: number, a: number, x: number): void
  /** max |x_i|; 0 of nothing, NaN when any is NaN. */
  maxAbs(n: number, x: number): number
  /** √(mean((error_i / (absolute + relative·max(|a_i|, |b_i|)))²)); 0 of nothing. */
  errorNorm(n: number, error: number, a: number, b: number, absolute: number, relative: number): number
  /** 1 when every element is finite, else 0. */
  isFinite(n: number, x: number): number
}

/**
 * assembly/sampled.ts and sparse.ts. Patterns are int32: by rows rowStarts[m+1], columns[nnz]; by columns columnStarts[n+1], rows[nnz],
 * order[nnz] (position by rows). Values are in the order by rows.
 */
export interface SparseExports {
  /** out_e = Σ_l A[i_e,l]·B[l,j_e] on the pattern: A m×k, B k×n, or n×k when `transB` is 1 (faster). */
  sampledProduct(
    transB: number,
    m: number,
    n: number,
    k: number,
    rowStarts: number,
    columns: number,
    a: number,
    b: number,
    out: number,
  ): void
  /** out (m×k) = S·B with B n×k. */
  sparseTimes(
    m: number,
    n: number,
    k: number,
    rowStarts: number,
    columns: number,
    values: number,
    b: number,
    out: number,
  ): void
  /** out (n×k) = Sᵀ·B with B m×k. */
  sparseTransposeTimes(
    m: number,
    n: number,
    k: number,
    columnStarts: number,
    rows: number,
    order: number,
    values: number,
    b: number,
    out: number,
  ): void
}

/**
 * assembly/chain: W = W_n ··· W_1 with W_j of d_j×d_{j−1}; theta is all layers, W_1 first, row-major and contiguous. A plan
 * lives on the heap of its instance until `release`; give it one objective, once.
 */
export interface ChainExports {
  /** A plan for the widths d_0, …, d_n (int32, copied); 0 when memory does not suffice. */
  chainCreate(depth: number, widths: number): number
  /**
   * factor·‖W L − R‖²_F + constant: L d_0×q, or 0 for the identity; R d_n×q, copied. L must outlive the plan. Returns 1, or
   * 0 when memory does not suffice.
   */
  chainDense(plan: number, q: number, left: number, right: number, factor: number, constant: number): number
  /** factor·Σ_i (⟨A_i, W⟩ − b_i)²: A m×(d_n·d_0), each A_i row-major; A and b must outlive the plan. Returns 1 or 0. */
  chainSensing(plan: number, m: number, a: number, b: number, factor: number): number
  /**
   * factor·Σ_observed (W_ij − x_ij)², the pattern as in SparseExports, x by rows; all must outlive the plan. `pass`: 0 the
   * faster one, 1 dense with a mask, 2 over the entries only. Returns the pass taken, or 0 when memory does not suffice.
   */
  chainCompletion(
    plan: number,
    nnz: number,
    rowStarts: number,
    columns: number,
    columnStarts: number,
    rows: number,
    order: number,
    values: number,
    factor: number,
    pass: number,
  ): number
  chainLoss(plan: number, theta: number): number
  /** The loss; the gradient is written in the layout of theta. */
  chainGradient(plan: number, theta: number, gradient: number): number
  /** Clears a report of 3 + depth numbers. */
  chainReset(plan: number, report: number): void
  /**
   * Up to `steps` steps from theta, in place; returns how many were taken. `method`: 0 gradient descent (no state); 1 heavy
   * ball, a = momentum (state: the velocity, as long as theta); 2 GroupRMSprop, a = decay, b = ε (state: running average of
   * ‖∇φ‖², steps, bias correction). States start at zero. Before each step, at its starting point, it stops when
   * loss ≤ stopLoss (reason 1), ‖∇φ‖_F ≤ stopGradient (2), or not loss ≤ stopDivergence (3; also NaN). Report: loss and
   * squared gradient norm at the last evaluated point, the reason (0: all steps taken), then for each layer
   * Σ_t η_t²‖g_j‖²_F over all calls since `chainReset`, η_t the step really taken (for 2: stepSize/(√average + ε)).
   */
  chainDescend(
    plan: number,
    theta: number,
    state: number,
    report: number,
    method: number,
    stepSize: number,
    a: number,
    b: number,
    steps: number,
    stopLoss: number,
    stopGradient: number,
    stopDivergence: number,
  ): number
}

/** Every function the binaries export. */
export interface KernelExports
  extends MemoryExports,
    ProductExports,
    VectorExports,
    SparseExports,
    ChainExports,
    ElementaryExports,
    KappaExports,
    RandomExports,
    QrExports,
    SvdExports,
    EigenExports {}
