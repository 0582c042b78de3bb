import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Engine } from '../src/engine/engine.ts'
import { loadEngine } from '../src/engine/load.ts'
import { makePattern, type Pattern } from '../src/engine/pattern.ts'
import type { Matrix } from '../src/linalg/matrix.ts'
import { EPSILON, eachEngine } from './engines-under-test.ts'

function normal(engine: Engine, rows: number, columns: number, seed: number): Matrix {
  const matrix = engine.matrix(rows, columns)
  engine.random(seed).normalInto(matrix)
  return matrix
}

function randomPattern(engine: Engine, rows: number, columns: number, density: number): Pattern {
  const total = rows * columns
  return makePattern(engine, rows, columns, engine.random(7).sample(Math.round(density * total), total).data)
}

function rowOf(pattern: Pattern, e: number): number {
  let row = 0
  while (pattern.rowStarts.data[row + 1]! <= e) row++
  return row
}

/** The sparse matrix written out, zeros and all. */
function dense(engine: Engine, pattern: Pattern, values: Matrix): Matrix {
  const out = engine.matrix(pattern.rows, pattern.columns)
  for (let e = 0; e < pattern.count; e++)
    out.data[rowOf(pattern, e) * pattern.columns + pattern.columnIndices.data[e]!] = values.data[e]!
  return out
}

const size = fc.integer({ min: 1, max: 40 })
const density = fc.constantFrom(0, 0.05, 0.3, 1)

eachEngine('engine sparse products', (load) => {
  test('sampledProductInto gives the observed entries of the product', async () => {
    const engine = await load()
    fc.assert(
      fc.property(size, size, size, density, (m, n, k, filled) =>
        engine.scoped(() => {
          const pattern = randomPattern(engine, m, n, filled)
          const [a, b] = [normal(engine, m, k, 1), normal(engine, k, n, 2)]
          const [values, product] = [engine.matrix(pattern.count, 1), engine.matrix(m, n)]
          engine.sampledProductInto(values, pattern, a, b)
          engine.multiplyInto(product, a, b)
          // Both are sums of k products: the bound of an inner product, twice, with |a|·|b| for the sum of sizes.
          for (let e = 0; e < pattern.count; e++) {
            const [i, j] = [rowOf(pattern, e), pattern.columnIndices.data[e]!]
            const sizes = Array.from({ length: k }, (_, l) =>
              Math.abs(a.data[i * k + l]! * b.data[l * n + j]!),
            )
            const bound = 2 * (k + 1) * EPSILON * sizes.reduce((x, y) => x + y, 0)
            expect(Math.abs(values.data[e]! - product.data[i * n + j]!)).toBeLessThanOrEqual(bound)
          }
        }),
      ),
      { seed: 5, numRuns: 80 },
    )
  })

  test('sparseMultiplyInto is the product of the matrix written out', async () => {
    const engine = await load()
    fc.assert(
      fc.property(size, size, size, density, fc.boolean(), (m, n, k, filled, transpose) =>
        engine.scoped(() => {
          const pattern = randomPattern(engine, m, n, filled)
          const values = normal(engine, pattern.count, 1, 3)
          const b = normal(engine, transpose ? m : n, k, 4)
          const rows = transpose ? n : m
          const [out, expected, difference] = [0, 1, 2].map(() => engine.matrix(rows, k)) as [
            Matrix,
            Matrix,
            Matrix,
          ]
          engine.sparseMultiplyInto(out, pattern, values, b, transpose)
          engine.multiplyInto(expected, dense(engine, pattern, values), b, transpose)
          engine.combineInto(difference, [1, -1], [out, expected])
          const bound = 2 * (m + n) * EPSILON * engine.norm(values) * engine.norm(b)
          expect(engine.norm(difference)).toBeLessThanOrEqual(bound)
        }),
      ),
      { seed: 6, numRuns: 80 },
    )
  })

  test('shapes that do not fit the pattern are refused', async () => {
    const engine = await load()
    const pattern = makePattern(engine, 2, 3, [0, 5])
    const values = engine.matrix(2, 1)
    expect(() =>
      engine.sparseMultiplyInto(engine.matrix(2, 1), pattern, values, engine.matrix(2, 1)),
    ).toThrow('Sparse 2×3 times 2×1: the inner sizes must be equal.')
    expect(() =>
      engine.sparseMultiplyInto(engine.matrix(2, 1), pattern, values, engine.matrix(2, 1), true),
    ).toThrow('Sparse (2×3)ᵀ times 2×1 is 2×1 and must be 3×1.')
    expect(() =>
      engine.sampledProductInto(values, pattern, engine.matrix(2, 4), engine.matrix(4, 2)),
    ).toThrow('2×4 times 4×2 does not give the 2×3 matrix of the pattern.')
  })
})

test('makePattern counts row by row whatever the order, from positions and from pairs', async () => {
  const engine = await loadEngine()
  // × . ×
  // . . ×
  const pattern = makePattern(engine, 2, 3, [5, 0, 2])
  expect(pattern.count).toBe(3)
  expect(Array.from(pattern.rowStarts.data)).toEqual([0, 2, 3])
  expect(Array.from(pattern.columnIndices.data)).toEqual([0, 2, 2])
  expect(Array.from(pattern.columnStarts.data)).toEqual([0, 1, 1, 3])
  expect(Array.from(pattern.rowIndices.data)).toEqual([0, 0, 1])
  expect(Array.from(pattern.order.data)).toEqual([0, 1, 2])
  const pairs = makePattern(engine, 2, 3, [
    [1, 2],
    [0, 2],
    [0, 0],
  ])
  expect(pairs.columnIndices.data).toEqual(pattern.columnIndices.data)
  expect(pairs.order.data).toEqual(pattern.order.data)
})

test('makePattern refuses entries outside the matrix and entries given twice', async () => {
  const engine = await loadEngine()
  expect(() => makePattern(engine, 2, 3, [6])).toThrow('The observed entry 6 is not in a 2×3 matrix')
  expect(() => makePattern(engine, 2, 3, [1.5])).toThrow('The observed entry 1.5 is not in')
  expect(() => makePattern(engine, 2, 3, [[0, 3]])).toThrow('The observed entry (0, 3) is not in')
  expect(() => makePattern(engine, 2, 3, [4, 1, 4])).toThrow('The entry (1, 1) is observed twice')
})
