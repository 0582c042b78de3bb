import { describe, expect, it } from 'vitest'
import * as dop853 from '../src/dynamics/integrators/dop853-tableau.ts'
import * as tsit5 from '../src/dynamics/integrators/tsit5.ts'
import { gamma, orderResidual, rootedTrees } from './rooted-trees.ts'

/** Sums of some dozen products of entries of size up to 100 (the rows of DOP853), each rounded to ε. */
const ROUNDING = 1e-12

describe('rooted trees', () => {
  it('are as many as Cayley counted', () => {
    const count = (n: number) => rootedTrees(8).filter((tree) => tree.vertices === n).length
    expect([1, 2, 3, 4, 5, 6, 7, 8].map(count)).toEqual([1, 1, 2, 4, 9, 20, 48, 115])
  })
  it('of a bush has its vertices for γ, of a chain the factorial', () => {
    const gammas = rootedTrees(4)
      .filter((tree) => tree.vertices === 4)
      .map(gamma)
    expect(gammas.sort((a, b) => a - b)).toEqual([4, 8, 12, 24])
  })
})

describe('tsit5', () => {
  const weights = [...tsit5.stages.at(-1)!, 0]
  const embedded = weights.map((b, i) => b - tsit5.errorWeights[i]!)
  const dense = (x: number) => tsit5.denseWeights.map(([a, b, c, d]) => x * (a + x * (b + x * (c + x * d))))

  it('is of order 5 and not of order 6', () => {
    expect(orderResidual(tsit5.stages, weights, 5)).toBeLessThan(ROUNDING)
    expect(orderResidual(tsit5.stages, weights, 6)).toBeGreaterThan(1e-6)
  })
  it('carries an embedded method of order 4 and not of order 5', () => {
    expect(orderResidual(tsit5.stages, embedded, 4)).toBeLessThan(ROUNDING)
    expect(orderResidual(tsit5.stages, embedded, 5)).toBeGreaterThan(1e-6)
  })
  it('has dense output of order 4 everywhere that ends in the step', () => {
    for (const x of [0, 0.1, 0.37, 0.5, 0.9, 1])
      expect(orderResidual(tsit5.stages, dense(x), 4, x)).toBeLessThan(ROUNDING)
    dense(1).forEach((b, i) => {
      expect(Math.abs(b - weights[i]!)).toBeLessThan(ROUNDING)
    })
  })
  it('with a disturbed coefficient is of order 5 no longer', () => {
    const disturbed = tsit5.stages.map((row) => [...row])
    disturbed[3]![1]! += 1e-9
    expect(orderResidual(disturbed, weights, 5)).toBeGreaterThan(ROUNDING)
  })
})

describe('dop853', () => {
  const { stages, solution, errorFive, errorThree, denseStages } = dop853
  const lower = (error: readonly number[]) => solution.map((b, i) => b - error[i]!)

  it('is of order 8', () => {
    expect(orderResidual(stages, solution, 8)).toBeLessThan(ROUNDING)
  })
  it('carries methods of orders 5 and 3 and no more', () => {
    expect(orderResidual(stages, lower(errorFive), 5)).toBeLessThan(ROUNDING)
    expect(orderResidual(stages, lower(errorFive), 6)).toBeGreaterThan(1e-6)
    expect(orderResidual(stages, lower(errorThree), 3)).toBeLessThan(ROUNDING)
    expect(orderResidual(stages, lower(errorThree), 4)).toBeGreaterThan(1e-6)
  })
  it('has its extra stages at 1/10, 1/5 and 7/9', () => {
    const nodes = denseStages.map((row) => row.reduce((sum, a) => sum + a, 0))
    ;[0.1, 0.2, 7 / 9].forEach((node, i) => {
      expect(Math.abs(nodes[i]! - node)).toBeLessThan(ROUNDING)
    })
  })
  it('with a disturbed coefficient is of order 8 no longer', () => {
    const disturbed = stages.map((row) => [...row])
    disturbed[6]![3]! += 1e-9
    expect(orderResidual(disturbed, solution, 8)).toBeGreaterThan(ROUNDING)
  })
})
