import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeObjective, type Objective } from '../src/dynamics/objective.ts'
import { sharpness } from '../src/dynamics/sharpness.ts'
import { loadEngine } from '../src/engine/load.ts'
import { completion, squared, theory, values, whitened } from '../src/index.ts'
import { linearNetwork } from '../src/networks/linear.ts'
import type { SpecInput } from '../src/registry/spec.ts'
import { makeLoss } from './making.ts'

const engine = await loadEngine()

function objectiveOf(loss: SpecInput, widths: readonly number[]): Objective {
  return makeObjective(engine, makeLoss(engine, loss), linearNetwork(engine, widths))
}

function sharpnessAt(objective: Objective, layers: readonly (readonly number[])[]): number {
  const theta = objective.network.allocate()
  theta.vector.data.set(layers.flat())
  return sharpness(objective, theta).value
}

function known(objective: Objective): number {
  const found = theory.leastSharpness(objective)
  if (!found.known) throw new Error(found.reason)
  return found.value
}

function reason(objective: Objective): string {
  const found = theory.leastSharpness(objective)
  return found.known ? `known: ${found.value}` : found.reason
}

/** 2×2 matrices row by row. */
type Two = readonly [number, number, number, number]
const determinant = ([a, b, c, d]: Two) => a * d - b * c
const product = ([a, b, c, d]: Two, [e, f, g, h]: Two): Two => [
  a * e + b * g,
  a * f + b * h,
  c * e + d * g,
  c * f + d * h,
]
const inverse = (m: Two): Two => {
  const [a, b, c, d] = m
  return [d, -b, -c, a].map((entry) => entry / determinant(m)) as unknown as Two
}

const entry = fc.double({ min: -2, max: 2, noNaN: true })
const invertible = fc
  .tuple(entry, entry, entry, entry)
  .filter((matrix) => Math.abs(determinant(matrix)) > 0.2)
const diagonal = (data: readonly number[]): Two => [data[0]!, 0, 0, data[1]!]

/** Lanczos' own error. */
const slack = 1e-7

describe('whitened regression', () => {
  const target = [2.5, 1]
  const loss = (normalisation?: 'half' | 'sum') =>
    whitened({
      target: values({
        data: [
          [2.5, 0],
          [0, 1],
        ],
      }),
      ...(normalisation && { normalisation }),
    })

  it.each([1, 2, 3, 4])('is n·σ₁^{2−2/n}, which balanced layers reach: depth %i', (depth) => {
    const objective = objectiveOf(loss(), Array(depth + 1).fill(2))
    expect(known(objective)).toBeCloseTo(depth * 2.5 ** (2 - 2 / depth), 12)
    const layer = diagonal(target.map((sigma) => sigma ** (1 / depth)))
    expect(sharpnessAt(objective, Array(depth).fill(layer))).toBeCloseTo(known(objective), 6)
  })

  it('goes with the normalisation', () => {
    const widths = [2, 2, 2]
    expect(known(objectiveOf(loss('sum'), widths))).toBe(2 * known(objectiveOf(loss('half'), widths)))
  })

  it('no minimiser is flatter', () => {
    const objective = objectiveOf(loss(), [2, 2, 2, 2])
    const least = known(objective)
    fc.assert(
      fc.property(invertible, invertible, (first, second) => {
        const third = product(diagonal(target), inverse(product(second, first)))
        expect(sharpnessAt(objective, [first, second, third]) / least).toBeGreaterThan(1 - slack)
      }),
    )
  })

  it('negative controls: another exponent is undercut, and so is S_min elsewhere than at minimisers', () => {
    const objective = objectiveOf(loss(), [2, 2, 2])
    const balanced = diagonal(target.map(Math.sqrt))
    expect(sharpnessAt(objective, [balanced, balanced])).toBeLessThan(2 * 2.5 ** 2)
    expect(
      sharpnessAt(objective, [
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ]),
    ).toBeLessThan(known(objective))
  })

  it('is not known where a narrow layer keeps the target from being made', () => {
    expect(reason(objectiveOf(loss(), [2, 1, 2]))).toContain('rank 2, and the narrowest of them has width 1')
    const lowRank = whitened({
      target: values({
        data: [
          [2, 0],
          [0, 0],
        ],
      }),
    })
    expect(known(objectiveOf(lowRank, [2, 1, 2]))).toBeCloseTo(4, 12)
    // Of rank 1 up to rounding: 0.1·0.7 is no multiple of 0.3 in doubles.
    const rounded = [0.1, 0.3].map((u) => [0.7 * u, 1.1 * u])
    expect(known(objectiveOf(whitened({ target: values({ data: rounded }) }), [2, 1, 2]))).toBeGreaterThan(0)
  })
})

