import {
  balanced,
  gaussian,
  identity,
  lowRank,
  orthogonal,
  rooted,
  values,
  weightsFile,
} from '../src/index.ts'
import type { SpecInput } from '../src/registry/spec.ts'

/** Inits for a network of the given widths d_0, …, d_n, at least one a kind. */
export const initInstances: Readonly<Record<string, (widths: readonly number[]) => readonly SpecInput[]>> = {
  rooted: () => [rooted, rooted({ scale: 0.5 })],
  gaussian: (widths) => [gaussian, gaussian({ deviation: widths.slice(1).map((_, j) => 0.1 * (j + 1)) })],
  orthogonal: () => [orthogonal, orthogonal({ scale: 0.3 })],
  identity: () => [identity, identity({ scale: 0.3 })],
  balanced: (widths) => [
    balanced,
    balanced({ scale: 2 }),
    balanced({ target: lowRank({ rows: widths.at(-1)!, columns: widths[0]!, rank: 1 }) }),
  ],
  file: (widths) => [
    weightsFile({
      layers: widths.slice(1).map((rows, j) => {
        const columns = widths[j]!
        return values({ rows, columns, data: Array.from({ length: rows * columns }, (_, e) => e + j) })
      }),
    }),
  ],
}

/** Inits that draw nothing: the same for every seed. */
export const deterministic: ReadonlySet<string> = new Set(['identity', 'file'])
