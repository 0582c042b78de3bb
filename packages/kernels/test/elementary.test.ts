import { describe, expect, test } from 'vitest'
import { instantiate } from '../src/index.ts'
import { fixture, fromHexadecimal } from './fixture.ts'

// Largest error allowed, in units in the last place of the exact value. Larger ones than any met in 10⁵ arguments a
// function, and all below 1: what the file elementary.ts promises.
const ULPS: Record<string, number> = {
  exp: 0.52,
  log: 0.52,
  pow: 0.52,
  expm1: 0.9,
  log1p: 0.8,
  sin: 0.8,
  cos: 0.8,
  cbrt: 0.8,
}

const KAPPA_RELATIVE = 1e-13 // of Arora et al.'s kernel, from 1e-12 to 1e3

const SMALLEST_EXPONENT = -1074
const { exports } = await instantiate('strict')
const { exports: fused } = await instantiate('fma')
type Unary = (x: number) => number
const functionOf = (from: typeof exports, name: string) => (from as unknown as Record<string, Unary>)[name]!

/** |got − (high + low)| in units in the last place of `high`. */
function ulps(got: number, high: number, low: number): number {
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(high))) - 52, SMALLEST_EXPONENT)
  return Math.abs((got - high - low) / 2 ** exponent)
}

const table = fixture<Record<string, string[][]>>('elementary')

describe.each(Object.entries(table))('%s', (name, rows) => {
  const numbers = rows.map((row) => row.map(fromHexadecimal))
  const evaluate = functionOf(exports, name) as (...xs: number[]) => number

  test('meets its error bound against 60 digits', () => {
    let worst = 0
    for (const row of numbers) {
      const [high, low] = row.slice(-2) as [number, number]
      if (high === 0 || !Number.isFinite(high)) continue
      worst = Math.max(worst, ulps(evaluate(...row.slice(0, -2)), high, low))
    }
    expect(worst).toBeLessThan(ULPS[name]!)
    expect(worst).toBeGreaterThan(0.45) // the measure itself works: no function rounds every value correctly by this much
  })

  test('gives the same bits in both binaries', () => {
    const other = functionOf(fused, name) as (...xs: number[]) => number
    for (const row of numbers) {
      const xs = row.slice(0, -2)
      expect(other(...xs)).toBe(evaluate(...xs))
    }
  })
})

test('edge cases', () => {
  const { exp, log, pow, expm1, log1p, sin, cos, cbrt } = exports
  expect([exp(0), exp(-0), exp(Infinity), exp(-Infinity), exp(710), exp(-746)]).toEqual([
    1,
    1,
    Infinity,
    0,
    Infinity,
    0,
  ])
  expect([log(1), log(0), log(-0), log(Infinity), log(-1)]).toEqual([0, -Infinity, -Infinity, Infinity, NaN])
  expect([expm1(0), expm1(-0), expm1(Infinity), expm1(-Infinity), expm1(710)]).toEqual([
    0,
    -0,
    Infinity,
    -1,
    Infinity,
  ])
  expect([log1p(0), log1p(-0), log1p(-1), log1p(Infinity), log1p(-2)]).toEqual([
    0,
    -0,
    -Infinity,
    Infinity,
    NaN,
  ])
  expect([sin(0), sin(-0), sin(Infinity), cos(0), cos(-Infinity)]).toEqual([0, -0, NaN, 1, NaN])
  expect([cbrt(-27), cbrt(-0), cbrt(-Infinity), cbrt(5e-324)]).toEqual([-3, -0, -Infinity, Math.cbrt(5e-324)])
  expect([pow(0, 0), pow(0, -2), pow(0, 2), pow(-2, 3), pow(-2, 0.5), pow(Infinity, -1)]).toEqual([
    1,
    Infinity,
    0,
    -8,
    NaN,
    0,
  ])
  expect([pow(2, -1074), pow(2, 1023), pow(2, 1024), pow(9, 0.5)]).toEqual([5e-324, 2 ** 1023, Infinity, 3])
  for (const name of ['exp', 'log', 'expm1', 'log1p', 'sin', 'cos', 'cbrt']) {
    expect(functionOf(exports, name)(NaN)).toBeNaN()
  }
})

describe('kappa', () => {
  const { finite, infinite } = fixture<{ finite: string[][]; infinite: string[][] }>('kappa')

  test('is within 1e-13 of 60-digit arithmetic, gaps of one bit and zeros included', () => {
    let worst = 0
    for (const [n, s, t, exact] of finite.map((row) => row.map(fromHexadecimal)) as [
      number,
      number,
      number,
      number,
    ][]) {
      const got = exports.kappa(n, s, t)
      expect(exports.kappa(n, t, s)).toBe(got)
      if (exact === 0) expect(got).toBe(0)
      else worst = Math.max(worst, Math.abs(got / exact - 1))
    }
    expect(finite.length).toBeGreaterThan(2000)
    expect(worst).toBeLessThan(KAPPA_RELATIVE)
  })

  test('the closed form as it stands fails the same bound', () => {
    const naive = ([n, s, t]: number[]) => (s! ** 2 - t! ** 2) / (s! ** (2 / n!) - t! ** (2 / n!))
    const errors = finite
      .map((row) => row.map(fromHexadecimal))
      .map((row) => Math.abs(naive(row) / row[3]! - 1))
    expect(Math.max(...errors.filter(Number.isFinite))).toBeGreaterThan(1e3 * KAPPA_RELATIVE)
  })

  test('infinite depth is within 1e-13 of 60-digit arithmetic', () => {
    for (const [s, t, exact] of infinite.map((row) => row.map(fromHexadecimal)) as [
      number,
      number,
      number,
    ][]) {
      expect(Math.abs(exports.kappaInfinite(s, t) - exact)).toBeLessThanOrEqual(KAPPA_RELATIVE * exact)
    }
  })

  test('edge cases', () => {
    const { kappa, kappaInfinite } = exports
    expect([kappa(1, 0, 0), kappa(2, 0, 0), kappa(3, 0, 0), kappa(0.5, 0, 0)]).toEqual([1, 0, 0, Infinity])
    expect([kappa(2, 3, 4), kappa(4, 16, 0), kappa(4, 16, 16), kappa(1, 5, 9)]).toEqual([7, 64, 256, 1])
    expect([
      kappa(0, 1, 1),
      kappa(-1, 1, 1),
      kappa(2, -1, 1),
      kappa(2, NaN, 1),
      kappa(Infinity, 1, 1),
    ]).toEqual(Array(5).fill(NaN))
    expect([kappaInfinite(0, 3), kappaInfinite(0, 0), kappaInfinite(3, 3), kappaInfinite(-1, 1)]).toEqual([
      0,
      0,
      9,
      NaN,
    ])
  })
})
