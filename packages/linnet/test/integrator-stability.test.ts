import { beforeAll, describe, expect, it } from 'vitest'
import { chebyshevStep, longestFor, stagesFor } from '../src/dynamics/integrators/chebyshev.ts'
import { GradientField } from '../src/dynamics/integrators/integrator.ts'
import { type Engine, integrators, loadEngine } from '../src/index.ts'
import { balancedScalars, fixedSteps, scalarChain } from './flow-setting.ts'

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

/** |w − 1| after `steps` steps of length h of ẇ = 1 − w from w = 2, over |w − 1| = 1 before: the curvature is 1. */
function amplified(kind: string, h: number, steps: number): number {
  const objective = scalarChain(engine, 1, 1)
  const { end } = fixedSteps(
    objective,
    integrators.get(kind),
    balancedScalars(objective, 2),
    h * steps,
    steps,
  )
  return Math.abs(end.theta.vector.data[0]! - 1)
}

describe.each(integrators.entries.filter(({ stability }) => stability !== undefined))(
  '$kind',
  ({ kind, stability }) => {
    it('is stable up to the length it gives and not beyond', () => {
      expect(amplified(kind, 0.998 * stability!, 200)).toBeLessThan(1)
      expect(amplified(kind, 1.002 * stability!, 200)).toBeGreaterThan(1)
    })
  },
)

describe('rkc2', () => {
  it.each([1, 10, 100, 1e3, 1e4])('is stable at any length, here %d over the curvature', (h) => {
    expect(amplified('rkc2', h, 1)).toBeLessThan(1)
    expect(amplified('rkc2', h, 100)).toBeLessThan(0.1)
  })

  it('needs the stages that it takes, but for a few', () => {
    const objective = scalarChain(engine, 1, 1)
    const field = new GradientField(objective)
    const from = field.makePoint()
    const to = field.makePoint()
    const step = chebyshevStep({ field, from, to, absolute: 1, relative: 1 })
    from.theta.vector.data[0] = 2
    field.complete(from)
    for (const h of [20, 300, 5e3]) {
      const stages = stagesFor(h)
      expect(stagesFor(longestFor(stages))).toBeLessThanOrEqual(stages)
      step(to.theta, h, stages)
      expect(Math.abs(to.theta.vector.data[0]! - 1)).toBeLessThan(1)
      step(to.theta, h, Math.floor(0.93 * stages) - 1)
      expect(Math.abs(to.theta.vector.data[0]! - 1)).toBeGreaterThan(1)
    }
  })

  it('spends one gradient a stage', () => {
    const objective = scalarChain(engine, 1, 1)
    const field = new GradientField(objective)
    const from = field.makePoint()
    const to = field.makePoint()
    const stepper = integrators.get('rkc2').create({ field, from, to, absolute: 1, relative: 1 })
    field.complete(from)
    stepper.longest()
    for (const h of [0.1, 50, 2e3]) {
      const before = field.evaluations
      stepper.attempt(h)
      stepper.accept()
      expect(field.evaluations - before).toBe(stepper.cost(h))
    }
  })
})
