// How far the faster engines may be from strict, as their descriptions say: by rounding only.
import { expect, test } from 'vitest'
import type { Engine } from '../src/engine/engine.ts'
import { engines, loadEngine } from '../src/engine/load.ts'
import { makePattern } from '../src/engine/pattern.ts'
import type { Matrix } from '../src/linalg/matrix.ts'
import { EPSILON, eachEngine } from './engines-under-test.ts'

const SIZE = 70
const NEVER = { loss: Number.NEGATIVE_INFINITY, gradientNorm: -1, divergence: Number.POSITIVE_INFINITY }

function normal(engine: Engine, rows: number, columns: number, seed: number): Matrix {
  const matrix = engine.matrix(rows, columns)
  engine.random(seed).normalInto(matrix)
  return matrix
}

function product(engine: Engine): Matrix {
  const out = engine.matrix(SIZE, SIZE)
  engine.multiplyInto(out, normal(engine, SIZE, SIZE, 1), normal(engine, SIZE, SIZE, 2), true)
  return out
}

/** Weights after some steps on a completion problem, and what they started from. */
function descended(engine: Engine, steps: number): Float64Array {
  const chosen = engine.random(3).sample((SIZE * SIZE) / 5, SIZE * SIZE)
  const pattern = makePattern(engine, SIZE, SIZE, chosen.data)
  const values = normal(engine, pattern.count, 1, 4)
  const chain = engine.chain([SIZE, SIZE, SIZE, SIZE], {
    kind: 'completion',
    pattern,
    values,
    factor: 1 / pattern.count,
  })
  const theta = normal(engine, 3 * SIZE * SIZE, 1, 5)
  engine.scaleInto(theta, 1 / Math.sqrt(SIZE))
  chain.descend(theta, { kind: 'gradientDescent', stepSize: 0.5 }, steps, NEVER)
  return theta.data
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [difference, size] = [0, 0]
  for (let e = 0; e < b.length; e++) {
    difference += (a[e]! - b[e]!) ** 2
    size += b[e]! ** 2
  }
  return Math.sqrt(difference / size)
}

eachEngine('engine agreement', (load, name) => {
  test('a product is within 2kε of strict, a strict one has its very bits', async () => {
    const [engine, strict] = [await load(), await loadEngine()]
    const apart = distance(product(engine).data, product(strict).data)
    if (name === 'strict') expect(apart).toBe(0)
    else expect(apart).toBeLessThan(2 * SIZE * EPSILON)
    if (name === 'fma') expect(apart).toBeGreaterThan(0) // or it would not be fused at all
  })

  test('singular values are within 4dε·σ_max of strict', async () => {
    const [engine, strict] = [await load(), await loadEngine()]
    const [values, expected] = [engine, strict].map((e) => e.singularValues(normal(e, SIZE, SIZE, 6)))
    for (let r = 0; r < SIZE; r++)
      expect(Math.abs(values![r]! - expected![r]!)).toBeLessThanOrEqual(4 * SIZE * EPSILON * expected![0]!)
  })

  test('200 steps of a stable descent stay within 200·2dε of strict', async () => {
    const [engine, strict] = [await load(), await loadEngine()]
    const [here, there] = [descended(engine, 200), descended(strict, 200)]
    // Each step rounds like a product, and a descent that is stable does not magnify what came before.
    expect(distance(here, there)).toBeLessThan(200 * 2 * SIZE * EPSILON)
    if (name === 'strict') expect(here).toEqual(there)
    expect(distance(here, descended(strict, 199))).toBeGreaterThan(1e-6) // negative control: one step less
  })

  test('scalar functions have the same bits', async () => {
    const [engine, strict] = [await load(), await loadEngine()]
    for (const x of [1e-300, 1e-9, 0.3, 1, 2.5, 40, 700]) {
      for (const f of ['exp', 'log', 'expm1', 'log1p', 'sin', 'cos'] as const)
        expect(engine[f](x)).toBe(strict[f](x))
      expect(engine.pow(x, 0.7)).toBe(strict.pow(x, 0.7))
      expect(engine.kappa(3, x, 0.5)).toBe(strict.kappa(3, x, 0.5))
    }
  })

  test('says what it is', async () => {
    const engine = await load()
    const listed = (await engines()).find((status) => status.name === name)!
    expect(listed.available).toBe(true)
    expect(engine.description.startsWith(listed.description)).toBe(true)
    expect(engine.name).toBe(name)
  })
})

test('loops inside the kernels neither allocate nor let memory grow', async () => {
  const engine = await loadEngine()
  const pattern = makePattern(engine, 10, 10, engine.random(3).sample(20, 100).data)
  const values = normal(engine, 20, 1, 4)
  const chain = engine.chain([10, 10, 10], { kind: 'completion', pattern, values, factor: 0.05 })
  const theta = normal(engine, 200, 1, 5)
  const { bytes } = engine
  const report = chain.descend(theta, { kind: 'gradientDescent', stepSize: 0.01 }, 100_000, NEVER)
  expect(report.steps).toBe(100_000)
  expect(engine.bytes).toBe(bytes)
})
