import { beforeAll, describe, expect, it } from 'vitest'
import { chebyshevStep, longestFor, stagesFor } from '../src/dynamics/integrators/chebyshev.ts'
import { GradientField, type Integration } from '../src/dynamics/integrators/integrator.ts'
import { rkc2 } from '../src/dynamics/integrators/rkc2.ts'
import { trapezoidError } from '../src/dynamics/integrators/trapezoid.ts'
import type { Objective } from '../src/dynamics/objective.ts'
import { type Engine, loadEngine } from '../src/index.ts'
import { balancedScalars, flowOf, scalarChain, twoLayerMode } from './flow-setting.ts'

const MOST_STAGES = 50

/** Each of s stages rounds, and roundings grow with s² at most (Sommeijer, Shampine, Verwer 1997, section 2). */
const rounding = (stages: number) => 1e-14 * stages * stages

/** The power method approaches the radius from below until two estimates agree to 2 %. */
const RADIUS = 0.05

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

function integrationOf(objective: Objective): Integration {
  const field = new GradientField(objective)
  return { field, from: field.makePoint(), to: field.makePoint(), absolute: 1e-6, relative: 1e-6 }
}

/** P_s(−z): one step from 1 on φ = ½θ², z long. */
function stabilityPolynomial() {
  const integration = integrationOf(scalarChain(engine, 1, 0))
  const { field, from, to } = integration
  const step = chebyshevStep(integration)
  from.theta.vector.data[0] = 1
  field.complete(from)
  return (stages: number, z: number): number => {
    step(to.theta, z, stages)
    return to.theta.vector.data[0]!
  }
}

/** T_s(x), inside [−1, 1] and outside. */
function chebyshev(s: number, x: number): number {
  if (Math.abs(x) <= 1) return Math.cos(s * Math.acos(x))
  return (x < 0 && s % 2 === 1 ? -1 : 1) * Math.cosh(s * Math.acosh(Math.abs(x)))
}

/** a_s + b_s T_s(w_0 − w_1 z) with damping 2/13 (Sommeijer, Shampine, Verwer 1997, equations 2.2), T′ and T″ at w_0 > 1. */
function closedForm(s: number, z: number): number {
  const beyond = 2 / (13 * s * s)
  const w0 = 1 + beyond
  // arcosh w_0 without the cancellation of w_0 − 1.
  const t = 2 * Math.asinh(Math.sqrt(beyond / 2))
  const slope = (s * Math.sinh(s * t)) / Math.sinh(t)
  const curvature = (s * s * Math.cosh(s * t) - w0 * slope) / (beyond * (2 + beyond))
  const b = curvature / (slope * slope)
  return 1 - b * Math.cosh(s * t) + b * chebyshev(s, w0 - (slope / curvature) * z)
}

const everyStages = Array.from({ length: MOST_STAGES - 1 }, (_, i) => i + 2)

describe('a Chebyshev step', () => {
  it('is a_s + b_s T_s(w_0 + w_1 z) on the real axis', () => {
    const polynomial = stabilityPolynomial()
    for (const s of everyStages)
      for (const share of [0.01, 0.2, 0.5, 0.77, 1]) {
        const z = share * 0.65 * (s * s - 1)
        expect(Math.abs(polynomial(s, z) - closedForm(s, z)), `s = ${s}, z = ${z}`).toBeLessThan(rounding(s))
      }
  })

  it('never amplifies, with the stages that are chosen for it', () => {
    const polynomial = stabilityPolynomial()
    const tried = new Set<number>()
    for (let k = 1; k <= 4000; k++) {
      const z = (longestFor(MOST_STAGES) * k * k) / 4000 ** 2
      const s = stagesFor(z)
      tried.add(s)
      expect(Math.abs(polynomial(s, z)), `s = ${s}, z = ${z}`).toBeLessThanOrEqual(1 + rounding(s))
    }
    expect([...tried]).toEqual(everyStages)
  })

  it('never amplifies on the longest step that its stages are chosen for', () => {
    const polynomial = stabilityPolynomial()
    for (const s of everyStages) {
      let [stays, leaves] = [0.3 * s * s, s * s]
      while (leaves - stays > 1e-9 * leaves) {
        const middle = (stays + leaves) / 2
        if (stagesFor(middle) <= s) stays = middle
        else leaves = middle
      }
      expect(stagesFor(stays)).toBe(s)
      expect(stays).toBeGreaterThan(longestFor(s))
      expect(Math.abs(polynomial(s, stays)), `s = ${s}`).toBeLessThanOrEqual(1 + rounding(s))
      // Not far behind it even polynomials leave the unit interval (odd ones leave it at −1, farther out): the choice of
      // stages gives away little.
      if (s % 2 === 0) expect(Math.abs(polynomial(s, 1.1 * stays))).toBeGreaterThan(1)
    }
  })
})

