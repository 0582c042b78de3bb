import { describe, expect, it } from 'vitest'
import {
  balanced,
  type ConfigInput,
  completion,
  gaussian,
  gradientDescent,
  gradientFlow,
  identity,
  linear,
  loadEngine,
  lowRank,
  orthogonal,
  probes,
  type Run,
  type Spec,
  sensing,
  simulate,
  spectrum,
  theory,
  values,
  whitened,
} from '../src/index.ts'
import { alive, columnsOf, distance, drained, foreseen, predictedRun } from './predicting.ts'

const watched = [
  probes.loss,
  probes.reconstructionError,
  probes.singularValues(3),
  probes.gradientNorm,
  probes.layerSingularValues(2),
  probes.effectiveRank,
]
const record = { samples: 60, snapshots: 3 }

const lossSpecs: readonly (readonly [string, Spec, number])[] = [
  [
    'completion',
    completion({
      truth: lowRank({ rows: 6, columns: 6, rank: 2 }),
      observed: 26,
      normalisation: 'half',
    }),
    12,
  ],
  ['whitened', whitened({ target: spectrum({ rows: 5, columns: 6, singularValues: [3, 2, 0.5] }) }), 4],
  ['sensing', sensing({ truth: lowRank({ rows: 5, columns: 5, rank: 2 }), samples: 22 }), 40],
]

/** A prediction and a measurement, each solved coarsely too. */
interface Solved {
  readonly predicted: Run
  readonly measured: Run
  /** By how much coarser solutions differ from these two, in a column: more than these err. */
  bound(column: string): number
}

/** Single solutions may be better than their tolerance by chance; of three the worst is not. */
const COARSE = [1e-3, 1e-4, 1e-5]

async function solved(config: Omit<ConfigInput, 'dynamics'>, insist = false): Promise<Solved> {
  const flow = (tolerance: number) => ({ ...config, dynamics: gradientFlow({ tolerance }) }) as ConfigInput
  const predict = (tolerance: number) => predictedRun(flow(1e-6), { tolerance, insist })
  const [coarse, measured] = [await simulate(flow(1e-7)), await simulate(flow(1e-10))]
  const sketches = await Promise.all(COARSE.map(predict))
  const predicted = await predict(1e-6)
  return {
    predicted,
    measured,
    bound: (column) =>
      Math.max(...sketches.map((sketch) => distance(sketch, predicted, column))) +
      distance(coarse, measured, column) +
      rounding(measured, column),
  }
}

/** Of values read off a run; those of singular values are absolute. */
function rounding(run: Run, column: string): number {
  const largest = Math.max(...run.trajectory.column(column), ...run.trajectory.column('singularValue1'))
  return 1e-12 * largest
}

describe.each(lossSpecs)('the predicted flow of %s', (_, loss, time) => {
  it.each([1, 2, 3, 4])('is that of the layers at depth %i', async (depth) => {
    for (const init of [balanced({ scale: 0.01 }), orthogonal({ scale: 0.3 })]) {
      const network = linear({ depth })
      const config = { seed: 5, loss, network, init, probes: watched, until: { time }, record }
      const { predicted, measured, bound } = await solved(config)
      expect(predicted.trajectory.positions).toEqual(measured.trajectory.positions)
      expect(columnsOf(predicted)).toEqual(columnsOf(measured))
      for (const column of columnsOf(measured))
        expect([column, distance(predicted, measured, column) <= bound(column)]).toEqual([column, true])
      // The bound says something, and something has been learnt.
      const sigma = measured.trajectory.column('singularValue1')
      expect(bound('singularValue1')).toBeLessThan(0.01 * sigma.at(-1)!)
      expect(sigma.at(-1)).toBeGreaterThan(2 * sigma[0]!)
    }
  })
})

it('keeps the rank of the start, and of a bottleneck', async () => {
  const [, loss, time] = lossSpecs[0]!
  const common = { seed: 5, loss, probes: watched, until: { time }, record }
  const start = balanced({ target: lowRank({ rows: 6, columns: 6, rank: 1 }) })
  for (const config of [
    { ...common, network: linear({ depth: 2 }), init: start },
    { ...common, network: linear({ depth: 3, widths: [6, 2] }), init: balanced({ scale: 0.01 }) },
  ]) {
    const widths = config.network.widths as number[] | undefined
    const rank = widths ? 2 : 1
    const { predicted, measured, bound } = await solved(config)
    for (const column of columnsOf(measured).filter((name) => /^(loss|singularValue)/.test(name)))
      expect([column, distance(predicted, measured, column) <= bound(column)]).toEqual([column, true])
    expect(Math.max(...predicted.trajectory.column(`singularValue${rank + 1}`))).toBeLessThan(1e-12)
  }
})

