import { beforeAll, describe, expect, it } from 'vitest'
import {
  completion,
  type Engine,
  gradientFlow,
  identity,
  linear,
  loadEngine,
  lowRank,
  probes,
  simulate,
} from '../src/index.ts'

/** Greedy low-rank learning in small: a plateau, modes that rise one after the other, a long stiff end. */
const MODES = 6

let engine: Engine
beforeAll(async () => {
  engine = await loadEngine()
})

async function learned(depth: number, integrator: string, tolerance: number) {
  const run = await simulate(
    {
      seed: 1,
      loss: completion({
        truth: lowRank({ rows: 20, columns: 20, rank: 3, frobenius: 20 }),
        observed: 200,
        normalisation: 'mean',
      }),
      network: linear({ depth }),
      init: identity({ scale: 1e-3 }),
      dynamics: gradientFlow({ integrator, tolerance }),
      probes: [probes.singularValues(MODES)],
      until: { time: 1e4 },
      record: { samples: 1, snapshots: 2 },
    },
    { engine },
  )
  const values = Array.from(
    { length: MODES },
    (_, r) => run.trajectory.column(`singularValue${r + 1}`).at(-1)!,
  )
  return { values, accounts: run.accounts }
}

function largestDeviation(values: readonly number[], exact: readonly number[]): number {
  return Math.max(...values.map((value, r) => Math.abs(value / exact[r]! - 1)))
}

describe.each([2, 3])('greedy learning at depth %i', (depth) => {
  const tolerance = 1e-4

  it('auto is as exact as its tolerance says, for a fraction of the gradients', async () => {
    const exact = await learned(depth, 'dop853', 1e-10)
    const auto = await learned(depth, 'auto', tolerance)
    const nonstiff = await learned(depth, 'dop853', tolerance)
    const stabilised = await learned(depth, 'rkc2', tolerance)
    // Twice the tolerance: small singular values, too, which the flow amplifies from a thousandth.
    expect(largestDeviation(auto.values, exact.values)).toBeLessThan(2 * tolerance)
    expect(auto.accounts.gradientEvaluations).toBeLessThan(0.2 * nonstiff.accounts.gradientEvaluations)
    // The stabilised method alone costs as much and errs where modes rise.
    expect(largestDeviation(stabilised.values, exact.values)).toBeGreaterThan(10 * tolerance)
    expect(auto.accounts.gradientEvaluations).toBeLessThan(1.1 * stabilised.accounts.gradientEvaluations)
  })
})