describe('the error estimate', () => {
  it('tends to h³θ‴/15 between two exact points', () => {
    const [s0, S] = [0.2, 1]
    const objective = scalarChain(engine, 2, S)
    const { field, from, to } = integrationOf(objective)
    const error = objective.network.allocate().vector
    const estimate = trapezoidError(engine, from, to)
    const at = (s: number) => Math.sqrt(s)
    // ẇ = w(S − w²) for both weights, differentiated twice.
    const w = at(s0)
    const first = w * (S - w * w)
    const third = first * (S - 3 * w * w) ** 2 - 6 * w * first * first
    for (const h of [0.1, 0.01, 0.002]) {
      for (const [point, time] of [
        [from, 0],
        [to, h],
      ] as const) {
        point.theta.vector.data.fill(at(twoLayerMode(s0, S, time)))
        field.complete(point)
      }
      estimate(error, h)
      for (const entry of error.data) {
        // The next term is of order h⁴; below h = 0.002 the differences cancel to rounding.
        expect(Math.abs(entry / ((h * h * h * third) / 15) - 1)).toBeLessThan(10 * h)
      }
    }
  })

  it('is what the integrator goes by', () => {
    const objective = scalarChain(engine, 2, 1)
    const integration = integrationOf(objective)
    const { field, from, to } = integration
    const stepper = rkc2.create(integration)
    engine.copyInto(from.theta.vector, balancedScalars(objective, 0.2).vector)
    field.complete(from)
    stepper.longest()
    stepper.attempt(0.05)
    const error = objective.network.allocate().vector
    trapezoidError(engine, from, to)(error, 0.05)
    expect(stepper.localError()).toBe(engine.norm(error))
    expect(stepper.localError()).toBeGreaterThan(0)
  })
})

/** At the saddle 0 of a chain of depth 3 nothing is curved; where its product is 1 the radius is 3. */
const RADIUS_AT_END = 3

describe('the spectral radius', () => {
  it('is followed where it grows tenfold along a path, which stays stable', () => {
    const objective = scalarChain(engine, 3, 1)
    const start = balancedScalars(objective, 1e-3)
    const motion = flowOf(objective, start, { integrator: 'rkc2', tolerance: 1e-3 }, {}, 200)
    motion.advance(1e-3, Number.POSITIVE_INFINITY)
    expect(motion.accounts.spectralRadius).toBeLessThan(RADIUS_AT_END / 10)
    motion.advance(200, Number.POSITIVE_INFINITY)
    const { spectralRadius, steps, rejectedSteps } = motion.accounts
    expect(Math.abs(spectralRadius! - RADIUS_AT_END)).toBeLessThan(RADIUS * RADIUS_AT_END)
    expect(rejectedSteps).toBeLessThan(0.2 * steps)
    for (const weight of motion.state.vector.data) expect(Math.abs(weight - 1)).toBeLessThan(1e-2)
  })

  /** Estimated near the saddle, then put at the minimum by a step that was taken. */
  function moved() {
    const objective = scalarChain(engine, 3, 1)
    const integration = integrationOf(objective)
    const stepper = rkc2.create(integration)
    const place = (s: number) => {
      engine.copyInto(integration.from.theta.vector, balancedScalars(objective, s).vector)
      integration.field.complete(integration.from)
    }
    place(1e-3)
    stepper.longest()
    stepper.accept()
    place(1)
    return stepper
  }

  it('is kept over an accepted step and estimated anew after a refused one', () => {
    for (const accepted of [true, false]) {
      const stepper = moved()
      const before = stepper.longest()
      expect(stepper.spectralRadius).toBeLessThan(RADIUS_AT_END / 10)
      stepper.stepAfter(1, 2, accepted)
      const after = stepper.longest()
      if (accepted) expect(after).toBe(before)
      else {
        expect(Math.abs(stepper.spectralRadius! - RADIUS_AT_END)).toBeLessThan(RADIUS * RADIUS_AT_END)
        expect(after).toBeLessThan(before / 10)
      }
    }
  })

  it('is estimated anew after a while of accepted steps, and after a restart', () => {
    const patient = moved()
    let steps = 0
    for (; patient.spectralRadius! < 1 && steps < 100; steps++) {
      patient.accept()
      patient.longest()
    }
    expect(steps).toBeGreaterThan(5)
    expect(steps).toBeLessThan(30)
    const restarted = moved()
    restarted.restart()
    restarted.longest()
    expect(Math.abs(restarted.spectralRadius! - RADIUS_AT_END)).toBeLessThan(RADIUS * RADIUS_AT_END)
  })
})
