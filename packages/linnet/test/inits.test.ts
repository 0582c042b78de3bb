import { beforeAll, describe, expect, it } from 'vitest'
import {
  type Engine,
  gaussian,
  gaussianMatrix,
  InputError,
  identity,
  inits,
  layerKey,
  linear,
  loadEngine,
  type Matrix,
  matrixFile,
  orthogonal,
  type PlainMatrix,
  rooted,
  values,
  type Parameters as Weights,
  weightsFile,
  whitened,
} from '../src/index.ts'
import type { SpecInput } from '../src/registry/spec.ts'
import { deterministic, initInstances } from './init-instances.ts'
import { makeLoss, makeNetwork, makeWeights, nextPointer, type Start } from './making.ts'

/** A few roundings of numbers of size 1. */
const ROUNDING = 1e-13
/** Standard errors within which a mean of random numbers must lie; seeds are fixed. */
const STANDARD_ERRORS = 5

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

function start(widths: readonly number[]): Start {
  const [rows, columns] = [widths.at(-1)!, widths[0]!]
  const loss = makeLoss(engine, whitened({ target: gaussianMatrix({ rows, columns }) }))
  const network = makeNetwork(
    engine,
    linear({ depth: widths.length - 1, widths: widths.slice(1, -1) }),
    loss.shape,
  )
  return { engine, loss, network }
}

function endToEnd({ network, loss }: Start, weights: Weights): Matrix {
  const W = engine.matrix(...loss.shape)
  network.endToEndInto(W, weights)
  return W
}

/** max_j ‖W_{j+1}ᵀ W_{j+1} − W_j W_jᵀ‖_F. */
function unbalancedness({ layers }: Weights): number {
  return Math.max(
    0,
    ...layers.slice(1).map((after, j) => {
      const before = layers[j]!
      const D = engine.matrix(before.rows, before.rows)
      engine.multiplyInto(D, before, before, false, true)
      engine.multiplyInto(D, after, after, true, false, 1, -1)
      return engine.norm(D)
    }),
  )
}

const widthLists = [
  [1, 1],
  [3, 4],
  [1, 1, 1],
  [3, 4, 5],
  [4, 3, 3, 2],
  [3, 5, 5, 5, 3],
  [2, 4, 3, 3, 4, 2],
]

describe.each(
  inits.entries.flatMap(({ kind }) =>
    widthLists.map((widths) => ({ name: `${kind} ${widths.join('-')}`, kind, widths })),
  ),
)('init $name', ({ kind, widths }) => {
  it('fills all weights with finite numbers, the same for the same seed, and keeps no memory', () => {
    const specs = initInstances[kind]?.(widths) ?? []
    expect(specs.length).toBeGreaterThan(0)
    for (const spec of specs) {
      const from = start(widths)
      const fill = (seed: number) => [...makeWeights(from, spec, seed).vector.data]
      expect(fill(1).every((weight) => Number.isFinite(weight) && weight !== 99)).toBe(true)
      expect(fill(1)).toEqual(fill(1))
      if (deterministic.has(kind)) expect(fill(1)).toEqual(fill(2))
      else expect(fill(1)).not.toEqual(fill(2))
      const weights = from.network.allocate()
      const before = nextPointer(engine)
      makeWeights(from, spec, 1, new Map(), weights)
      expect(nextPointer(engine)).toBe(before)
    }
  })
})

describe('gaussian and rooted', () => {
  it('have the asked standard deviations', () => {
    const { layers } = makeWeights(start([60, 50, 40]), gaussian({ deviation: [0.5, 2] }))
    const deviations = layers.map((layer) => engine.norm(layer) / Math.sqrt(layer.data.length))
    expect(Math.abs(deviations[0]! / 0.5 - 1)).toBeLessThan(STANDARD_ERRORS / Math.sqrt(2 * 3000))
    expect(Math.abs(deviations[1]! / 2 - 1)).toBeLessThan(STANDARD_ERRORS / Math.sqrt(2 * 2000))
  })

  it.each([[[9, 3]], [[9, 4, 3]], [[3, 5, 4, 9]]])(
    'give the product of widths %j the asked size',
    (widths) => {
      const from = start(widths)
      const scale = 0.7
      const draws = 1500
      const squares = Array.from({ length: draws }, (_, seed) =>
        engine.scoped(() => engine.norm(endToEnd(from, makeWeights(from, rooted({ scale }), seed))) ** 2),
      )
      const mean = squares.reduce((a, b) => a + b) / draws
      const deviation = Math.sqrt(squares.reduce((a, b) => a + (b - mean) ** 2, 0) / draws)
      const deviate = (expected: number) => Math.abs(mean - expected) / (deviation / Math.sqrt(draws))
      expect(deviate(scale ** 2 * widths.at(-1)!)).toBeLessThan(STANDARD_ERRORS)
      expect(deviate(scale ** 2 * widths[0]!)).toBeGreaterThan(STANDARD_ERRORS)
    },
  )

  it('reach the published norm, scale·√100 within 20 % for three layers of 100×100', () => {
    const from = start([100, 100, 100, 100])
    const norm = engine.norm(endToEnd(from, makeWeights(from, rooted({ scale: 1e-3 }))))
    expect(norm / (1e-3 * 10)).toBeGreaterThan(0.8)
    expect(norm / (1e-3 * 10)).toBeLessThan(1.2)
  })

  it('want one standard deviation a layer', () => {
    refuses(gaussian({ deviation: [1, 2, 3] }), [3, 4, 5], 'deviation lists 3 layers, but the network has 2')
  })
})

