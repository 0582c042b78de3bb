import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { PlainMatrix } from '../src/linalg/matrix.ts'
import { EPSILON, eachEngine } from './engines-under-test.ts'

interface Fixtures {
  readonly products: readonly {
    readonly a: PlainMatrix
    readonly b: PlainMatrix
    readonly transposeA: boolean
    readonly transposeB: boolean
    readonly product: PlainMatrix
  }[]
  readonly decompositions: readonly {
    readonly name: string
    readonly a: PlainMatrix
    readonly singularValues: number[]
    readonly R?: PlainMatrix
    readonly symmetric?: PlainMatrix
    readonly eigenvalues?: number[]
  }[]
}

// Made by fixtures/engine.py with NumPy.
const fixtures: Fixtures = JSON.parse(
  readFileSync(new URL('../../../fixtures/engine.json', import.meta.url), 'utf8'),
)

// Both sides are backward stable: values differ by a modest multiple of ε·σ_max times the dimension (Weyl's inequality).
const perDimension = 4 * EPSILON
// R is unique for full column rank, but moves by up to κ(A) times the backward error (Stewart 1977). R is stored where κ < 10^8.
const conditioned = (values: readonly number[], size: number) =>
  (perDimension * size * values[0]!) / values[values.length - 1]!

function worst(measured: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0
  for (let e = 0; e < expected.length; e++) {
    const difference = Math.abs(measured[e]! - expected[e]!)
    if (!(difference <= largest)) largest = difference
  }
  return measured.length === expected.length ? largest : Number.NaN
}

const largest = (values: ArrayLike<number>) => Math.max(0, ...Array.from(values, Math.abs))

eachEngine('engine against NumPy', (load) => {
  test('products', async () => {
    const engine = await load()
    for (const { a, b, transposeA, transposeB, product } of fixtures.products) {
      const out = engine.matrix(product.rows, product.columns)
      engine.multiplyInto(out, engine.copyIn(a), engine.copyIn(b), transposeA, transposeB)
      const inner = transposeA ? a.rows : a.columns
      const bound = 2 * inner * EPSILON * largest(a.data) * largest(b.data) * inner
      expect(worst(out.data, product.data)).toBeLessThanOrEqual(bound)
    }
    // negative control: the wrong transposition is far off
    const { a, b, product } = fixtures.products.find(({ product }) => product.rows === 1)!
    const out = engine.matrix(1, 1)
    engine.multiplyInto(out, engine.copyIn(a), engine.copyIn(b), false, false, 1.001)
    expect(worst(out.data, product.data)).toBeGreaterThan(1e-6 * largest(product.data))
  })

  test.each(fixtures.decompositions)('singular values, R and eigenvalues: $name', async (fixture) => {
    const engine = await load()
    const a = engine.copyIn(fixture.a)
    const size = Math.max(a.rows, a.columns)
    const small = perDimension * size * fixture.singularValues[0]!
    for (const values of [engine.singularValues(a), engine.svd(a).values, engine.svdJacobi(a).values])
      expect(worst(values, fixture.singularValues)).toBeLessThanOrEqual(small)
    if (fixture.R !== undefined) {
      const bound = conditioned(fixture.singularValues, size) * largest(fixture.R.data)
      expect(worst(engine.qr(a).R.data, fixture.R.data)).toBeLessThanOrEqual(bound)
    }
    if (fixture.symmetric === undefined) return
    const symmetric = engine.copyIn(fixture.symmetric)
    const eigenvalues = fixture.eigenvalues!
    const scale = perDimension * size * largest(eigenvalues)
    expect(worst(engine.symmetricEigenvalues(symmetric), eigenvalues)).toBeLessThanOrEqual(scale)
    expect(worst(engine.symmetricEigen(symmetric).values, eigenvalues)).toBeLessThanOrEqual(scale)
  })
})
