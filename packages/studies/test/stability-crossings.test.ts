import {
  balanced,
  gradientDescent,
  gradientFlow,
  heavyBall,
  linear,
  loadEngine,
  makeTrajectory,
  probes,
  simulate,
  spectrum,
  whitened,
} from 'linnet'
import { describe, expect, it } from 'vitest'
import { stabilityCrossings } from '../src/stability-crossings.ts'

const descent = { dynamics: gradientDescent({ stepSize: 0.5 }) }

/** λ at steps 0, 10, 20, …; the line is at 4. */
function sharp(values: readonly number[], name = 'sharpness') {
  return makeTrajectory(
    'steps',
    Float64Array.from(values, (_, i) => 10 * i),
    [{ name, symbol: '', help: '' }],
    [Float64Array.from(values)],
  )
}

describe('where the step size crosses 2/λ', () => {
  it('between the samples where λ passes 2/η', () => {
    expect(stabilityCrossings(descent, sharp([1, 3, 5, 6]))).toEqual([{ to: 'above', position: 15 }])
    expect(stabilityCrossings(descent, sharp([6, 5, 1]))).toEqual([{ to: 'below', position: 12.5 }])
    // On the line it is stable.
    expect(stabilityCrossings(descent, sharp([6, 4]))).toEqual([{ to: 'below', position: 10 }])
  })

  it('however often it swings: the first time above, and the last time below', () => {
    expect(stabilityCrossings(descent, sharp([3, 5, 3, 5, 3, 5, 3]))).toEqual([
      { to: 'above', position: 5 },
      { to: 'below', position: 55 },
    ])
    expect(stabilityCrossings(descent, sharp([3, 5, 3, 5]))).toEqual([{ to: 'above', position: 5 }])
  })

  it('nowhere: always below or always above, not recorded, a flow, momentum, no numbers', () => {
    for (const values of [[1, 2, 3], [5, 6, 7], [], [1, Number.NaN], [5, Number.NaN]])
      expect(stabilityCrossings(descent, sharp(values))).toEqual([])
    expect(stabilityCrossings(descent, sharp([1, 5], 'loss'))).toEqual([])
    for (const dynamics of [gradientFlow(), heavyBall({ stepSize: 0.5 })])
      expect(stabilityCrossings({ dynamics }, sharp([1, 5]))).toEqual([])
  })
})

describe('in a run', async () => {
  const engine = await loadEngine('strict')
  const crossings = async (stepSize: number) => {
    const run = await simulate(
      {
        loss: whitened({ target: spectrum({ rows: 3, columns: 3, singularValues: [2, 1] }) }),
        network: linear({ depth: 2 }),
        init: balanced({ scale: 1e-3 }),
        dynamics: gradientDescent({ stepSize }),
        probes: [probes.loss(), probes.sharpness()],
        until: { steps: 60 },
        seed: 1,
      },
      { engine },
    )
    return stabilityCrossings(run.config, run.trajectory).map(({ to }) => to)
  }

  // At the minimum λ = nσ₁^{2−2/n} = 4, at the start σ₁ = 2: the edge is at η = 2/4.
  it('a step above 2/4 crosses on the way to the minimum, one below does not', async () => {
    expect((await crossings(0.52))[0]).toBe('above')
    expect(await crossings(0.3)).toEqual([])
  })
})
