import { expect, test } from 'vitest'
import { makePattern } from '../src/engine/pattern.ts'
import { eachEngine } from './engines-under-test.ts'

const CALLS = 50_000
/** An object takes at least twice as much; what other parts of the process allocate meanwhile is a fraction of it. */
const BYTES_A_CALL = 8

/** Bytes of the JavaScript heap that a call of `body` takes, the least of several rounds (a round may meet the collector). */
function bytesPerCall(body: () => unknown): number {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 6; round++) {
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < CALLS; i++) body()
    const taken = (process.memoryUsage().heapUsed - before) / CALLS
    if (taken >= 0) least = Math.min(least, taken)
  }
  return least
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
    expect(bytesPerCall(() => a.data.subarray(1))).toBeGreaterThan(BYTES_A_CALL)
  })
})