describe('orthogonal and identity', () => {
  it.each(widthLists.map((widths) => ({ widths })))(
    'give the product scale times orthonormal rows or columns: $widths',
    ({ widths }) => {
      const from = start(widths)
      const rank = Math.min(...widths)
      for (const spec of [orthogonal({ scale: 0.3 }), identity({ scale: 0.3 })]) {
        const weights = makeWeights(from, spec)
        const sigma = engine.singularValues(endToEnd(from, weights))
        sigma.forEach((value, r) => {
          expect(Math.abs(value - (r < rank ? 0.3 : 0))).toBeLessThan(ROUNDING)
        })
        const root = engine.pow(0.3, 1 / from.network.depth)
        for (const layer of weights.layers)
          for (const value of engine.singularValues(layer))
            expect(Math.abs(value - root)).toBeLessThan(ROUNDING)
      }
    },
  )
  it('are balanced when neighbouring layers have equal smaller sides, and not otherwise', () => {
    for (const spec of [orthogonal({ scale: 0.5 }), identity({ scale: 0.5 })]) {
      expect(unbalancedness(makeWeights(start([4, 4, 4, 4]), spec))).toBeLessThan(ROUNDING)
      expect(unbalancedness(makeWeights(start([3, 5, 3]), spec))).toBeLessThan(ROUNDING)
      expect(unbalancedness(makeWeights(start([3, 5, 5, 3]), spec))).toBeGreaterThan(0.1)
    }
  })
  it('the identity is scale·I at every depth', () => {
    for (const depth of [1, 2, 3, 5]) {
      const from = start(new Array<number>(depth + 1).fill(3))
      const W = endToEnd(from, makeWeights(from, identity({ scale: 1e-3 })))
      W.data.forEach((entry, e) => {
        expect(Math.abs(entry - (e % 4 === 0 ? 1e-3 : 0))).toBeLessThan(1e-3 * ROUNDING)
      })
    }
  })
  it('orthogonal layers point nowhere on average', () => {
    const from = start([2, 2, 2])
    const draws = 1000
    let sum = 0
    for (let seed = 0; seed < draws; seed++)
      sum += makeWeights(from, orthogonal({ scale: 1 }), seed).layers[1]!.data[0]!
    expect(Math.abs(sum / draws)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(0.5 / draws))
  })
})

it.each([gaussian({ deviation: 1 }), orthogonal({ scale: 1 })])(
  '$kind: another depth keeps the first layers',
  (spec) => {
    const layers = (depth: number) => makeWeights(start(new Array<number>(depth + 1).fill(4)), spec).layers
    expect([...layers(2)[0]!.data]).toEqual([...layers(4)[0]!.data])
    expect([...layers(2)[1]!.data]).toEqual([...layers(4)[1]!.data])
    expect([...layers(2)[0]!.data]).not.toEqual([...layers(2)[1]!.data])
  },
)

describe('given weights', () => {
  const matrix = (rows: number, columns: number, fill: number): PlainMatrix => ({
    rows,
    columns,
    data: new Array<number>(rows * columns).fill(fill),
  })
  const files = new Map([
    [layerKey('w.safetensors', 1), matrix(4, 3, 1)],
    [layerKey('w.safetensors', 2), matrix(2, 4, 2)],
    [layerKey('nan.safetensors', 1), matrix(4, 3, Number.NaN)],
    ['one.csv', matrix(4, 3, 5)],
  ])
  const widths = [3, 4, 2]

  it('come from one file, or layer by layer', () => {
    const whole = makeWeights(start(widths), weightsFile({ path: 'w.safetensors' }), 1, files)
    expect([...whole.vector.data]).toEqual([...new Array(12).fill(1), ...new Array(8).fill(2)])
    const layers = [
      matrixFile({ path: 'one.csv' }),
      values({ rows: 2, columns: 4, data: [1, 2, 3, 4, 5, 6, 7, 8] }),
    ]
    const listed = makeWeights(start(widths), weightsFile({ layers }), 1, files)
    expect([...listed.vector.data]).toEqual([...new Array(12).fill(5), 1, 2, 3, 4, 5, 6, 7, 8])
  })
  it.each<[Parameters<typeof weightsFile>[0], string]>([
    [{}, 'give either the path of a file with the weights, or layers; neither of them given'],
    [{ path: 'a', layers: [values({ data: [[1]] })] }, 'both of them given'],
    [{ layers: [values({ data: [[1]] })] }, 'layers lists 1 matrices, but the network has 2 layers; give 2.'],
    [{ path: 'nan.safetensors' }, 'layer 1 (W_1) holds NaN in row 0'],
    [{ path: 'other' }, 'The file other has not been read'],
    [
      { layers: [matrixFile({ path: 'one.csv' }), matrixFile({ path: 'one.csv' })] },
      "layer 2 (W_2) is 4×3, but the network's is 2×4",
    ],
  ])('refuse %o', (options, message) => refuses(weightsFile(options), widths, message, files))
})

function refuses(
  spec: SpecInput,
  widths: readonly number[],
  message: string,
  files: ReadonlyMap<string, PlainMatrix> = new Map(),
): void {
  const attempt = () => makeWeights(start(widths), spec, 1, files)
  expect(attempt).toThrow(InputError)
  expect(attempt).toThrow(message)
}
