import { describe, expect, it } from 'vitest'
import { loadEngine } from '../src/engine/load.ts'
import { losses } from '../src/losses/index.ts'
import { certify } from '../src/theory/index.ts'
import { lossInstances } from './loss-instances.ts'
import { makeLoss } from './making.ts'
import { descendingRun, gaussianLayers } from './theory-instances.ts'
import { balancedLayers, objectiveOf, runThrough } from './theory-setting.ts'

const engine = await loadEngine()

/** With a bottleneck of two. */
const widths = [3, 4, 2, 5, 3]

/** Relative residuals of products of these sizes. */
const ROUND_OFF = 1e-13

describe.each(losses.entries.map(({ kind }) => kind))('the loss %s', (kind) => {
  const objectives = lossInstances[kind]!([3, 3]).map((spec) =>
    objectiveOf(engine, widths, makeLoss(engine, spec)),
  )

  it('has gradients of adjacent layers that agree, at weights that are not balanced', () => {
    for (const objective of objectives) {
      const run = runThrough(objective, [gaussianLayers(engine, widths)])
      const [certificate] = certify(run, { statements: ['conservation'] })
      expect(certificate!.verdict).toBe('holds')
      expect(certificate!.numbers.largestPointwiseResidual).toBeLessThan(ROUND_OFF)
    }
  })

  it('changes the imbalance by the square of a step, of all samples and of one', () => {
    for (const objective of objectives)
      for (const batchSize of [undefined, 1]) {
        const dynamics = batchSize === undefined ? { kind: 'gradientDescent' } : { kind: 'sgd', batchSize }
        const run = runThrough(objective, [gaussianLayers(engine, widths)], {
          clock: 'steps',
          dynamics: { ...dynamics, stepSize: 0.01 },
        })
        const [certificate] = certify(run, { statements: ['discreteConservation'] })
        expect(certificate!.verdict, certificate!.summary).toBe('holds')
      }
  })

  it('bounds the drift of the imbalance by the squares of all steps', () => {
    for (const objective of objectives) {
      const start = gaussianLayers(engine, widths).map((layer) => ({
        ...layer,
        data: Array.from(layer.data, (x) => x / 4),
      }))
      const run = descendingRun(objective, start, { stepSize: 1e-3, steps: 50, every: 10 })
      const [certificate] = certify(run, { statements: ['discreteConservation'] })
      expect(certificate!.verdict, certificate!.summary).toBe('holds')
    }
  })

  it('moves balanced layers as the theorems say', () => {
    for (const objective of objectives) {
      const run = runThrough(objective, [balancedLayers(engine, widths, [2, 0.5])])
      for (const certificate of certify(run, { statements: ['theorem1', 'corollary1', 'theorem3'] }))
        expect(certificate.verdict, certificate.summary).toBe('holds')
    }
  })
})
