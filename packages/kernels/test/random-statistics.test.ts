import { describe, expect, test } from 'vitest'
import { instantiate } from '../src/index.ts'

// Statistical tests at fixed keys: each statistic is compared with a quantile of its own distribution, so that a right
// generator fails one key in about 10⁵ (the keys below are not chosen; they are the first ones tried). Each test is also given
// numbers that are slightly wrong and must reject them.
const COUNT = 1_000_000
const SIGMAS = 4.5 // two-sided normal quantile of 7e-6
const KOLMOGOROV = 2.5 // P(√n·D > 2.5) = 2 exp(−2·2.5²) = 7e-6

const { exports, memory } = await instantiate('strict')
const out = exports.allocate(8 * COUNT)
const KEY = [0x5eed, 1] as const

function uniforms(stream: number): Float64Array {
  exports.fillUniform(out, COUNT, ...KEY, stream, 0)
  return new Float64Array(memory.buffer, out, COUNT).slice()
}

function normals(stream: number): Float64Array {
  exports.fillNormal(out, COUNT, ...KEY, stream, 0)
  return new Float64Array(memory.buffer, out, COUNT).slice()
}

/** (mean of f − expected) in standard errors, where f has the given variance. */
function deviation(xs: Float64Array, f: (x: number) => number, expected: number, variance: number): number {
  let sum = 0
  for (const x of xs) sum += f(x)
  return Math.abs(sum / xs.length - expected) / Math.sqrt(variance / xs.length)
}

/** √n·sup|F_n − F|. */
function kolmogorovSmirnov(xs: Float64Array, distribution: (x: number) => number): number {
  const sorted = xs.slice().sort()
  let largest = 0
  for (let i = 0; i < sorted.length; i++) {
    const p = distribution(sorted[i]!)
    largest = Math.max(largest, p - i / sorted.length, (i + 1) / sorted.length - p)
  }
  return largest * Math.sqrt(sorted.length)
}

/** Φ(x), with erfc by the continued fraction of its tail and its power series in the middle. */
function normalDistribution(x: number): number {
  const z = Math.abs(x)
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  let tail: number
  if (z > 3) {
    let fraction = z
    for (let k = 60; k > 0; k--) fraction = z + k / fraction
    tail = density / fraction
  } else {
    let term = z
    let sum = z
    for (let k = 3; k < 80; k += 2) sum += term *= (z * z) / k
    tail = 0.5 - density * sum
  }
  return x > 0 ? 1 - tail : tail
}

function correlation(xs: Float64Array, ys: Float64Array, mean: number, variance: number): number {
  let sum = 0
  for (let i = 0; i < xs.length; i++) sum += (xs[i]! - mean) * (ys[i]! - mean)
  return Math.abs(sum) / (variance * Math.sqrt(xs.length))
}

describe('uniforms', () => {
  const xs = uniforms(1)

  test('lie in [0, 1), with the moments and the distribution of the uniform law', () => {
    expect(xs.every((x) => x >= 0 && x < 1)).toBe(true)
    expect(deviation(xs, (x) => x, 1 / 2, 1 / 12)).toBeLessThan(SIGMAS)
    expect(deviation(xs, (x) => x * x, 1 / 3, 4 / 45)).toBeLessThan(SIGMAS)
    expect(kolmogorovSmirnov(xs, (x) => x)).toBeLessThan(KOLMOGOROV)
  })

  test('the same tests reject uniforms bent by half a percent', () => {
    const bent = xs.map((x) => x ** 1.01)
    expect(deviation(bent, (x) => x, 1 / 2, 1 / 12)).toBeGreaterThan(SIGMAS)
    expect(kolmogorovSmirnov(bent, (x) => x)).toBeGreaterThan(KOLMOGOROV)
  })

  test('streams are uncorrelated with each other and with themselves a step later', () => {
    expect(correlation(xs, uniforms(2), 1 / 2, 1 / 12)).toBeLessThan(SIGMAS)
    expect(correlation(xs.subarray(1), xs, 1 / 2, 1 / 12)).toBeLessThan(SIGMAS)
    expect(correlation(xs, xs, 1 / 2, 1 / 12)).toBeGreaterThan(SIGMAS)
  })
})

