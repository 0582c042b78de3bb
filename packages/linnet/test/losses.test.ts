import { beforeAll, describe, expect, it } from 'vitest'
import { type Engine, type Loss, loadEngine, losses } from '../src/index.ts'
import { lossInstances, shapes } from './loss-instances.ts'
import {
  batchResidual,
  gradientResidual,
  hessian,
  hessianResidual,
  quadraticResidual,
  valueResidual,
} from './loss-residuals.ts'
import { makeLoss, nextPointer, normalMatrix, relativeDistance } from './making.ts'

/** Central differences with step 1e-5: rounding ε/1e-5 = 2e-11 and truncation 1e-10·f‴/6, the latter large for sixth powers. */
const DIFFERENCES = 1e-7
/** A few hundred additions in another order. */
const ROUNDING = 1e-13

/** Every loss of the registry in every shape, each with a point W. */
function cases() {
  return losses.entries.flatMap(({ kind }) =>
    shapes.flatMap((shape) =>
      (lossInstances[kind]?.(shape) ?? []).map((spec, i) => ({
        name: `${kind} ${i} ${shape.join('×')}`,
        spec,
      })),
    ),
  )
}

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

it('every loss of the registry has instances here', () => {
  for (const { kind } of losses.entries) expect(lossInstances[kind]?.([2, 2]).length, kind).toBeGreaterThan(0)
})

describe.each(cases())('$name', ({ spec }) => {
  let loss: Loss
  beforeAll(() => {
    loss = makeLoss(engine, spec)
  })
  const point = () => normalMatrix(engine, loss.shape, 'W')

  it('has the value that gradientInto returns', () => {
    expect(valueResidual(engine, loss, point())).toBeLessThan(ROUNDING)
  })
  it('has the gradient of its value', () => {
    expect(gradientResidual(engine, loss, point())).toBeLessThan(DIFFERENCES)
  })
  it('has the Hessian of its gradient, and a symmetric one', () => {
    expect(hessianResidual(engine, loss, point())).toBeLessThan(DIFFERENCES)
    const H = hessian(engine, loss, point())
    const transposed = engine.matrix(H.rows, H.columns)
    engine.transposeInto(transposed, H)
    expect(relativeDistance(H.data, transposed.data)).toBeLessThan(ROUNDING)
  })
  it('draws batches that average to the whole', () => {
    for (let size = 1; size <= loss.samples; size++)
      if (loss.samples % size === 0) expect(batchResidual(engine, loss, point(), size)).toBeLessThan(ROUNDING)
  })
  it('counts a sample twice that a batch names twice', () => {
    const [once, twice] = [engine.matrix(...loss.shape), engine.matrix(...loss.shape)]
    const value = loss.batchGradientInto(once, point(), Int32Array.of(0))
    expect(loss.batchGradientInto(twice, point(), Int32Array.of(0, 0))).toBeCloseTo(value, 12)
    expect(relativeDistance(once.data, twice.data)).toBeLessThan(ROUNDING)
  })
  it('is its quadratic form, where it has one', () => {
    if (loss.quadratic) expect(quadraticResidual(loss, point())).toBeLessThan(ROUNDING)
  })
  it('keeps no memory from call to call, and writes only what it is asked to', () => {
    const [W, V, out] = [point(), normalMatrix(engine, loss.shape, 'V'), engine.matrix(...loss.shape)]
    const [w, v] = [W.data.slice(), V.data.slice()]
    const before = nextPointer(engine)
    for (let i = 0; i < 10; i++) {
      loss.value(W)
      loss.gradientInto(out, W)
      loss.hessianVectorInto(out, W, V)
      loss.batchGradientInto(out, W, Int32Array.of(0))
    }
    expect(nextPointer(engine)).toBe(before)
    expect(W.data).toEqual(w)
    expect(V.data).toEqual(v)
  })
})

describe('the checks above find', () => {
  const spec = () => lossInstances.squared!([3, 4])[1]!
  const broken = (change: (loss: Loss) => Partial<Loss>): Loss => {
    const loss = makeLoss(engine, spec())
    return { ...loss, ...change(loss) }
  }
  const W = () => normalMatrix(engine, [3, 4], 'W')

  it('a gradient that is off by a millionth', () => {
    const loss = broken((right) => ({
      gradientInto(out, at) {
        const value = right.gradientInto(out, at)
        engine.scaleInto(out, 1 + 1e-5)
        return value * (1 + 1e-12)
      },
    }))
    expect(gradientResidual(engine, loss, W())).toBeGreaterThan(DIFFERENCES)
    expect(hessianResidual(engine, loss, W())).toBeGreaterThan(DIFFERENCES)
    expect(valueResidual(engine, loss, W())).toBeGreaterThan(ROUNDING)
  })
  it('batches that are not scaled', () => {
    const loss = broken((right) => ({
      batchGradientInto(out, at, batch) {
        const value = right.batchGradientInto(out, at, batch)
        engine.scaleInto(out, batch.length / right.samples)
        return value
      },
    }))
    expect(batchResidual(engine, loss, W(), 1)).toBeGreaterThan(0.1)
  })
  it('a quadratic form without its constant', () => {
    const loss = broken(({ quadratic }) => {
      if (quadratic?.kind !== 'dense') throw new Error('a dense form was expected')
      return { quadratic: { ...quadratic, constant: 0 } }
    })
    expect(quadraticResidual(loss, W())).toBeGreaterThan(1e-3)
  })
})
