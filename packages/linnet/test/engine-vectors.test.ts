import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Engine } from '../src/engine/engine.ts'
import type { Matrix } from '../src/linalg/matrix.ts'
import { EPSILON, eachEngine } from './engines-under-test.ts'

function normal(engine: Engine, rows: number, columns: number, seed: number): Matrix {
  const matrix = engine.matrix(rows, columns)
  engine.random(seed).normalInto(matrix)
  return matrix
}

const sum = (values: Iterable<number>) => [...values].reduce((total, x) => total + x, 0)

const shape = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))

eachEngine('engine vectors', (load) => {
  test('combineInto is the linear combination, also onto one of its terms', async () => {
    const engine = await load()
    const coefficients = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { maxLength: 16 })
    fc.assert(
      fc.property(shape, coefficients, fc.boolean(), ([m, n], factors, onto) =>
        engine.scoped(() => {
          const terms = factors.map((_, i) => normal(engine, m, n, i))
          const out = onto && terms.length > 0 ? terms[terms.length - 1]! : normal(engine, m, n, 99)
          const expected = Array.from({ length: m * n }, (_, e) =>
            factors.map((factor, i) => factor * terms[i]!.data[e]!),
          )
          engine.combineInto(out, factors, terms)
          for (let e = 0; e < m * n; e++) {
            // One rounding a product and one an addition, here and in the engine.
            const bound = 2 * (factors.length + 1) * EPSILON * sum(expected[e]!.map(Math.abs))
            expect(Math.abs(out.data[e]! - sum(expected[e]!))).toBeLessThanOrEqual(bound)
          }
        }),
      ),
      { seed: 3, numRuns: 100 },
    )
  })

  test('dot, norm, errorNorm agree with their sums', async () => {
    const engine = await load()
    fc.assert(
      fc.property(shape, ([m, n]) =>
        engine.scoped(() => {
          const [a, b, error] = [1, 2, 3].map((seed) => normal(engine, m, n, seed)) as [
            Matrix,
            Matrix,
            Matrix,
          ]
          const count = m * n
          const terms = Array.from(a.data, (x, e) => x * b.data[e]!)
          const bound = 2 * (count + 1) * EPSILON
          expect(Math.abs(engine.dot(a, b) - sum(terms))).toBeLessThanOrEqual(
            bound * sum(terms.map(Math.abs)),
          )
          const norm = Math.sqrt(sum(a.data.map((x) => x * x)))
          expect(Math.abs(engine.norm(a) - norm)).toBeLessThanOrEqual(bound * norm)
          const scaled = error.data.map((x, e) => {
            const size = Math.max(Math.abs(a.data[e]!), Math.abs(b.data[e]!))
            return (x / (1e-3 + 1e-2 * size)) ** 2
          })
          const expected = Math.sqrt(sum(scaled) / count)
          const measured = engine.errorNorm(error, a, b, 1e-3, 1e-2)
          // three more roundings in each term
          expect(Math.abs(measured - expected)).toBeLessThanOrEqual((bound + 6 * EPSILON) * expected)
        }),
      ),
      { seed: 4, numRuns: 100 },
    )
  })

  test('norm neither overflows nor underflows', async () => {
    const engine = await load()
    for (const scale of [1e-320, 1e-200, 1e-160, 1e160, 1e200, 1e307]) {
      const norm = engine.norm(engine.matrix(1, 2, [3 * scale, 4 * scale]))
      // denormal numbers have few digits
      expect(Math.abs(norm / (5 * scale) - 1)).toBeLessThan(scale < 1e-300 ? 1e-3 : 4 * EPSILON)
    }
    expect(engine.norm(engine.matrix(0, 1))).toBe(0)
    expect(engine.norm(engine.matrix(1, 2, [Number.NaN, 1]))).toBeNaN()
    expect(engine.norm(engine.matrix(1, 2, [Number.NEGATIVE_INFINITY, 1]))).toBe(Number.POSITIVE_INFINITY)
  })

  test('copyInto, scaleInto and isFinite', async () => {
    const engine = await load()
    const a = normal(engine, 5, 7, 1)
    const out = engine.matrix(5, 7)
    engine.copyInto(out, a)
    expect(out.data).toEqual(a.data)
    engine.scaleInto(out, -0.5)
    expect(out.data).toEqual(a.data.map((x) => -0.5 * x))
    expect(engine.isFinite(a)).toBe(true)
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      for (const place of [0, 17, 34]) {
        engine.copyInto(out, a)
        out.data[place] = bad
        expect(engine.isFinite(out)).toBe(false)
      }
  })

  test('unequal shapes and too many terms are refused', async () => {
    const engine = await load()
    const [a, b] = [engine.matrix(2, 3), engine.matrix(3, 2)]
    expect(() => engine.dot(a, b)).toThrow('a 2×3 and a 3×2 matrix must have the same shape')
    expect(() => engine.combineInto(a, [1, 1], [a, b])).toThrow('must have the same shape')
    expect(() => engine.combineInto(a, [1], [a, a])).toThrow('1 coefficients for 2 terms')
    expect(() => engine.combineInto(a, Array(17).fill(1), Array(17).fill(a))).toThrow('16 at most')
  })
})
