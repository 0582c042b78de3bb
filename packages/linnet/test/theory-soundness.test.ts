import fc from 'fast-check'
import { expect, it } from 'vitest'
import { loadEngine } from '../src/engine/load.ts'
import type { PlainMatrix } from '../src/linalg/matrix.ts'
import { certify, statements } from '../src/theory/index.ts'
import { balancedLayers, gaussian, runThrough, setting } from './theory-setting.ts'

const engine = await loadEngine()
/** Theorems about balanced layers at any point of a run. */
const AT_A_POINT = statements.entries.filter(({ scope }) => scope === 'point').map(({ kind }) => kind)

/** Widths d_0, …, d_n with bottlenecks and single neurons, singular values over many orders, any scale, any imbalance. */
const instance = fc.record({
  widths: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 7 }),
  exponents: fc.array(fc.double({ min: -14, max: 0, noNaN: true }), { minLength: 1, maxLength: 6 }),
  scale: fc.double({ min: -8, max: 8, noNaN: true }),
  imbalance: fc.oneof(fc.constant(0), fc.double({ min: -15, max: 1, noNaN: true })),
  target: fc.double({ min: -8, max: 8, noNaN: true }),
  seed: fc.integer({ min: 1, max: 1e6 }),
})

type Instance = typeof instance extends fc.Arbitrary<infer T> ? T : never

function tenTo(exponent: number): number {
  return engine.pow(10, exponent)
}

function runOf({ widths, exponents, scale, imbalance, target, seed }: Instance) {
  const [rows, columns] = [widths.at(-1)!, widths[0]!]
  const values = exponents.slice(0, Math.min(...widths)).map((exponent) => tenTo(exponent + scale))
  const exact = balancedLayers(engine, widths, values, seed)
  const size = engine.pow(tenTo(scale), 1 / exact.length)
  const amount = imbalance === 0 ? 0 : tenTo(imbalance) * size
  const layers = exact.map((layer, j): PlainMatrix => {
    const noise = gaussian(engine, seed + 31 * j, layer.rows, layer.columns)
    return { ...layer, data: Array.from(layer.data, (x, i) => x + amount * noise.data[i]!) }
  })
  const goal = gaussian(engine, seed + 7, rows, columns)
  const scaled = { ...goal, data: Array.from(goal.data, (x) => tenTo(target) * x) }
  return engine.scoped(() => {
    const run = runThrough(setting(engine, widths, scaled), [layers])
    return certify(run, { statements: AT_A_POINT })
  })
}

it('no theorem is ever violated without insisting, however the layers are', () => {
  const seen = { holds: 0, 'does not apply': 0, violated: 0 }
  fc.assert(
    fc.property(instance, (given) => {
      for (const certificate of runOf(given)) {
        seen[certificate.verdict]++
        expect(certificate.verdict, certificate.summary).not.toBe('violated')
      }
    }),
    { seed: 20180219, numRuns: 400 },
  )
  expect(seen.holds).toBeGreaterThan(300)
  expect(seen['does not apply']).toBeGreaterThan(100)
})

it('exactly balanced layers are recognised at any scale and conditioning', () => {
  fc.assert(
    fc.property(instance, (given) => {
      const balanced = { ...given, imbalance: 0, exponents: given.exponents.map((exponent) => exponent / 4) }
      for (const certificate of runOf(balanced))
        expect(certificate.verdict, certificate.summary).toBe('holds')
    }),
    { seed: 20180219, numRuns: 200 },
  )
})

/** Long chains of one or two neurons at extreme scales: exactly balanced, so that nothing but powers of σ costs accuracy. */
const chain = fc.record({
  widths: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 2, maxLength: 13 }),
  exponents: fc.array(fc.double({ min: -2, max: 0, noNaN: true }), { minLength: 1, maxLength: 2 }),
  scale: fc.double({ min: -60, max: 30, noNaN: true }),
  imbalance: fc.constant(0),
  target: fc.double({ min: -8, max: 8, noNaN: true }),
  seed: fc.integer({ min: 1, max: 1e6 }),
})

it('chains of scalars and of pairs hold at any scale', () => {
  fc.assert(
    fc.property(chain, (given) => {
      for (const certificate of runOf(given))
        expect(certificate.verdict, certificate.summary).not.toBe('violated')
    }),
    { seed: 20180219, numRuns: 400 },
  )
  const scalars = { widths: [1, 1, 1, 1], exponents: [0], scale: -10, imbalance: 0, target: 0, seed: 1 }
  for (const certificate of runOf(scalars)) expect(certificate.verdict, certificate.summary).toBe('holds')
})
