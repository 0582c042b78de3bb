// What an instance of either binary exports. Every pointer is a byte offset into the instance's memory; matrices are
// row-major, contiguous and float64, index arrays are int32. The contracts stand beside the functions in assembly/.

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

/** Every function the binaries export. */
export interface KernelExports extends MemoryExports, ProductExports {}
