import { beforeAll, describe, expect, it } from 'vitest'
import { type Engine, linear, loadEngine, type Matrix, type Network, type Parameters } from '../src/index.ts'
import { makeNetwork, nextPointer, normalMatrix, normalWeights, relativeDistance } from './making.ts'

/** A few dozen products in another order. */
const ROUNDING = 1e-13
/** Central differences of polynomials of degree up to 5 with step 1e-5: truncation about 1e-10 times third derivatives. */
const DIFFERENCES = 1e-7
const STEP = 1e-5

/** d_0, …, d_n: depth 1 to 5, one by one, row and column ends, bottlenecks, both sides narrower. */
const widthLists = [
  [1, 1],
  [3, 4],
  [4, 3],
  [1, 1, 1, 1],
  [3, 5, 4],
  [4, 5, 3],
  [5, 2, 2, 1],
  [1, 4, 4, 5],
  [3, 4, 2, 5, 3],
  [5, 4, 3, 4, 2, 4],
  [2, 1, 3, 1, 3, 3],
]

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

function network(widths: readonly number[]): Network {
  const spec = linear({ depth: widths.length - 1, widths: widths.slice(1, -1) })
  return makeNetwork(engine, spec, [widths.at(-1)!, widths[0]!])
}

/** W_n···W_1 by the definition. */
function product({ layers }: Parameters): Matrix {
  return layers.slice(1).reduce((before, layer) => {
    const after = engine.matrix(layer.rows, before.columns)
    for (let i = 0; i < after.rows; i++)
      for (let j = 0; j < after.columns; j++)
        for (let k = 0; k < layer.columns; k++)
          after.data[i * after.columns + j]! +=
            layer.data[i * layer.columns + k]! * before.data[k * before.columns + j]!
    return after
  }, layers[0]!)
}

function endToEnd(net: Network): Matrix {
  return engine.matrix(net.widths.at(-1)!, net.widths[0]!)
}

function moved(net: Network, from: Parameters, step: number, direction: Parameters): Parameters {
  const weights = net.allocate()
  engine.combineInto(weights.vector, [1, step], [from.vector, direction.vector])
  return weights
}

/** ⟨G, J·Δ⟩ − ⟨Jᵀ·G, Δ⟩ relative to ‖G‖‖J·Δ‖. */
function adjointResidual(net: Network): number {
  const [weights, direction] = [normalWeights(engine, net, 'weights'), normalWeights(engine, net, 'Δ')]
  const [image, gradient] = [endToEnd(net), net.allocate()]
  const G = normalMatrix(engine, [image.rows, image.columns], 'G')
  net.pushforwardInto(image, weights, direction)
  net.pullbackInto(gradient, weights, G)
  const difference = engine.dot(G, image) - engine.dot(gradient.vector, direction.vector)
  return Math.abs(difference) / (engine.norm(G) * engine.norm(image))
}

/** Differences of the end-to-end matrix against the pushforward. */
function pushforwardResidual(net: Network): number {
  const [weights, direction] = [normalWeights(engine, net, 'weights'), normalWeights(engine, net, 'Δ')]
  const [image, plus, minus] = [endToEnd(net), endToEnd(net), endToEnd(net)]
  net.pushforwardInto(image, weights, direction)
  net.endToEndInto(plus, moved(net, weights, STEP, direction))
  net.endToEndInto(minus, moved(net, weights, -STEP, direction))
  engine.combineInto(plus, [0.5 / STEP, -0.5 / STEP], [plus, minus])
  return relativeDistance(plus.data, image.data)
}

/** Differences of the pullback of a fixed G against its derivative, relative to it or to the pullback itself (at depth 1). */
function derivativeResidual(net: Network): number {
  const [weights, direction] = [normalWeights(engine, net, 'weights'), normalWeights(engine, net, 'Δ')]
  const [exact, plus, minus] = [net.allocate(), net.allocate(), net.allocate()]
  const G = normalMatrix(engine, [net.widths.at(-1)!, net.widths[0]!], 'G')
  exact.vector.data.fill(Number.NaN)
  net.pullbackDerivativeInto(exact, weights, direction, G)
  net.pullbackInto(plus, moved(net, weights, STEP, direction), G)
  net.pullbackInto(minus, moved(net, weights, -STEP, direction), G)
  const size = engine.norm(plus.vector) + engine.norm(exact.vector)
  engine.combineInto(plus.vector, [0.5 / STEP, -0.5 / STEP, -1], [plus.vector, minus.vector, exact.vector])
  return engine.norm(plus.vector) / size
}

