import { beforeAll, describe, expect, it } from 'vitest'
import { type Engine, loadEngine, losses, type Spec } from '../src/index.ts'
import { fixture, makeLoss, relativeDistance } from './making.ts'

/** fixtures/losses.json, see losses.py. */
interface LossCase {
  readonly name: string
  readonly loss: Spec
  readonly W: readonly number[]
  readonly V: readonly number[]
  readonly value: number
  readonly gradient: readonly number[]
  readonly hessianVector: readonly number[]
}

const { cases } = fixture<{ cases: readonly LossCase[] }>('losses')

/**
 * Both sides make up to a few hundred roundings of numbers a little larger than the result: observed are 1e-15. Regression is
 * computed on compressed data here and on the samples there.
 */
const TOLERANCE = 1e-13

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

it('PyTorch has been asked about every loss', () => {
  const asked = new Set(cases.map((one) => one.loss.kind))
  expect([...asked].sort()).toEqual(losses.entries.map((one) => one.kind).sort())
})

describe('value, gradient and Hessian-vector product are those of PyTorch autograd', () => {
  it.each(cases)('$name', (one) => {
    const loss = makeLoss(engine, one.loss)
    const [W, V] = [engine.matrix(...loss.shape, one.W), engine.matrix(...loss.shape, one.V)]
    const out = engine.matrix(...loss.shape)
    const every = Int32Array.from({ length: loss.samples }, (_, i) => i)

    expect(relativeDistance([loss.value(W)], [one.value])).toBeLessThan(TOLERANCE)
    expect(relativeDistance([loss.gradientInto(out, W)], [one.value])).toBeLessThan(TOLERANCE)
    expect(relativeDistance(out.data, one.gradient)).toBeLessThan(TOLERANCE)
    expect(relativeDistance([loss.batchGradientInto(out, W, every)], [one.value])).toBeLessThan(TOLERANCE)
    expect(relativeDistance(out.data, one.gradient)).toBeLessThan(TOLERANCE)
    loss.hessianVectorInto(out, W, V)
    expect(relativeDistance(out.data, one.hessianVector)).toBeLessThan(TOLERANCE)
  })

  it('and not those of another normalisation', () => {
    const one = cases.find(({ name }) => name.startsWith('completion 3x4'))!
    const loss = makeLoss(engine, { ...one.loss, normalisation: 'halfMean' } as Spec)
    const value = loss.value(engine.matrix(...loss.shape, one.W))
    expect(relativeDistance([value], [one.value])).toBeGreaterThan(0.1)
  })
})
