import { describe, expect, it } from 'vitest'
import { loadEngine } from '../src/engine/load.ts'
import type { Run } from '../src/simulate/run.ts'
import { corollary1, corollary1With, operatorMovement } from '../src/theory/corollary1.ts'
import { conservation, discreteConservation } from '../src/theory/index.ts'
import { preconditionerKernel } from '../src/theory/preconditioner.ts'
import { balancedRun, descendingRun, gaussianLayers } from './theory-instances.ts'
import { gaussian, setting } from './theory-setting.ts'

const engine = await loadEngine()

/** Each part of a check must be able to fail by itself. */
const widths = [4, 5, 4, 3]
const objective = setting(engine, widths, gaussian(engine, 5, 3, 4))
const start = gaussianLayers(engine, widths).map((layer) => ({
  ...layer,
  data: Array.from(layer.data, (x) => 0.3 * x),
}))
const descent = descendingRun(objective, start, { stepSize: 1e-3, steps: 50, every: 10 })

/** A billionth: far above the round-off of an identity, 1e-14, and far below a millionfold of it. */
const SLIGHTLY = 1e-9

/** The run with a gradient of which the first layer is slightly wrong. */
function withWrongGradient(run: Run): Run {
  const gradientInto: typeof objective.gradientInto = (gradient, weights) => {
    const value = run.objective.gradientInto(gradient, weights)
    engine.scaleInto(gradient.layers[0]!, 1 + SLIGHTLY)
    return value
  }
  return { ...run, objective: { ...run.objective, gradientInto } }
}

describe('conservation', () => {
  it('sees gradients of adjacent layers that do not agree', () => {
    const still = { ...descent, snapshots: descent.snapshots.slice(0, 1) }
    const flow: Run = { ...still, trajectory: { ...still.trajectory, clock: 'time' } }
    expect(conservation.certify(flow).verdict).toBe('holds')
    const certificate = conservation.certify(withWrongGradient(flow))
    expect(certificate.verdict).toBe('violated')
    expect(certificate.residualOf).toContain('identity of adjacent gradients')
  })
})

describe('conservation in finite steps', () => {
  it('sees steps that do not keep the identity', () => {
    expect(discreteConservation.certify(descent).verdict).toBe('holds')
    const certificate = discreteConservation.certify(withWrongGradient(descent))
    expect(certificate.verdict).toBe('violated')
    expect(certificate.residualOf).toContain('identity of one step')
  })

  it('sees a drift that is twice the sum of squares', () => {
    const { largestDrift } = discreteConservation.certify(descent).numbers
    const stepSquares = widths.slice(1).map(() => largestDrift! / 4)
    const snapshots = descent.snapshots.map((one) => ({ ...one, accounts: { ...one.accounts, stepSquares } }))
    const certificate = discreteConservation.certify({ ...descent, snapshots })
    expect(certificate.verdict).toBe('violated')
    expect(certificate.residualOf).toContain('drift')
  })

  it('does not apply where the squares of the steps allow any drift', () => {
    const wild = descendingRun(objective, start, { stepSize: 0.3, steps: 40, every: 10 })
    const certificate = discreteConservation.certify(wild)
    expect(certificate.verdict).toBe('does not apply')
    expect(certificate.summary).toContain('take smaller steps')
  })
})

describe('the spectrum of the preconditioner', () => {
  const spectrum = [2, 0.7, 0.3]
  const cases = [
    [3, 4, 3],
    [4, 3, 2],
    [3, 3, 5],
  ].flatMap(([rows, columns, depth]) =>
    [3, 2].map((rank) => ({ rows: rows!, columns: columns!, depth: depth!, rank })),
  )

  it.each(cases)('of $rows×$columns at depth $depth, rank $rank, has its kernel and condition', (size) => {
    const { rows, columns, depth, rank } = size
    const { numbers, verdict } = corollary1.certify(balancedRun(engine, size, spectrum))
    expect(verdict).toBe('holds')
    expect(numbers.kernelDimension).toBe((rows - rank) * (columns - rank))
    expect(numbers.kernelDimensionFromLayers).toBe((rows - rank) * (columns - rank))
    if (rank < 3) expect(numbers.condition).toBeUndefined()
    else {
      const power = engine.pow(2 / 0.3, 2 - 2 / depth)
      expect(numbers.condition).toBeCloseTo(rows === columns ? power : depth * power, 8)
    }
  })

  it('reports claimed extremes as claimed where the eigenvalues are only bounded', () => {
    const run = balancedRun(engine, cases[0]!, spectrum)
    const { numbers } = corollary1With(preconditionerKernel, 0).certify(run)
    expect(numbers.claimedLargestEigenvalue).toBeCloseTo(3 * engine.pow(2, 4 / 3), 10)
    expect(numbers.largestEigenvalue).toBeUndefined()
    expect(corollary1.certify(run).numbers.largestEigenvalue).toBeCloseTo(3 * engine.pow(2, 4 / 3), 10)
  })

  it('moves by no more than is said when layers move, and by as much for scalars', () => {
    const layers = [1.3, 0.4, 2, 0.9]
    const distances = [1e-6, 3e-6, 2e-6, 1e-6]
    const operator = (w: readonly number[]) =>
      w.reduce((sum, _, j) => sum + w.reduce((term, x, i) => (i === j ? term : term * x * x), 1), 0)
    const moved = operator(layers.map((x, j) => x + distances[j]!)) - operator(layers)
    const bound = operatorMovement(layers, distances)
    expect(bound).toBeGreaterThanOrEqual(moved)
    expect(bound).toBeLessThan(1.001 * moved)
  })
})
