import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeTrajectory, trajectoryHash } from '../src/index.ts'

const columns = ['loss', 'sharpness'].map((name) => ({ name, symbol: name, help: name }))

function trajectoryOf(loss: readonly number[], clock: 'time' | 'steps' = 'time') {
  const values = [Float64Array.from(loss), Float64Array.of(1, Number.NaN)]
  return makeTrajectory(clock, Float64Array.of(0, 0.5), columns, values)
}

test('is SHA-256 of names and bits, as another implementation computes it', () => {
  const bytes = Buffer.concat([
    Buffer.from('["time","loss","sharpness"]'),
    Buffer.from(Float64Array.of(0, 0.5, 0.1, -0, 1, Number.NaN).buffer),
  ])
  expect(trajectoryHash(trajectoryOf([0.1, -0]))).toBe(createHash('sha256').update(bytes).digest('hex'))
})

test('one bit, the sign of a zero, and the clock make another hash', () => {
  const hashes = [
    trajectoryOf([0.1, -0]),
    trajectoryOf([0.1 + 2 ** -56, -0]),
    trajectoryOf([0.1, 0]),
    trajectoryOf([0.1, -0], 'steps'),
  ].map(trajectoryHash)
  expect(new Set(hashes).size).toBe(4)
})

test('not-a-numbers of any bits are alike', () => {
  const other = new Float64Array(new BigUint64Array([0xfff8_0000_0000_0001n, 0n]).buffer)[0]!
  expect(trajectoryHash(trajectoryOf([other, 1]))).toBe(trajectoryHash(trajectoryOf([Number.NaN, 1])))
})