describe('least squares with one output', () => {
  /** XXᵀ = diag(8, 2), w* = (1, 1) with a residual. */
  const inputs = [
    [2, 2, 0, 0],
    [0, 0, 1, 1],
  ]
  const regression = (targets: readonly number[], normalisation: 'sum' | 'mean' = 'sum') =>
    squared({ inputs: values({ data: inputs }), targets: values({ data: [[...targets]] }), normalisation })

  it('is 2·factor·n·a·‖w*‖^{2−2/n}', () => {
    const targets = [2.5, 1.5, 1.25, 0.75]
    const least = (normalisation: 'sum' | 'mean') =>
      known(objectiveOf(regression(targets, normalisation), [2, 2, 1]))
    // a = (8 + 2)/2, ‖w*‖ = √2.
    expect(least('sum')).toBeCloseTo(2 * 2 * 5 * Math.SQRT2, 10)
    expect(least('mean')).toBeCloseTo(least('sum') / 4, 10)
  })

  it('is reached along an eigenvector of the inputs', () => {
    const objective = objectiveOf(regression([6, 6, 0, 0]), [2, 2, 1])
    const root = Math.sqrt(3)
    expect(known(objective)).toBeCloseTo(2 * 2 * 8 * 3, 10)
    expect(
      sharpnessAt(objective, [
        [root, 0, 0, 0],
        [root, 0],
      ]),
    ).toBeCloseTo(known(objective), 6)
  })

  it('no minimiser is flatter; another solution is no minimiser, and may be', () => {
    const objective = objectiveOf(regression([2.5, 1.5, 1.25, 0.75]), [2, 2, 1])
    const least = known(objective)
    fc.assert(
      fc.property(invertible, (first) => {
        const [a, b, c, d] = inverse(first)
        expect(sharpnessAt(objective, [first, [a + c, b + d]]) / least).toBeGreaterThan(1 - slack)
      }),
    )
    expect(
      sharpnessAt(objective, [
        [0.1, 0, 0, 0.1],
        [0.1, 0.1],
      ]),
    ).toBeLessThan(least)
  })

  it('at depth 1 is the sharpness there is, wherever w* points', () => {
    for (const targets of [
      [2.5, 1.5, 1.25, 0.75],
      [0, 0, 3, 1],
      [0, 0, 0, 0],
    ]) {
      const objective = objectiveOf(regression(targets), [2, 1])
      expect(known(objective)).toBeCloseTo(2 * 8, 12)
      expect(sharpnessAt(objective, [[0.3, -0.2]])).toBeCloseTo(known(objective), 7)
    }
  })

  it('is 0 where w* is: layers of zeros are a minimiser', () => {
    const objective = objectiveOf(regression([0, 0, 0, 0]), [2, 2, 1])
    expect(known(objective)).toBe(0)
    expect(
      sharpnessAt(objective, [
        [0, 0, 0, 0],
        [0, 0],
      ]),
    ).toBe(0)
  })

  it('is not known where inputs depend on each other, up to rounding', () => {
    const row = [0.1, 0.7, 1.3, 2.1]
    const dependent = squared({
      inputs: values({ data: [row, row.map((x) => x / 3)] }),
      targets: values({ data: [[1, 2, 3, 4]] }),
    })
    expect(reason(objectiveOf(dependent, [2, 2, 1]))).toContain('leave directions open')
  })

  it('is not known where inputs leave directions open, or with several outputs', () => {
    const open = squared({ inputs: values({ data: [[1], [1]] }), targets: values({ data: [[1]] }) })
    expect(reason(objectiveOf(open, [2, 2, 1]))).toContain('leave directions open')
    const several = squared({
      inputs: values({ data: inputs }),
      targets: values({
        data: [
          [1, 0, 0, 0],
          [0, 1, 0, 0],
        ],
      }),
    })
    expect(reason(objectiveOf(several, [2, 2, 2]))).toContain('2 outputs of inputs that are not whitened')
  })
})

it('is not known of other losses', () => {
  const loss = completion({
    truth: values({
      data: [
        [1, 0],
        [0, 1],
      ],
    }),
    observed: 3,
  })
  expect(reason(objectiveOf(loss, [2, 2, 2]))).toContain('the loss is "completion"')
})
