import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Engine, type Loss, loadEngine, losses } from '../src/index.ts'
import { lossInstances } from './loss-instances.ts'
import { makeLoss, normalMatrix } from './making.ts'

const CALLS = 5_000
/** Less than 8 bytes a call: the smallest object that a call could leave behind takes 16. */
const ALLOWED = 8 * CALLS

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

/**
 * By how many bytes the heap has grown after `CALLS` calls, garbage not counted: the smallest of several windows, for what a call
 * leaves behind shows in each, and what the compiler does now and then only in some.
 */
function growth(call: () => void): number {
  const windows = [0, 1, 2].map(() => {
    collectGarbage()
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < CALLS; i++) call()
    collectGarbage()
    return process.memoryUsage().heapUsed - before
  })
  return Math.min(...windows)
}

function evaluateAll(loss: Loss): () => void {
  const [W, V] = [normalMatrix(engine, loss.shape, 'W'), normalMatrix(engine, loss.shape, 'V')]
  const out = engine.matrix(...loss.shape)
  const batch = Int32Array.of(0)
  return () => {
    loss.value(W)
    loss.gradientInto(out, W)
    loss.hessianVectorInto(out, W, V)
    loss.batchGradientInto(out, W, batch)
  }
}

describe('evaluating a loss again and again leaves nothing behind', () => {
  it.each(losses.entries.map(({ kind }) => kind))('%s', (kind) => {
    const evaluate = evaluateAll(makeLoss(engine, lossInstances[kind]!([2, 2])[0]!))
    const bytes = engine.bytes
    expect(growth(evaluate)).toBeLessThan(ALLOWED)
    expect(engine.bytes).toBe(bytes)
  })
  it('unless something is kept', () => {
    const kept: object[] = []
    expect(growth(() => kept.push({ kept }))).toBeGreaterThan(ALLOWED)
  })
})
