import { expect, test } from 'vitest'
import { makePattern } from '../src/engine/pattern.ts'
import { eachEngine } from './engines-under-test.ts'

const CALLS = 20_000
const ROUNDS = 9
/** An object takes at least twice as much; what other parts of the process allocate meanwhile is a fraction of it. */
const BYTES_A_CALL = 8

/** Bytes of the JavaScript heap that a call of `body` takes: the median round, for the collector runs in few of them. */
function bytesPerCall(body: () => unknown): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < CALLS; i++) body()
    return (process.memoryUsage().heapUsed - before) / CALLS
  })
  return rounds.sort((x, y) => x - y)[(ROUNDS - 1) / 2]!
}

eachEngine('engine allocation', (load) => {
  test('in-place operations allocate nothing', async () => {
    const engine = await load()
    const [a, b, out] = [engine.matrix(12, 12), engine.matrix(12, 12), engine.matrix(12, 12)]
    const pattern = makePattern(engine, 12, 12, engine.random(1).sample(50, 144).data)
    const values = engine.matrix(50, 1)
    const [factors, terms] = [
      [0.5, 0.25],
      [a, b],
    ] as const
    const operations: Record<string, () => unknown> = {
      multiplyInto: () => engine.multiplyInto(out, a, b, true, false, 1, 0.5),
      transposeInto: () => engine.transposeInto(out, a),
      combineInto: () => engine.combineInto(out, factors, terms),
      copyInto: () => engine.copyInto(out, a),
      scaleInto: () => engine.scaleInto(out, 0.5),
      sampledProductInto: () => engine.sampledProductInto(values, pattern, a, b),
      sparseMultiplyInto: () => engine.sparseMultiplyInto(out, pattern, values, b, true),
      data: () => a.data.fill(1, 0, 1),
    }
    for (const [name, operation] of Object.entries(operations))
      expect(bytesPerCall(operation), name).toBeLessThan(BYTES_A_CALL)
    // negative control: one window on the memory a call is seen
    const windows = [a.data]
    const makeWindow = () => {
      windows[0] = a.data.subarray(1)
    }
    expect(bytesPerCall(makeWindow)).toBeGreaterThan(BYTES_A_CALL)
    expect(windows[0]!.length).toBe(143)
  })
})
