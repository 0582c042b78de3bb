import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Engine } from '../src/engine/engine.ts'
import type { Matrix } from '../src/linalg/matrix.ts'
import { EPSILON, eachEngine } from './engines-under-test.ts'

// Backward stable decompositions of an m×n matrix: errors of a modest multiple of max(m, n)·ε relative to the matrix
// (Higham 2002, theorem 19.4; Golub & Van Loan 2013, §8.6). Ten is what the worst of thousands of matrices stays below.
const tolerance = (m: number, n: number) => 10 * Math.max(m, n, 4) * EPSILON

function normal(engine: Engine, rows: number, columns: number, seed: number): Matrix {
  const matrix = engine.matrix(rows, columns)
  engine.random(seed).normalInto(matrix)
  return matrix
}

/** ‖AᵀA − I‖_F. */
function departureFromOrthonormal(engine: Engine, a: Matrix): number {
  const gram = engine.matrix(a.columns, a.columns)
  engine.multiplyInto(gram, a, a, true)
  for (let i = 0; i < a.columns; i++) gram.data[i * (a.columns + 1)]! -= 1
  return engine.norm(gram)
}

/** ‖U diag(values) Vᵀ − A‖_F / ‖A‖_F. */
function reconstructionError(engine: Engine, U: Matrix, values: Float64Array, V: Matrix, a: Matrix): number {
  const scaled = engine.copyIn(U)
  scaled.data.forEach((x, e) => {
    scaled.data[e] = x * values[e % U.columns]!
  })
  const difference = engine.copyIn(a)
  engine.multiplyInto(difference, scaled, V, false, true, 1, -1)
  return engine.norm(difference) / engine.norm(a)
}

const size = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 64, max: 80 }))
const shape = fc.tuple(size, size)

eachEngine('engine decompositions', (load) => {
  test.each(['svd', 'svdJacobi'] as const)(
    '%s: orthonormal factors, descending values, the matrix back',
    async (method) => {
      const engine = await load()
      fc.assert(
        fc.property(shape, fc.integer({ min: 1, max: 30 }), ([m, n], inner) =>
          engine.scoped(() => {
            const rank = Math.min(m, n, inner)
            const a = engine.matrix(m, n)
            engine.multiplyInto(a, normal(engine, m, rank, 1), normal(engine, rank, n, 2))
            const before = Float64Array.from(a.data)
            const { U, values, V } = engine[method](a)
            expect(a.data).toEqual(before)
            const small = tolerance(m, n)
            expect(departureFromOrthonormal(engine, U)).toBeLessThan(small)
            expect(departureFromOrthonormal(engine, V)).toBeLessThan(small)
            expect(reconstructionError(engine, U, values, V, a)).toBeLessThan(small)
            for (let r = 1; r < values.length; r++) expect(values[r]!).toBeLessThanOrEqual(values[r - 1]!)
            for (let r = rank; r < values.length; r++) expect(values[r]!).toBeLessThan(small * values[0]!)
            const alone = engine.singularValues(a)
            for (let r = 0; r < values.length; r++)
              expect(Math.abs(alone[r]! - values[r]!)).toBeLessThan(small * values[0]!)
            // negative control: a wrong value shows
            values[0]! *= 1 + 1e-9
            expect(reconstructionError(engine, U, values, V, a)).toBeGreaterThan(small)
          }),
        ),
        { seed: 8, numRuns: 30 },
      )
    },
  )

  test('qr: orthonormal Q, triangular R with nonnegative diagonal, the matrix back', async () => {
    const engine = await load()
    fc.assert(
      fc.property(shape, ([a, b]) =>
        engine.scoped(() => {
          const [m, n] = [Math.max(a, b), Math.min(a, b)]
          const matrix = normal(engine, m, n, 3)
          const { Q, R } = engine.qr(matrix)
          const difference = engine.copyIn(matrix)
          engine.multiplyInto(difference, Q, R, false, false, 1, -1)
          const small = tolerance(m, n)
          expect(engine.norm(difference) / engine.norm(matrix)).toBeLessThan(small)
          expect(departureFromOrthonormal(engine, Q)).toBeLessThan(small)
          for (let i = 0; i < n; i++) {
            expect(R.data[i * n + i]!).toBeGreaterThanOrEqual(0)
            for (let j = 0; j < i; j++) expect(R.data[i * n + j]).toBe(0)
          }
        }),
      ),
      { seed: 9, numRuns: 30 },
    )
    expect(() => engine.qr(engine.matrix(2, 3))).toThrow('at least as many rows as columns, not 2×3')
  })

  test('symmetricEigen: orthonormal Q, ascending values, the symmetric part back', async () => {
    const engine = await load()
    fc.assert(
      fc.property(size, (n) =>
        engine.scoped(() => {
          const a = normal(engine, n, n, 4)
          const symmetric = engine.matrix(n, n)
          engine.transposeInto(symmetric, a)
          engine.combineInto(symmetric, [0.5, 0.5], [a, symmetric])
          const { values, Q } = engine.symmetricEigen(a)
          const small = tolerance(n, n)
          expect(departureFromOrthonormal(engine, Q)).toBeLessThan(small)
          expect(reconstructionError(engine, Q, values, Q, symmetric)).toBeLessThan(small)
          for (let r = 1; r < n; r++) expect(values[r]!).toBeGreaterThanOrEqual(values[r - 1]!)
          const alone = engine.symmetricEigenvalues(a)
          for (let r = 0; r < n; r++)
            expect(Math.abs(alone[r]! - values[r]!)).toBeLessThan(small * engine.norm(symmetric))
          // negative control: the matrix itself is not symmetric
          if (n > 1) expect(reconstructionError(engine, Q, values, Q, a)).toBeGreaterThan(1e-3)
        }),
      ),
      { seed: 10, numRuns: 30 },
    )
    expect(() => engine.symmetricEigen(engine.matrix(2, 3))).toThrow(
      'of a symmetric matrix, not of a 2×3 one',
    )
  })

  test('matrices that are not finite are refused', async () => {
    const engine = await load()
    const a = normal(engine, 4, 3, 1)
    a.data[5] = Number.NaN
    expect(() => engine.singularValues(a)).toThrow(
      'The 4×3 matrix holds NaN or ±∞ and has no singular values',
    )
    a.data[5] = Number.POSITIVE_INFINITY
    expect(() => engine.svd(a)).toThrow('holds NaN or ±∞')
    const square = normal(engine, 70, 70, 1)
    square.data[5] = Number.NaN
    expect(() => engine.symmetricEigenvalues(square)).toThrow('holds NaN or ±∞ and has no eigenvalues')
    expect(() => engine.svd(square)).toThrow('holds NaN or ±∞')
  })

  test('values-only decompositions leave no memory behind', async () => {
    const engine = await load()
    const a = normal(engine, 50, 40, 1)
    engine.singularValues(a)
    const bytes = engine.bytes
    for (let i = 0; i < 200; i++) engine.singularValues(a)
    expect(engine.bytes).toBe(bytes)
  })
})
