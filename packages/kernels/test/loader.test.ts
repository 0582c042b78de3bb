import { describe, expect, test } from 'vitest'
import { instantiate, supports } from '../src/index.ts'

describe('instantiate', () => {
  test('this host runs both binaries', () => {
    expect(supports('strict')).toBe(true)
    expect(supports('fma')).toBe(true)
  })

  test.each(['strict', 'fma'] as const)('%s: two instances never share memory', async (binary) => {
    const first = await instantiate(binary)
    const second = await instantiate(binary)
    expect(first.binary).toBe(binary)
    const pointer = first.exports.allocate(8)
    expect(second.exports.allocate(8)).toBe(pointer)
    new Float64Array(first.memory.buffer, pointer, 1)[0] = 7
    expect(new Float64Array(second.memory.buffer, pointer, 1)[0]).toBe(0)
  })

  test('fma rounds a·b + c once where strict rounds it twice', async () => {
    // (1+ε)(1−ε) − 1 is exactly −ε², which two roundings turn into 0.
    const epsilon = 2 ** -30
    const results = new Map<string, number>()
    for (const binary of ['strict', 'fma'] as const) {
      const { exports, memory } = await instantiate(binary)
      const p = exports.allocate(8 * 16)
      const numbers = new Float64Array(memory.buffer, p, 16)
      // a 2×4 by 4×2 product, wide enough to go through the SIMD tile in either binary
      numbers.set([1, 1 + epsilon, 0, 0, 1, 1 + epsilon, 0, 0, -1, -1, 1 - epsilon, 1 - epsilon])
      const c = exports.allocate(8 * 4)
      exports.multiply(0, 0, 2, 2, 4, 1, p, p + 64, 0, c)
      results.set(binary, new Float64Array(memory.buffer, c, 4)[0]!)
    }
    expect(results.get('strict')).toBe(0)
    expect(results.get('fma')).toBe(-(epsilon * epsilon))
  })
})
