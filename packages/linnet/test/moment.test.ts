import { beforeAll, describe, expect, it, vi } from 'vitest'
import { makeObjective, type Objective } from '../src/dynamics/objective.ts'
import { type Engine, gaussianMatrix, loadEngine, type Parameters, whitened } from '../src/index.ts'
import { linearNetwork } from '../src/networks/linear.ts'
import { momentAt } from '../src/simulate/moment.ts'
import { makeLoss, nextPointer, normalWeights } from './making.ts'
import { restingAccounts } from './theory-setting.ts'

let engine: Engine
let objective: Objective
let weights: Parameters
beforeAll(async () => {
  engine = await loadEngine()
  const loss = makeLoss(engine, whitened({ target: gaussianMatrix({ rows: 3, columns: 4 }) }))
  objective = makeObjective(engine, loss, linearNetwork(engine, [4, 5, 3]))
  weights = normalWeights(engine, objective.network, 'moment')
})

const at = (of: Objective = objective) =>
  momentAt(of, { clock: 'time', position: 2, weights, accounts: restingAccounts })

describe('a moment', () => {
  it('is what loss and network say it is', () => {
    engine.scoped(() => {
      const moment = at()
      const W = engine.matrix(3, 4)
      engine.multiplyInto(W, weights.layers[1]!, weights.layers[0]!)
      expect(Array.from(moment.endToEnd.data)).toEqual(Array.from(W.data))
      // ½‖W − A‖²: the gradient in W is W − A, and the loss half its square.
      const square = engine.dot(moment.endToEndGradient, moment.endToEndGradient)
      expect(moment.loss).toBeCloseTo(square / 2, 12)
      const above = engine.matrix(3, 5)
      engine.multiplyInto(above, moment.endToEndGradient, weights.layers[0]!, false, true)
      above.data.forEach((x, i) => {
        expect(moment.gradient.layers[1]!.data[i]).toBeCloseTo(x, 12)
      })
      expect(Array.from(moment.singularValues)).toEqual(Array.from(engine.singularValues(W)))
      moment.svd.values.forEach((value, r) => {
        expect(value).toBeCloseTo(moment.singularValues[r]!, 12)
      })
      expect(Array.from(moment.layerSingularValues(1))).toEqual(
        Array.from(engine.singularValues(weights.layers[0]!)),
      )
      expect(() => moment.layerSingularValues(3)).toThrow(/layers count from 1 to 2/)
    })
  })

  it('computes each thing once, and only when asked', () => {
    engine.scoped(() => {
      const gradientInto = vi.fn(objective.gradientInto)
      const value = vi.fn(objective.value)
      const moment = at({ ...objective, gradientInto, value })
      expect(moment.loss).toBe(moment.loss)
      expect(value).toHaveBeenCalledTimes(1)
      expect(gradientInto).not.toHaveBeenCalled()
      expect(moment.gradient).toBe(moment.gradient)
      expect(gradientInto).toHaveBeenCalledTimes(1)
      expect(moment.svd).toBe(moment.svd)
      expect(moment.endToEnd).toBe(moment.endToEnd)
      expect(moment.layerSingularValues(2)).toBe(moment.layerSingularValues(2))
    })
  })

  it('gives its memory back at the end of the scope', () => {
    const before = nextPointer(engine)
    engine.scoped(() => {
      const moment = at()
      expect(moment.svd.values).toHaveLength(3)
      expect(moment.gradient.layers).toHaveLength(2)
      expect(nextPointer(engine)).toBeGreaterThan(before)
    })
    expect(nextPointer(engine)).toBe(before)
  })
})
