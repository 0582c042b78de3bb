import { beforeAll, describe, expect, it } from 'vitest'
import { composedDescender, descenderOf } from '../src/dynamics/descent.ts'
import { dynamics } from '../src/dynamics/index.ts'
import { composedObjective, makeObjective, type Objective } from '../src/dynamics/objective.ts'
import type { DescentMethod } from '../src/engine/chain.ts'
import { type Engine, loadEngine } from '../src/index.ts'
import { linearNetwork } from '../src/networks/linear.ts'
import type { Parameters } from '../src/networks/network.ts'
import type { Spec } from '../src/registry/entry.ts'
import { fixture, makeLoss, relativeDistance } from './making.ts'

interface Case {
  readonly name: string
  readonly loss: Spec
  readonly widths: readonly number[]
  readonly method: DescentMethod
  readonly initial: readonly (readonly number[])[]
  readonly losses: readonly number[]
  readonly final: readonly (readonly number[])[]
  readonly amplification: number
}

const { checkpoints, cases } = fixture<{ checkpoints: number[]; cases: Case[] }>('trajectories')

/** 200 steps of rounding at some hundred ε each, amplified at most as a disturbance of the start is. */
const toleranceFor = (one: Case) => 1e-12 * Math.max(1, one.amplification)

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

function prepare(one: Case, make: typeof makeObjective): { objective: Objective; start: Parameters } {
  const objective = make(engine, makeLoss(engine, one.loss), linearNetwork(engine, one.widths))
  const start = objective.network.allocate()
  start.vector.data.set(one.initial.flat())
  return { objective, start }
}

function motionOf(one: Case, objective: Objective, start: Parameters, method: DescentMethod = one.method) {
  const entry = dynamics.get(method.kind)
  return entry.start(entry.schema.parse(method) as unknown as Spec, {
    objective,
    start,
    random: engine.random(0),
    stops: { divergence: 1e12 },
  })
}

describe.each([
  { form: 'fused where there is a fused form', make: makeObjective },
  { form: 'composed', make: composedObjective },
])('200 steps as PyTorch takes them, $form', ({ make }) => {
  it.each(cases)('$name', (one) => {
    const { objective, start } = prepare(one, make)
    const motion = motionOf(one, objective, start)
    for (const [k, step] of checkpoints.entries()) {
      expect(motion.advance(step, Number.POSITIVE_INFINITY)).toBeUndefined()
      expect(motion.position).toBe(step)
      const scale = Math.max(Math.abs(one.losses[k]!), 1e-3 * one.losses[0]!)
      expect(Math.abs(objective.value(motion.state) - one.losses[k]!)).toBeLessThan(toleranceFor(one) * scale)
    }
    expect(relativeDistance(motion.state.vector.data, one.final.flat())).toBeLessThan(toleranceFor(one))
    expect(motion.accounts).toMatchObject({ gradientEvaluations: 200, steps: 200, rejectedSteps: 0 })
  })

  it('tells a wrong step size from the right one', () => {
    const one = cases[0]!
    const { objective, start } = prepare(one, make)
    const motion = motionOf(one, objective, start, { ...one.method, stepSize: one.method.stepSize * 1.0001 })
    motion.advance(200, Number.POSITIVE_INFINITY)
    expect(relativeDistance(motion.state.vector.data, one.final.flat())).toBeGreaterThan(toleranceFor(one))
  })
})

describe('fused and composed loops', () => {
  const fusedCases = cases.filter(({ loss }) => !['lp', 'logistic'].includes(loss.kind))

  it.each(fusedCases)('sum the same squares of steps: $name', (one) => {
    const { objective, start } = prepare(one, makeObjective)
    const stops = { loss: Number.NEGATIVE_INFINITY, gradientNorm: Number.NEGATIVE_INFINITY, divergence: 1e12 }
    const sums = [descenderOf(objective), composedDescender(objective, objective.gradientInto)].map(
      (descender) => {
        const theta = objective.network.allocate()
        engine.copyInto(theta.vector, start.vector)
        descender.descend(theta, one.method, 50, stops)
        return Array.from(descender.stepSquares)
      },
    )
    expect(objective.chain).toBeDefined()
    sums[0]!.forEach((sum, j) => {
      expect(Math.abs(sum - sums[1]![j]!)).toBeLessThan(toleranceFor(one) * sum)
      expect(sum).toBeGreaterThan(0)
    })
  })

  it('any number of calls takes the same path, to the bit', () => {
    for (const one of cases.slice(0, 60)) {
      const { objective, start } = prepare(one, makeObjective)
      const whole = motionOf(one, objective, start)
      whole.advance(100, Number.POSITIVE_INFINITY)
      const expected = Array.from(whole.state.vector.data)
      const pieces = motionOf(one, objective, start)
      for (const target of [1, 2, 50, 51, 100]) while (pieces.position < target) pieces.advance(target, 7)
      expect(Array.from(pieces.state.vector.data)).toEqual(expected)
    }
  })
})
