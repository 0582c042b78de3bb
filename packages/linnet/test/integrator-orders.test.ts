import { beforeAll, describe, expect, it } from 'vitest'
import { composedObjective, type Objective } from '../src/dynamics/objective.ts'
import { type Engine, integrators, loadEngine } from '../src/index.ts'
import { linearNetwork } from '../src/networks/linear.ts'
import type { Parameters } from '../src/networks/network.ts'
import type { Spec } from '../src/registry/entry.ts'
import { balancedScalars, fixedSteps, logSlope, scalarChain, twoLayerMode } from './flow-setting.ts'
import { fixture, makeLoss } from './making.ts'

/** Slopes of log error against log step may be this far from the order: what SciML's tests of its solvers allow. */
const SLOPE = 0.2

interface Case {
  readonly name: string
  readonly loss: Spec
  readonly widths: readonly number[]
  readonly initial: readonly (readonly number[])[]
  readonly times: readonly number[]
  readonly layers: readonly (readonly (readonly number[])[])[]
}
const { cases } = fixture<{ cases: readonly Case[] }>('flow')

/**
 * Steps over the unit of time at which a method is in its asymptotic regime and rounding is not yet seen. Where an error constant
 * nearly vanishes (tsit5 is made so that they do) the next order shows instead: the mode below starts where none does.
 */
const stepCounts: Readonly<Record<string, readonly number[]>> = {
  tsit5: [6, 8, 12, 16, 24],
  dop853: [3, 4, 6, 8],
  rkc2: [40, 60, 80, 120, 160],
}

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.sqrt(Array.from(a).reduce((sum, x, i) => sum + (x - b[i]!) ** 2, 0))
}

function live(one: Case): { objective: Objective; start: Parameters } {
  const objective = composedObjective(engine, makeLoss(engine, one.loss), linearNetwork(engine, one.widths))
  const start = objective.network.allocate()
  start.vector.data.set(one.initial.flat())
  return { objective, start }
}

describe.each(integrators.entries.map((one) => ({ kind: one.kind, one })))('$kind', ({ kind, one }) => {
  const counts = stepCounts[kind]!

  it('has fixtures for its step counts', () => {
    expect(counts).toBeDefined()
  })

  it('converges at its order on the mode of a two-layer network', () => {
    const [s0, S, time] = [0.01, 1, 1]
    const objective = scalarChain(engine, 2, S)
    const exact = Math.sqrt(twoLayerMode(s0, S, time))
    const errors = counts.map((count) => {
      const { end } = fixedSteps(objective, one, balancedScalars(objective, s0), time, count)
      return distance(end.theta.vector.data, [exact, exact])
    })
    expect(Math.abs(logSlope(counts, errors) + one.order)).toBeLessThan(SLOPE)
  })

  it('converges no slower on matrices', () => {
    const instance = cases.find(({ loss }) => loss.kind === 'completion')!
    const { objective, start } = live(instance)
    const exact = instance.layers[1]!.flat()
    const errors = counts.map((count) =>
      distance(fixedSteps(objective, one, start, instance.times[1]!, count).end.theta.vector.data, exact),
    )
    expect(logSlope(counts, errors)).toBeLessThan(SLOPE - one.order)
  })

  it('has dense output of its order inside a step', () => {
    const [s0, S] = [0.2, 1]
    const objective = scalarChain(engine, 2, S)
    const start = balancedScalars(objective, s0)
    const out = objective.network.allocate()
    for (const x of [0.25, 0.5, 0.8]) {
      const lengths = counts.map((count) => 4 / count)
      const errors = lengths.map((h) => {
        fixedSteps(objective, one, start, h, 1).interpolateInto(out, x)
        const exact = Math.sqrt(twoLayerMode(s0, S, x * h))
        return distance(out.vector.data, [exact, exact])
      })
      expect(logSlope(lengths, errors)).toBeGreaterThan(one.denseOrder + 1 - SLOPE)
    }
  })

  it('has dense output that is the step at its ends', () => {
    const { objective, start } = live(cases[0]!)
    const out = objective.network.allocate()
    const { end, interpolateInto } = fixedSteps(objective, one, start, 0.1, 1)
    interpolateInto(out, 0)
    expect(distance(out.vector.data, start.vector.data)).toBeLessThan(1e-14)
    interpolateInto(out, 1)
    expect(distance(out.vector.data, end.theta.vector.data)).toBeLessThan(1e-14)
  })
})