it('is far from layers that are not balanced, when insisted on, and from another depth', async () => {
  const [, loss, time] = lossSpecs[1]!
  const common = { seed: 5, loss, probes: watched, until: { time }, record }
  const config = { ...common, network: linear({ depth: 3 }), init: gaussian({ deviation: 0.3 }) }
  const { predicted, measured, bound } = await solved(config, true)
  for (const column of ['loss', 'singularValue1'])
    expect(distance(predicted, measured, column)).toBeGreaterThan(10 * bound(column))

  const init = balanced({ target: lowRank({ rows: 5, columns: 6, rank: 5 }) })
  const deep = await solved({ ...common, network: linear({ depth: 3 }), init })
  const shallow = await solved({ ...common, network: linear({ depth: 2 }), init })
  expect(deep.predicted.trajectory.column('loss')[0]).toBeCloseTo(
    shallow.measured.trajectory.column('loss')[0]!,
    9,
  )
  expect(distance(deep.predicted, shallow.measured, 'loss')).toBeGreaterThan(
    100 * (deep.bound('loss') + shallow.bound('loss')),
  )
})

describe('closed forms', () => {
  it('layers of zeros stay where they are; one layer of zeros does not', async () => {
    for (const depth of [1, 2, 3]) {
      const { config, problem } = await alive({
        loss: whitened({
          target: values({
            data: [
              [3, 0],
              [0, 1],
            ],
          }),
        }),
        network: linear({ depth }),
        init: identity,
        dynamics: gradientFlow,
        probes: [probes.singularValues(1)],
        until: { time: 2 },
        record: { samples: 4 },
      })
      problem.start.vector.data.fill(0)
      const run = await drained(foreseen(theory.predict(config, problem, { tolerance: 1e-8 })).frames)
      const { exp } = problem.objective.engine
      run.trajectory.column('singularValue1').forEach((sigma, i) => {
        const t = run.trajectory.positions[i]!
        expect(Math.abs(sigma - (depth === 1 ? 3 * (1 - exp(-t)) : 0))).toBeLessThan(1e-6)
      })
      expect(run.stopped.reason).toBe('horizon')
    }
  })

  it('σ̇ = 2σ(λ − σ) of depth 2 is the logistic function (Saxe, McClelland, Ganguli 2014, eq. 5)', async () => {
    const [lambda, start] = [3, 1e-6]
    const run = await predictedRun(
      {
        loss: whitened({ target: values({ data: [[lambda]] }) }),
        network: linear({ depth: 2 }),
        init: identity({ scale: start }),
        dynamics: gradientFlow(),
        probes: [probes.singularValues(1)],
        until: { time: 6 },
        record: { samples: 100 },
      },
      { tolerance: 1e-8 },
    )
    const { exp } = await loadEngine()
    const sigma = run.trajectory.column('singularValue1')
    run.trajectory.positions.forEach((t, i) => {
      const exact = lambda / (1 + (lambda / start - 1) * exp(-2 * lambda * t))
      expect(Math.abs(sigma[i]! - exact)).toBeLessThan(1e-6 * exact)
    })
    expect(sigma.at(-1)).toBeGreaterThan(2.9)
  })
})

it('is approached by gradient descent at the order of its step size', async () => {
  const [, loss, time] = lossSpecs[0]!
  const errors: number[] = []
  for (const stepSize of [8e-3, 4e-3, 2e-3, 1e-3]) {
    const config: ConfigInput = {
      seed: 5,
      loss,
      network: linear({ depth: 3 }),
      init: balanced({ scale: 0.01 }),
      dynamics: gradientDescent({ stepSize }),
      probes: watched,
      until: { steps: Math.round(time / stepSize) },
      record,
    }
    const [predicted, measured] = [await predictedRun(config, { tolerance: 1e-5 }), await simulate(config)]
    expect(predicted.trajectory.clock).toBe('steps')
    expect(predicted.trajectory.positions).toEqual(measured.trajectory.positions)
    errors.push(distance(predicted, measured, 'singularValue1'))
  }
  const ratios = errors.slice(1).map((finer, i) => errors[i]! / finer)
  for (const ratio of ratios.slice(1)) {
    expect(ratio).toBeGreaterThan(1.8)
    expect(ratio).toBeLessThan(2.2)
  }
})
