import { beforeAll, describe, expect, it } from 'vitest'
import {
  balanced,
  type Engine,
  gaussianMatrix,
  InputError,
  linear,
  loadEngine,
  lowRank,
  type Matrix,
  type Parameters,
  rooted,
  spectrum,
  values,
  whitened,
} from '../src/index.ts'
import type { SpecInput } from '../src/registry/spec.ts'
import { makeLoss, makeNetwork, makeWeights, type Start } from './making.ts'

/**
 * Bound for ‖W_n···W_1 − A‖_F and ‖D_j‖_F relative to (1 + ‖A‖)·n: the roundings of a singular value decomposition, of n roots and
 * of n products. Observed are 4e-15.
 */
const ROUNDING = 1e-13

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

const shapes = [
  [3, 4],
  [4, 3],
  [3, 3],
  [1, 5],
  [5, 1],
] as const
const depths = [1, 2, 3, 5]

const cases = shapes.flatMap(([rows, columns]) =>
  depths.flatMap((depth) => {
    const full = Math.min(rows, columns)
    return [full, full - 1]
      .filter((rank) => rank > 0)
      .map((rank) => ({
        name: `${rows}×${columns}, depth ${depth}, rank ${rank}`,
        rows,
        columns,
        depth,
        rank,
      }))
  }),
)

function start(rows: number, columns: number, depth: number, widths?: number | number[]): Start {
  const loss = makeLoss(engine, whitened({ target: gaussianMatrix({ rows, columns }) }))
  const spec = linear({ depth, ...(widths !== undefined && { widths }) })
  return { engine, loss, network: makeNetwork(engine, spec, loss.shape) }
}

function endToEnd({ network, loss }: Start, weights: Parameters): Matrix {
  const W = engine.matrix(...loss.shape)
  network.endToEndInto(W, weights)
  return W
}

/** max_j ‖W_{j+1}ᵀ W_{j+1} − W_j W_jᵀ‖_F. */
function unbalancedness({ layers }: Parameters): number {
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

/** ‖W_n···W_1 − A‖_F for the matrix that the init was given (it draws A from the split "target" of its source). */
function targetResidual(from: Start, weights: Parameters, A: Matrix): number {
  const difference = engine.matrix(...from.loss.shape)
  engine.combineInto(difference, [1, -1], [endToEnd(from, weights), A])
  return engine.norm(difference)
}

describe.each(cases)('a balanced factorisation of a $name target', ({ rows, columns, depth, rank }) => {
  const size = rows * columns
  it('multiplies to the target, and is balanced, with or without room in the hidden layers', () => {
    for (const widths of [undefined, 6]) {
      const from = start(rows, columns, depth, depth === 1 ? undefined : widths)
      const target = { ...lowRank({ rows, columns, rank }), seed: 3 }
      const A = makeLoss(engine, whitened({ target })).truth!
      const weights = makeWeights(from, balanced({ target }))
      const bound = ROUNDING * (1 + Math.sqrt(size)) * depth
      expect(targetResidual(from, weights, A)).toBeLessThan(bound)
      expect(unbalancedness(weights)).toBeLessThan(bound)
    }
  })
  it('has layers with the n-th roots of its singular values, and exact zeros beyond its rank', () => {
    const from = start(rows, columns, depth)
    const target = { ...lowRank({ rows, columns, rank }), seed: 3 }
    const sigma = engine.singularValues(makeLoss(engine, whitened({ target })).truth!)
    for (const layer of makeWeights(from, balanced({ target })).layers)
      engine.singularValues(layer).forEach((value, r) => {
        const expected = r < rank ? engine.pow(sigma[r]!, 1 / depth) : 0
        expect(Math.abs(value - expected)).toBeLessThan(ROUNDING * (1 + sigma[0]!))
      })
  })
})

describe('balanced', () => {
  it('is what a Gaussian init is not', () => {
    const from = start(3, 4, 3)
    expect(unbalancedness(makeWeights(from, rooted({ scale: 1 })))).toBeGreaterThan(0.1)
    expect(unbalancedness(makeWeights(from, balanced({ scale: 1 })))).toBeLessThan(ROUNDING)
  })
  it('starts from the Gaussian product of the same seed by default, at its scale', () => {
    for (const depth of depths) {
      const from = start(3, 4, depth)
      const product = endToEnd(from, makeWeights(from, rooted({ scale: 0.2 }), 9))
      const weights = makeWeights(from, balanced({ scale: 0.2 }), 9)
      expect(targetResidual(from, weights, product)).toBeLessThan(ROUNDING)
    }
  })
  it('draws its factors at random between the ends: another seed, the same target', () => {
    const from = start(3, 3, 3, 5)
    const target = spectrum({ rows: 3, columns: 3, singularValues: [3, 2, 1], seed: 1 })
    const [a, b] = [makeWeights(from, balanced({ target }), 1), makeWeights(from, balanced({ target }), 2)]
    expect([...a.vector.data]).not.toEqual([...b.vector.data])
    expect(targetResidual(from, a, endToEnd(from, b))).toBeLessThan(ROUNDING * 10)
  })
  it('keeps a very small singular value that is not a rounding error', () => {
    const from = start(2, 2, 5)
    const target = spectrum({ rows: 2, columns: 2, singularValues: [1, 1e-10], aligned: true })
    for (const layer of makeWeights(from, balanced({ target })).layers)
      expect(engine.singularValues(layer)[1]!).toBeCloseTo(0.01, 8)
  })
  it('fits through layers as narrow as the rank, and says what is missing in narrower ones', () => {
    const target = lowRank({ rows: 4, columns: 5, rank: 2 })
    const from = start(4, 5, 3, [2, 3])
    expect(unbalancedness(makeWeights(from, balanced({ target })))).toBeLessThan(ROUNDING * 10)
    refuses(
      balanced({ target }),
      start(4, 5, 3, [3, 1]),
      'balanced: the target has rank 2, but hidden layer 2 has width 1; widen it to at least 2, or lower the rank of the target.',
    )
  })
  it('refuses a zero target, except at depth 1 where it is no stationary point', () => {
    const target = values({ rows: 2, columns: 2, data: [0, 0, 0, 0] })
    refuses(balanced({ target }), start(2, 2, 2), 'the target is zero')
    expect([...makeWeights(start(2, 2, 1), balanced({ target })).vector.data]).toEqual([0, 0, 0, 0])
  })
  it('refuses targets of another shape, and a scale beside a target', () => {
    const target = gaussianMatrix({ rows: 2, columns: 3 })
    refuses(balanced({ target }), start(3, 3, 2), 'target is 2×3, but the end-to-end matrix is 3×3')
    refuses(balanced({ target, scale: 1 }), start(2, 3, 2), 'leave scale out')
  })
})

function refuses(spec: SpecInput, from: Start, message: string): void {
  const attempt = () => makeWeights(from, spec)
  expect(attempt).toThrow(InputError)
  expect(attempt).toThrow(message)
}
