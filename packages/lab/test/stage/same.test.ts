import { expect, it } from 'vitest'
import { same } from '../../src/stage/same.ts'

const curve = (y: ArrayLike<number>) => ({ name: 'σ₁', x: [0, 1, 2], y })

it('holds curves alike by their numbers, gaps among them', () => {
  const memory = Float64Array.of(1, Number.NaN, 3, 4)
  const [view, again] = [memory.subarray(0, 3), memory.subarray(0, 3)]
  expect(same(curve(view), curve(again))).toBe(true)
  expect(same(curve(view), curve(view.slice()))).toBe(true)
  expect(same(curve(view), curve([1, Number.NaN, 3]))).toBe(true)
})

it('sees another number, another length, another place', () => {
  const memory = Float64Array.of(1, 2, 3, 1, 2, 4)
  const view = memory.subarray(0, 3)
  expect(same(curve(view), curve(memory.subarray(3)))).toBe(false)
  expect(same(curve(view), curve(memory.subarray(0, 4)))).toBe(false)
  expect(same(curve(Float64Array.of(0)), curve(Float64Array.of(-0)))).toBe(false)
  expect(same(curve(view), { ...curve(view), mark: 'dashes' })).toBe(false)
  expect(same(curve(view), curve([1, 2]))).toBe(false)
})
