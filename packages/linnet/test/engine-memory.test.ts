import { expect, test } from 'vitest'
import { loadEngine } from '../src/engine/load.ts'
import { eachEngine } from './engines-under-test.ts'

const MEGABYTE = 2 ** 20

eachEngine('engine memory', (load) => {
  test('a matrix holds its values through growth of the memory', async () => {
    const engine = await load()
    const small = engine.matrix(2, 3, [1, 2, 3, 4, 5, 6])
    const whole = engine.indices([7, 8, 9])
    const before = small.data
    const bytes = engine.bytes
    const large = engine.matrix(MEGABYTE, 1)
    expect(engine.bytes).toBeGreaterThan(bytes)
    expect(before.length).toBe(0) // the old window is detached: growth really happened
    expect(Array.from(small.data)).toEqual([1, 2, 3, 4, 5, 6])
    expect(Array.from(whole.data)).toEqual([7, 8, 9])
    expect(small.data).toBe(small.data) // the same window until the next growth
    expect(large.data.every((x) => x === 0)).toBe(true)
  })

  test('scoped frees what its body allocated, also when it throws', async () => {
    const engine = await load()
    engine.scoped(() => engine.matrix(MEGABYTE, 1))
    const bytes = engine.bytes
    const pointer = engine.scoped(() => engine.matrix(1, 1)).pointer
    for (let i = 0; i < 10; i++) {
      engine.scoped(() => engine.scoped(() => engine.matrix(MEGABYTE, 1)))
      expect(() =>
        engine.scoped(() => {
          engine.matrix(MEGABYTE, 1)
          throw new Error('inside')
        }),
      ).toThrow('inside')
    }
    expect(engine.bytes).toBe(bytes)
    expect(engine.matrix(1, 1).pointer).toBe(pointer)
    // negative control: without a scope the memory does grow
    engine.matrix(MEGABYTE, 1)
    engine.matrix(MEGABYTE, 1)
    expect(engine.bytes).toBeGreaterThan(bytes)
  })

  test('memory freed by scoped is zero when it is given out again', async () => {
    const engine = await load()
    engine.scoped(() => engine.matrix(10, 10).data.fill(7))
    expect(engine.matrix(10, 10).data.every((x) => x === 0)).toBe(true)
  })

  test('a view shares the entries of its matrix', async () => {
    const engine = await load()
    const matrix = engine.matrix(
      3,
      4,
      Array.from({ length: 12 }, (_, i) => i),
    )
    const view = engine.view(matrix, 4, 2, 3)
    expect(Array.from(view.data)).toEqual([4, 5, 6, 7, 8, 9])
    view.data[0] = -1
    expect(matrix.data[4]).toBe(-1)
    expect(() => engine.view(matrix, 4, 3, 3)).toThrow(
      'A 3×3 view from entry 4 on does not fit in a 3×4 matrix of 12 entries.',
    )
  })

  test('a matrix of another engine is refused, a copy of it is taken', async () => {
    const [engine, other] = [await load(), await loadEngine('strict')]
    const foreign = other.matrix(1, 2, [3, 4])
    expect(() => engine.transposeInto(engine.matrix(2, 1), foreign)).toThrow('was not made by this engine')
    const copy = engine.copyIn(foreign)
    copy.data[0] = 5
    expect(Array.from(foreign.data)).toEqual([3, 4])
  })

  test('an engine can copy one of its own matrices although that makes it grow', async () => {
    const engine = await load()
    const matrix = engine.matrix(MEGABYTE, 1)
    matrix.data.fill(3)
    expect(engine.copyIn(matrix).data.every((x) => x === 3)).toBe(true)
  })

  test('impossible sizes and wrong counts are refused', async () => {
    const engine = await load()
    expect(() => engine.matrix(2.5, 1)).toThrow('A matrix cannot be 2.5×1')
    expect(() => engine.matrix(2, 2, [1, 2, 3])).toThrow('3 values do not fill a 2×2 matrix')
    expect(() => engine.matrix(2 ** 20, 2 ** 20)).toThrow('do not fit')
    expect(() => engine.matrix(2 ** 15, 2 ** 14)).toThrow('do not fit')
    expect(() => engine.indices([0.5])).toThrow('Index 0 is 0.5')
    expect(engine.matrix(0, 3).data.length).toBe(0)
  })
})

test('an unknown engine is refused by name', async () => {
  await expect(loadEngine('gpu' as 'strict')).rejects.toThrow(
    "There is no engine 'gpu': use strict, fma, blas.",
  )
})