describe.each(widthLists.map((widths) => ({ name: widths.join('-'), widths })))(
  'widths $name',
  ({ widths }) => {
    it('has the layers it says, as windows on one vector', () => {
      const net = network(widths)
      const weights = normalWeights(engine, net, 'weights')
      expect(net.widths).toEqual(widths)
      expect(weights.layers.map((layer) => [layer.rows, layer.columns])).toEqual(net.shapes)
      expect(net.shapes.map(([rows]) => rows)).toEqual(widths.slice(1))
      expect(net.shapes.map(([, columns]) => columns)).toEqual(widths.slice(0, -1))
      expect(weights.vector.rows).toBe(net.size)
      expect(weights.layers.flatMap((layer) => [...layer.data])).toEqual([...weights.vector.data])
    })
    it('multiplies its layers', () => {
      const net = network(widths)
      const weights = normalWeights(engine, net, 'weights')
      const W = endToEnd(net)
      net.endToEndInto(W, weights)
      expect(relativeDistance(W.data, product(weights).data)).toBeLessThan(ROUNDING)
    })
    it('pulls back by the adjoint of its derivative', () => {
      expect(adjointResidual(network(widths))).toBeLessThan(ROUNDING)
      expect(pushforwardResidual(network(widths))).toBeLessThan(DIFFERENCES)
    })
    it('has the derivative of its pullback', () => {
      expect(derivativeResidual(network(widths))).toBeLessThan(DIFFERENCES)
    })
    it('keeps no memory from call to call', () => {
      const net = network(widths)
      const [weights, direction, out] = [
        normalWeights(engine, net, 1),
        normalWeights(engine, net, 2),
        net.allocate(),
      ]
      const W = endToEnd(net)
      const given = weights.vector.data.slice()
      const before = nextPointer(engine)
      for (let i = 0; i < 5; i++) {
        net.endToEndInto(W, weights)
        net.pushforwardInto(W, weights, direction)
        net.pullbackInto(out, weights, W)
        net.pullbackDerivativeInto(out, weights, direction, W)
      }
      expect(nextPointer(engine)).toBe(before)
      expect(weights.vector.data).toEqual(given)
    })
  },
)

describe('the checks above find', () => {
  it('layers that are pulled back without one of their factors', () => {
    const net = network([3, 4, 2, 5, 3])
    const broken: Network = {
      ...net,
      pullbackInto(gradient, weights, G) {
        net.pullbackInto(gradient, weights, G)
        engine.scaleInto(gradient.layers[1]!, 1.001)
      },
    }
    expect(adjointResidual(broken)).toBeGreaterThan(ROUNDING)
    expect(pushforwardResidual({ ...net, pushforwardInto: net.endToEndInto })).toBeGreaterThan(1e-3)
    const undifferentiated: Network = {
      ...net,
      pullbackDerivativeInto: (out, weights, _, G) => net.pullbackInto(out, weights, G),
    }
    expect(derivativeResidual(undifferentiated)).toBeGreaterThan(1e-3)
  })
})

describe('hidden widths', () => {
  it('are the smaller of the two ends by default', () => {
    expect(makeNetwork(engine, linear({ depth: 4 }), [3, 5]).widths).toEqual([5, 3, 3, 3, 3])
    expect(makeNetwork(engine, linear, [3, 5]).widths).toEqual([5, 3, 3])
    expect(makeNetwork(engine, linear({ depth: 1 }), [3, 5]).widths).toEqual([5, 3])
  })
  it('are one number for all, or a list', () => {
    expect(makeNetwork(engine, linear({ depth: 3, widths: 7 }), [3, 5]).widths).toEqual([5, 7, 7, 3])
    expect(makeNetwork(engine, linear({ depth: 3, widths: [2, 9] }), [3, 5]).widths).toEqual([5, 2, 9, 3])
  })
  it('are as many as there are hidden layers', () => {
    expect(() => makeNetwork(engine, linear({ depth: 3, widths: [2] }), [3, 5])).toThrow(
      'linear: a network of depth 3 has 2 hidden layers, but widths lists 1; make them agree.',
    )
  })
  it.each([{ depth: 0 }, { depth: 1.5 }, { widths: 0 }, { widths: [1, -1] }, { width: 3 }])(
    'refuse %o',
    (options) => {
      expect(() => makeNetwork(engine, linear(options as never), [3, 5])).toThrow()
    },
  )
})
