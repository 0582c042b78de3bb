import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Engine } from '../src/engine/engine.ts'
import { loadEngine } from '../src/engine/load.ts'
import type { Random } from '../src/engine/random.ts'
import { eachEngine } from './engines-under-test.ts'

function normals(engine: Engine, random: Random, count: number): number[] {
  const out = engine.matrix(count, 1)
  random.normalInto(out)
  return Array.from(out.data)
}

function everything(engine: Engine, seed: number): number[] {
  const random = engine.random(seed).split('truth').split(3)
  const uniforms = engine.matrix(7, 3)
  random.uniformInto(uniforms)
  return [
    ...normals(engine, random, 101),
    ...uniforms.data,
    random.normal(),
    random.uniform(),
    ...random.sample(5, 40).data,
    ...random.permutation(11).data,
    ...random.sample(5, 40).data,
  ]
}

eachEngine('engine random', (load, name) => {
  test('gives the same bits as strict for every seed and path of labels', async () => {
    const [engine, strict] = [await load(), await loadEngine('strict')]
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (seed) => {
        expect(everything(engine, seed)).toEqual(everything(strict, seed))
      }),
      { seed: 1, numRuns: 50 },
    )
    expect(everything(engine, 1)).not.toEqual(everything(engine, 2))
    expect(name).toBe(engine.name)
  })

  test('goes on where it stopped, whatever the portions', async () => {
    const engine = await load()
    const [whole, parts] = [engine.random(5), engine.random(5)]
    const expected = normals(engine, whole, 20)
    const portions = [
      ...normals(engine, parts, 3),
      parts.normal(),
      parts.normal(),
      ...normals(engine, parts, 15),
    ]
    expect(portions).toEqual(expected)
    expect(normals(engine, parts, 20)).not.toEqual(expected)
  })

  test('a split does not depend on what was drawn, and does not disturb it', async () => {
    const engine = await load()
    const [early, late] = [engine.random(8), engine.random(8)]
    const mask = normals(engine, early.split('mask'), 10)
    const first = normals(engine, late, 10)
    expect(normals(engine, late.split('mask'), 10)).toEqual(mask)
    expect(normals(engine, early, 10)).toEqual(first)
    expect(mask).not.toEqual(first)
  })

  test('different labels give different numbers', async () => {
    const engine = await load()
    const random = engine.random(0)
    const labels = [0, '0', 1, 7, '7', '', 'a', 'b', 'ab', 'é', '数', 1.5, -1, 1e300]
    const first = labels.map((label) => random.split(label).normal())
    expect(new Set(first).size).toBe(labels.length)
    expect(random.split('a').split('b').normal()).not.toBe(random.split('b').split('a').normal())
    expect(random.split('b').normal()).toBe(first[labels.indexOf('b')])
    expect(() => random.split('x'.repeat(121))).toThrow('has 121 letters')
  })

  test('seeds that agree in their low 32 bits differ', async () => {
    const engine = await load()
    expect(engine.random(1).normal()).not.toBe(engine.random(1 + 2 ** 32).normal())
  })

  test('samples are ascending subsets, permutations hold every number, successive ones differ', async () => {
    const engine = await load()
    const random = engine.random(4)
    const [first, second] = [random.sample(30, 1000), random.sample(30, 1000)]
    for (const { data } of [first, second])
      for (let i = 1; i < 30; i++) expect(data[i]!).toBeGreaterThan(data[i - 1]!)
    expect(Array.from(first.data)).not.toEqual(Array.from(second.data))
    const order = random.permutation(1000)
    expect(Array.from(order.data)).not.toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect(Array.from(order.data).sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect(Array.from(random.sample(3, 3).data)).toEqual([0, 1, 2])
    expect(random.sample(0, 3).length).toBe(0)
  })

  test('seeds and counts that make no sense are refused', async () => {
    const engine = await load()
    for (const seed of [-1, 0.5, 2 ** 53, Number.NaN])
      expect(() => engine.random(seed)).toThrow(`The seed ${seed} is not a whole number`)
    expect(() => engine.random(1).sample(4, 3)).toThrow('Cannot choose 4 of 3')
    expect(() => engine.random(1).permutation(-1)).toThrow('Cannot order -1 numbers')
  })
})

test('normals have mean 0 and variance 1', async () => {
  // The mean and the variance of 10^5 normals: 6 standard errors, which one run in 10^9 exceeds.
  const COUNT = 100_000
  const SIX = 6 / Math.sqrt(COUNT)
  const engine = await loadEngine()
  const sample = normals(engine, engine.random(2 ** 40 + 11), COUNT)
  const mean = sample.reduce((sum, x) => sum + x, 0) / COUNT
  const variance = sample.reduce((sum, x) => sum + x * x, 0) / COUNT
  expect(Math.abs(mean)).toBeLessThan(SIX)
  expect(Math.abs(variance - 1)).toBeLessThan(SIX * Math.SQRT2)
})
