import type { Indices, Matrix } from '../linalg/matrix.ts'

/**
 * A counter-based random source (Philox4x32-10, Salmon et al. 2011). `split` gives a source whose numbers never overlap
 * with this one's or with those of another label, whatever is drawn from either: that is what keeps the truth of a problem
 * the same when its mask or its initial weights are drawn differently.
 */
export interface Random {
  split(label: string | number): Random
  /** Independent N(0, 1) entries. */
  normalInto(out: Matrix): void
  /** Independent entries uniform on [0, 1). */
  uniformInto(out: Matrix): void
  /** `count` different whole numbers out of 0 … total−1, each subset equally likely, ascending. */
  sample(count: number, total: number): Indices
  /** A uniformly random order of 0 … total−1. */
  permutation(total: number): Indices
  /** One N(0, 1) number. */
  normal(): number
  /** One number uniform on [0, 1). */
  uniform(): number
}
