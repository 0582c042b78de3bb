/**
 * Rooted trees and what Runge–Kutta methods make of them (Hairer, Nørsett, Wanner 1993, II.2): a method has order p exactly when
 * Σ_i b_i Φ_i(t) = 1/γ(t) for all trees of up to p vertices.
 */
export interface Tree {
  readonly vertices: number
  /** The trees that hang on the root. */
  readonly children: readonly Tree[]
}

/** All rooted trees of exactly 1, 2, …, `most` vertices: 1, 1, 2, 4, 9, 20, 48, 115 of them. */
export function rootedTrees(most: number): Tree[] {
  const all: Tree[] = []
  for (let vertices = 1; vertices <= most; vertices++) {
    const forests = forestsOf(vertices - 1, all, all.length - 1)
    all.push(...forests.map((children) => ({ vertices, children })))
  }
  return all
}

/** Multisets of the first `last`+1 trees with so many vertices together. */
function forestsOf(vertices: number, trees: readonly Tree[], last: number): Tree[][] {
  if (vertices === 0) return [[]]
  const forests: Tree[][] = []
  for (let i = last; i >= 0; i--) {
    const tree = trees[i]!
    if (tree.vertices > vertices) continue
    for (const rest of forestsOf(vertices - tree.vertices, trees, i)) forests.push([tree, ...rest])
  }
  return forests
}

/** γ(t): the vertices times the γ of what hangs on the root. */
export function gamma({ vertices, children }: Tree): number {
  return children.reduce((product, child) => product * gamma(child), vertices)
}

/** Φ_i(t) of every stage i of a method whose stage i has the row `rows[i−1]` of a_ij (the first stage has none). */
export function elementaryWeights(rows: readonly (readonly number[])[], { children }: Tree): number[] {
  const inner = children.map((child) => elementaryWeights(rows, child))
  return Array.from({ length: rows.length + 1 }, (_, i) =>
    inner.reduce((product, weights) => product * sumOver(i === 0 ? [] : rows[i - 1]!, weights), 1),
  )
}

export function sumOver(row: readonly number[], weights: readonly number[]): number {
  return row.reduce((sum, a, j) => sum + a * weights[j]!, 0)
}

/** The largest |Σ_i b_i Φ_i(t) − x^{vertices}/γ(t)| over all trees of up to `order` vertices. */
export function orderResidual(
  rows: readonly (readonly number[])[],
  weights: readonly number[],
  order: number,
  x = 1,
): number {
  const residuals = rootedTrees(order).map((tree) =>
    Math.abs(sumOver(weights, elementaryWeights(rows, tree)) - x ** tree.vertices / gamma(tree)),
  )
  return Math.max(...residuals)
}