describe('normals', () => {
  const xs = normals(3)

  test('have the moments, the distribution and the tails of the normal law', () => {
    expect(deviation(xs, (x) => x, 0, 1)).toBeLessThan(SIGMAS)
    expect(deviation(xs, (x) => x * x, 1, 2)).toBeLessThan(SIGMAS)
    expect(deviation(xs, (x) => x ** 3, 0, 15)).toBeLessThan(SIGMAS)
    expect(deviation(xs, (x) => x ** 4, 3, 96)).toBeLessThan(SIGMAS)
    expect(kolmogorovSmirnov(xs, normalDistribution)).toBeLessThan(KOLMOGOROV)
    const beyond = 2 * normalDistribution(-4)
    expect(deviation(xs, (x) => (Math.abs(x) > 4 ? 1 : 0), beyond, beyond)).toBeLessThan(SIGMAS)
  })

  test('the same tests reject normals scaled by one percent', () => {
    const wide = xs.map((x) => 1.01 * x)
    expect(deviation(wide, (x) => x * x, 1, 2)).toBeGreaterThan(SIGMAS)
    expect(kolmogorovSmirnov(wide, normalDistribution)).toBeGreaterThan(KOLMOGOROV)
  })

  test('are uncorrelated with the uniforms and bits of their own stream', () => {
    const same = uniforms(3).map((x) => (x - 0.5) * Math.sqrt(12))
    expect(correlation(xs, same, 0, 1)).toBeLessThan(SIGMAS)
  })
})

test('bits: every one of the 64 is fair and every byte equally likely', () => {
  exports.fillBits(out, COUNT, ...KEY, 4, 0)
  const halves = new Uint32Array(memory.buffer, out, 2 * COUNT)
  const ones = new Float64Array(64)
  const bytes = new Float64Array(256)
  for (let i = 0; i < halves.length; i++) {
    for (let bit = 0; bit < 32; bit++) ones[32 * (i & 1) + bit]! += (halves[i]! >>> bit) & 1
    for (let byte = 0; byte < 32; byte += 8) bytes[(halves[i]! >>> byte) & 255]! += 1
  }
  for (const count of ones)
    expect(Math.abs(count - COUNT / 2) / Math.sqrt(COUNT / 4)).toBeLessThan(SIGMAS + 0.5)
  const expected = (8 * COUNT) / 256
  const chiSquare = bytes.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  expect(Math.abs(chiSquare - 255) / Math.sqrt(2 * 255)).toBeLessThan(SIGMAS)
})

test('samples without replacement take every number equally often, orders put it everywhere equally often', () => {
  const n = 10
  const k = 3
  const repeats = 20_000
  const scratch = exports.allocate(exports.sampleScratch(n))
  const taken = new Float64Array(n)
  const places = new Float64Array(n)
  for (let stream = 0; stream < repeats; stream++) {
    exports.sampleWithoutReplacement(out, k, n, ...KEY, stream, scratch)
    for (const i of new Int32Array(memory.buffer, out, k)) taken[i]! += 1
    const order = new Int32Array(memory.buffer, out, n)
    order.set([...order.keys()])
    exports.shuffle(out, n, ...KEY, stream)
    places[order.indexOf(0)]! += 1
  }
  const p = k / n
  for (const count of taken) {
    expect(Math.abs(count - repeats * p) / Math.sqrt(repeats * p * (1 - p))).toBeLessThan(SIGMAS)
  }
  for (const count of places) {
    expect(Math.abs(count - repeats / n) / Math.sqrt((repeats / n) * (1 - 1 / n))).toBeLessThan(SIGMAS)
  }
})
