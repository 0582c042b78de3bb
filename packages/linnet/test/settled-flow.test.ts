import { describe, expect, it } from 'vitest'
import { gradientFlow, identity, linear, probes, simulate, spectrum, whitened } from '../src/index.ts'

/** Farthest that σ_1 is from its target long after it was learned, at 720 samples inside the steps. */
async function unrest(integrator: 'auto' | 'dop853', depth: number, tolerance: number): Promise<number> {
  const { trajectory } = await simulate({
    seed: 1,
    loss: whitened({ target: spectrum({ rows: 6, columns: 6, singularValues: [4, 3, 2, 1], seed: 1 }) }),
    network: linear({ depth }),
    init: identity({ scale: 0.1 }),
    dynamics: gradientFlow({ tolerance, integrator }),
    probes: [probes.singularValues(1)],
    until: { time: 24 },
    record: { samples: 960 },
  })
  const settled = trajectory.column('singularValue1').filter((_, i) => trajectory.positions[i]! > 6)
  expect(settled.length).toBeGreaterThan(700)
  return Math.max(...settled.map((value) => Math.abs(value - 4)))
}

describe.each([2, 3, 4])('a singular value that was learned stands still at depth %d', (depth) => {
  it.each([1e-4, 1e-6, 1e-8])('between the steps, too, at tolerance %d', async (tolerance) => {
    expect(await unrest('auto', depth, tolerance)).toBeLessThan(4 * tolerance)
  })

  it.each([1e-4, 1e-6])(
    'negative control: not by steps as long as errors at their ends allow, tolerance %d',
    async (tolerance) => {
      expect(await unrest('dop853', depth, tolerance)).toBeGreaterThan(40 * tolerance)
    },
  )
})
