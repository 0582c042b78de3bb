import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { composedObjective, makeObjective } from '../src/dynamics/objective.ts'
import { type Engine, loadEngine, values, whitened } from '../src/index.ts'
import { linearNetwork } from '../src/networks/linear.ts'
import type { Parameters } from '../src/networks/network.ts'
import { lossInstances } from './loss-instances.ts'
import { makeLoss, nextPointer, normalWeights, relativeDistance } from './making.ts'

/** Products of up to five layers with entries of size about one, and their sums: some hundred ε. */
const ROUNDING = 1e-12

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

const kinds = Object.keys(lossInstances)
const architecture = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 5 })
  .map((widths) => [...widths.slice(0, -1), Math.max(2, widths.at(-1)!)])
const runs = { numRuns: 12, seed: 20261121 }

/** One of the instances of a loss under a network of these widths, composed and as it comes. */
function both(kind: string, widths: readonly number[], index: number) {
  const instances = lossInstances[kind]!([widths.at(-1)!, widths[0]!])
  const loss = makeLoss(engine, instances[index % instances.length]!)
  const network = linearNetwork(engine, widths)
  return [composedObjective(engine, loss, network), makeObjective(engine, loss, network)] as const
}

function moved(start: Parameters, direction: Parameters, by: number, out: Parameters): Parameters {
  engine.combineInto(out.vector, [1, by], [start.vector, direction.vector])
  return out
}

describe.each(kinds)('%s', (kind) => {
  it('fused and composed agree in value and gradient', () => {
    fc.assert(
      fc.property(architecture, fc.nat(3), (widths, index) =>
        engine.scoped(() => {
          const [composed, made] = both(kind, widths, index)
          expect(made.chain === undefined).toBe(made.loss.quadratic === undefined)
          const theta = normalWeights(engine, made.network, index)
          const [one, other] = [made.network.allocate(), made.network.allocate()]
          const scale = Math.max(1, Math.abs(composed.value(theta)))
          expect(Math.abs(made.value(theta) - composed.value(theta))).toBeLessThan(ROUNDING * scale)
          expect(Math.abs(made.gradientInto(one, theta) - composed.gradientInto(other, theta))).toBeLessThan(
            ROUNDING * scale,
          )
          expect(relativeDistance(one.vector.data, other.vector.data)).toBeLessThan(ROUNDING)
        }),
      ),
      runs,
    )
  })

  it('the Hessian is symmetric and the derivative of the gradient', () => {
    fc.assert(
      fc.property(architecture, fc.nat(3), (widths, index) =>
        engine.scoped(() => {
          const [, objective] = both(kind, widths, index)
          const { network } = objective
          const [theta, a, b] = ['theta', 'a', 'b'].map((label) => normalWeights(engine, network, label))
          const [Ha, Hb, plus, minus, place] = Array.from({ length: 5 }, () => network.allocate())
          objective.hessianVectorInto(Ha!, theta!, a!)
          objective.hessianVectorInto(Hb!, theta!, b!)
          const size = engine.norm(Ha!.vector) * engine.norm(b!.vector)
          const asymmetry = engine.dot(b!.vector, Ha!.vector) - engine.dot(a!.vector, Hb!.vector)
          expect(Math.abs(asymmetry)).toBeLessThanOrEqual(ROUNDING * size)
          // Central differences: truncation of order step², rounding of order ε/step.
          const step = 1e-5
          objective.gradientInto(plus!, moved(theta!, a!, step, place!))
          objective.gradientInto(minus!, moved(theta!, a!, -step, place!))
          engine.combineInto(plus!.vector, [0.5 / step, -0.5 / step], [plus!.vector, minus!.vector])
          engine.combineInto(plus!.vector, [1, -1], [plus!.vector, Ha!.vector])
          const gradientScale = engine.norm(Ha!.vector) + engine.norm(minus!.vector)
          expect(engine.norm(plus!.vector)).toBeLessThan(1e-6 * gradientScale)
        }),
      ),
      runs,
    )
  })

  it('batches of all samples in pieces average to the gradient', () => {
    engine.scoped(() => {
      const [composed] = both(kind, [3, 4, 3], 0)
      const { network, loss } = composed
      const theta = normalWeights(engine, network, 'batches')
      const [full, piece, sum] = Array.from({ length: 3 }, () => network.allocate())
      composed.gradientInto(full!, theta)
      for (let i = 0; i < loss.samples; i++) {
        composed.batchGradientInto(piece!, theta, Int32Array.of(i))
        engine.combineInto(sum!.vector, [1, 1 / loss.samples], [sum!.vector, piece!.vector])
      }
      expect(relativeDistance(sum!.vector.data, full!.vector.data)).toBeLessThan(ROUNDING)
    })
  })

  it('keeps no memory after creation', () => {
    engine.scoped(() => {
      for (const objective of both(kind, [3, 4, 3], 0)) {
        const theta = normalWeights(engine, objective.network, 'memory')
        const [out, direction] = [objective.network.allocate(), normalWeights(engine, objective.network, 1)]
        const before = nextPointer(engine)
        objective.value(theta)
        objective.gradientInto(out, theta)
        objective.batchGradientInto(out, theta, Int32Array.of(0))
        objective.hessianVectorInto(out, theta, direction)
        expect(nextPointer(engine)).toBe(before)
      }
    })
  })
})

it('shapes that do not fit are refused in words', () => {
  const loss = makeLoss(engine, whitened({ target: values({ data: [[1, 2]] }) }))
  expect(() => makeObjective(engine, loss, linearNetwork(engine, [3, 1]))).toThrow(
    /the network maps R\^3 to R\^1, but the loss wants a 1×2 matrix/,
  )
})
