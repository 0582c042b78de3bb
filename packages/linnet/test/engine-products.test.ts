import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Engine } from '../src/engine/engine.ts'
import type { Matrix, PlainMatrix } from '../src/linalg/matrix.ts'
import { EPSILON, eachEngine } from './engines-under-test.ts'

// The rounding error of an inner product of k terms is at most γ_k = kε/2/(1 − kε/2) times the sum of the sizes of the terms
// (Higham 2002, §3.1), whatever the order of the additions; two more roundings for alpha and beta. Taken twice over: both
// this oracle and the engine round.
const roundings = (k: number) => (k + 4) * EPSILON

function normal(engine: Engine, rows: number, columns: number, seed: number): Matrix {
  const matrix = engine.matrix(rows, columns)
  engine.random(seed).normalInto(matrix)
  return matrix
}

const entry = (a: PlainMatrix, transposed: boolean, i: number, j: number): number =>
  (transposed ? a.data[j * a.columns + i] : a.data[i * a.columns + j])!

/** Worst error of out = alpha·op(a)·op(b) + beta·before, in units of its bound. */
function worstError(
  out: PlainMatrix,
  [a, transposeA]: readonly [PlainMatrix, boolean],
  [b, transposeB]: readonly [PlainMatrix, boolean],
  alpha: number,
  beta: number,
  before: ArrayLike<number>,
): number {
  const inner = transposeA ? a.rows : a.columns
  let worst = 0
  for (let i = 0; i < out.rows; i++)
    for (let j = 0; j < out.columns; j++) {
      const old = beta === 0 ? 0 : beta * before[i * out.columns + j]!
      let [sum, size] = [0, 0]
      for (let l = 0; l < inner; l++) {
        const term = alpha * entry(a, transposeA, i, l) * entry(b, transposeB, l, j)
        sum += term
        size += Math.abs(term)
      }
      const error = Math.abs(out.data[i * out.columns + j]! - (sum + old))
      const bound = roundings(inner) * (size + Math.abs(old))
      // Not a number must count as wrong.
      if (!(error <= bound)) worst = Math.max(worst, bound > 0 ? error / bound : Number.POSITIVE_INFINITY)
      if (Number.isNaN(error)) return Number.POSITIVE_INFINITY
      if (bound > 0) worst = Math.max(worst, error / bound)
    }
  return worst
}

const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 70 }))
const factor = fc.constantFrom(0, 1, -1, 0.3)

eachEngine('engine products', (load) => {
  test('multiplyInto: every shape, transposition and factor', async () => {
    const engine = await load()
    fc.assert(
      fc.property(
        fc.tuple(size, size, size),
        fc.tuple(fc.boolean(), fc.boolean()),
        fc.tuple(factor, factor),
        ([m, n, k], [transposeA, transposeB], [alpha, beta]) =>
          engine.scoped(() => {
            const a = transposeA ? normal(engine, k, m, 1) : normal(engine, m, k, 1)
            const b = transposeB ? normal(engine, n, k, 2) : normal(engine, k, n, 2)
            const out = normal(engine, m, n, 3)
            if (beta === 0) out.data.fill(Number.NaN) // must not be read
            const before = Float64Array.from(out.data)
            engine.multiplyInto(out, a, b, transposeA, transposeB, alpha, beta)
            const worst = worstError(out, [a, transposeA], [b, transposeB], alpha, beta, before)
            expect(worst).toBeLessThanOrEqual(1)
          }),
      ),
      { seed: 2, numRuns: 150 },
    )
  })

  test('the error measure sees one wrong bit more than rounding explains', async () => {
    const engine = await load()
    const [a, b, out] = [normal(engine, 20, 20, 1), normal(engine, 20, 20, 2), engine.matrix(20, 20)]
    engine.multiplyInto(out, a, b)
    out.data[57]! += 100 * EPSILON * 20
    expect(worstError(out, [a, false], [b, false], 1, 0, [])).toBeGreaterThan(1)
  })

  test('one large product of uneven shape', async () => {
    const engine = await load()
    const [a, b, out] = [normal(engine, 181, 203, 1), normal(engine, 203, 161, 2), engine.matrix(181, 161)]
    engine.multiplyInto(out, a, b)
    expect(worstError(out, [a, false], [b, false], 1, 0, [])).toBeLessThanOrEqual(1)
  })

  test('products on views use only the entries of the view', async () => {
    const engine = await load()
    const whole = normal(engine, 1, 3 * 16, 1)
    const [a, b, out] = [0, 16, 32].map((start) => engine.view(whole, start, 4, 4)) as [
      Matrix,
      Matrix,
      Matrix,
    ]
    const before = Float64Array.from(whole.data)
    engine.multiplyInto(out, a, b, true)
    expect(worstError(out, [a, true], [b, false], 1, 0, [])).toBeLessThanOrEqual(1)
    expect(whole.data.subarray(0, 32)).toEqual(before.subarray(0, 32))
  })

  test('transposeInto moves every entry', async () => {
    const engine = await load()
    for (const [m, n] of [
      [1, 1],
      [1, 9],
      [5, 3],
      [37, 70],
    ] as const) {
      const a = normal(engine, m, n, 4)
      const out = engine.matrix(n, m)
      engine.transposeInto(out, a)
      for (let i = 0; i < m; i++)
        for (let j = 0; j < n; j++) expect(out.data[j * m + i]).toBe(a.data[i * n + j])
    }
  })

  test('shapes that do not fit are refused with both shapes', async () => {
    const engine = await load()
    const [a, b] = [engine.matrix(2, 3), engine.matrix(4, 5)]
    expect(() => engine.multiplyInto(engine.matrix(2, 5), a, b)).toThrow(
      '2×3 times 4×5: the inner sizes must be equal.',
    )
    expect(() => engine.multiplyInto(engine.matrix(2, 5), a, b, true, true)).toThrow(
      '(2×3)ᵀ times (4×5)ᵀ: the inner sizes must be equal.',
    )
    expect(() => engine.multiplyInto(engine.matrix(2, 2), a, engine.matrix(3, 5))).toThrow(
      '2×3 times 3×5 is 2×5 and does not fit a 2×2 result.',
    )
    expect(() => engine.transposeInto(engine.matrix(2, 3), a)).toThrow('is 2×3 and must be 3×2')
    const square = engine.matrix(3, 3)
    expect(() => engine.multiplyInto(square, square, square)).toThrow('overlaps')
  })
})
