import { lp, sharpness, theory } from 'linnet'
import { describe, expect, test } from 'vitest'
import { tour } from '../src/gallery/tour.ts'
import { changed, runLanes, stopOf } from './tour-runs.ts'

describe('every stop', () => {
  test.each(tour.map((stop) => [stop.name, stop] as const))('%s says three sentences', (name, stop) => {
    expect(stop.sentences).toHaveLength(3)
    for (const sentence of stop.sentences) {
      expect(sentence).toMatch(/^[A-Z].*[^.!?]\.$/s)
      expect(sentence.match(/[.!?](\s|$)/g)).toHaveLength(1)
    }
    expect(stop.state.preset).toBe(`tour:${name}`)
    expect(stop.citation).toMatch(/arXiv \d{4}\.\d{5}/)
  })

  test('has a name of its own', () => {
    expect(new Set(tour.map(({ name }) => name)).size).toBe(tour.length)
  })
})

describe('conservation', async () => {
  const { experiment } = stopOf('conservation').state
  const [even, uneven] = await runLanes(experiment)

  test('the first lane is balanced and stays so, the second keeps its imbalance', () => {
    expect(even!.column('unbalancedness')[0]).toBeLessThan(1e-14)
    expect(even!.last('unbalancedness')).toBeLessThan(1e-9)
    const imbalance = uneven!.column('unbalancedness')
    expect(imbalance[0]).toBeGreaterThan(1)
    expect(Math.max(...imbalance.map((one) => Math.abs(one - imbalance[0]!)))).toBeLessThan(1e-8)
  })

  test('both fit the target', () => {
    for (const lane of [even!, uneven!])
      expect(lane.last('loss')).toBeLessThan(0.001 * lane.column('loss')[0]!)
  })

  test('Lemma 1 holds in both, what needs balance in the first alone', () => {
    for (const lane of [even!, uneven!]) expect(lane.certificate('conservation').verdict).toBe('holds')
    for (const statement of ['theorem1', 'corollary1', 'theorem3']) {
      expect(even!.certificate(statement).verdict).toBe('holds')
      expect(uneven!.certificate(statement).verdict).toBe('does not apply')
    }
  })

  test('to try: a larger deviation, a larger imbalance', async () => {
    const [, wider] = await runLanes(changed(experiment, { init: { kind: 'gaussian', deviation: 0.35 } }))
    expect(wider!.last('unbalancedness')).toBeGreaterThan(1.5 * uneven!.last('unbalancedness'))
  })
})

describe('preconditioner', async () => {
  const [lane] = await runLanes(stopOf('preconditioner').state.experiment)
  const { engine } = lane!.run.objective
  const kernel = (depth: number, s: number, t: number) => theory.preconditionerKernel(engine, depth, s, t)
  const sigmas = [4, 3, 2, 1, 0]

  test('the run: depth 3, and its spectrum is that of the kernel', () => {
    expect(lane!.run.objective.network.depth).toBe(3)
    expect(lane!.certificate('corollary1').verdict).toBe('holds')
  })

  test('1 everywhere at depth 1', () => {
    for (const s of sigmas) for (const t of sigmas) expect(kernel(1, s, t)).toBe(1)
  })

  test.each([2, 3, 4, 5])(
    'depth %d: largest where W is largest, zero where both are, rising in between',
    (n) => {
      expect(kernel(n, 4, 4)).toBeCloseTo(n * 4 ** (2 - 2 / n), 10)
      expect(kernel(n, 0, 0)).toBe(0)
      for (const s of sigmas) {
        const along = sigmas.map((t) => kernel(n, s, t))
        expect(along).toEqual([...along].sort((a, b) => b - a))
      }
    },
  )

  test('the formula: the sum over layers', () => {
    const sum = (n: number, s: number, t: number) =>
      Array.from({ length: n }, (_, j) => s ** ((2 * j) / n) * t ** ((2 * (n - 1 - j)) / n)).reduce(
        (a, b) => a + b,
      )
    for (const n of [2, 3, 5]) expect(kernel(n, 3, 2)).toBeCloseTo(sum(n, 3, 2), 10)
  })
})

describe('modes', async () => {
  const { experiment } = stopOf('modes').state
  const lanes = await runLanes(experiment)
  const target = [4, 2, 1]
  const halves = (lane: (typeof lanes)[number]) =>
    target.map((sigma, r) => lane.reached(`singularValue${r + 1}`, sigma / 2))
  /** How much of the next mode is there when one has come half-way. */
  const overlap = (lane: (typeof lanes)[number]) => {
    const at = lane.column('singularValue1').findIndex((value) => value >= 2)
    return lane.column('singularValue2')[at]! / 2
  }

  test('together at depth 1', () => {
    const [first, second, third] = halves(lanes[0]!)
    expect([second, third]).toEqual([first, first])
  })

  test.each([1, 2])('one after another, the strongest first (lane %d)', (lane) => {
    const [first, second, third] = halves(lanes[lane]!)
    expect(second! / first!).toBeGreaterThan(1.5)
    expect(third! / second!).toBeGreaterThan(1.5)
  })

  test('the deeper, the less of the next mode', () => {
    const overlaps = lanes.map(overlap)
    expect(overlaps[0]).toBeGreaterThan(0.45)
    expect(overlaps[1]).toBeLessThan(0.1)
    expect(overlaps[2]).toBeLessThan(0.02)
  })

  test('what has been learned stays: no wobble of the samples between the steps of the solver', () => {
    for (const lane of lanes.slice(1)) {
      const from = lane.run.trajectory.positions.findIndex((position) => position > 6)
      for (const sigma of lane.column('singularValue1').subarray(from))
        expect(Math.abs(sigma - 4)).toBeLessThan(1e-3)
    }
  })

  test('Theorem 3 holds at every depth', () => {
    for (const lane of lanes) expect(lane.certificate('theorem3').verdict).toBe('holds')
  })

  test('to try: a start ten times smaller waits a constant longer, ∛10 times as long, or not', async () => {
    const smaller = await runLanes(
      changed(experiment, { init: { kind: 'identity', scale: 1e-4 }, until: { time: 25 } }),
    )
    const [before, after] = [lanes, smaller].map((all) => all.map((lane) => halves(lane)[0]!))
    expect(Math.abs(after![0]! - before![0]!)).toBeLessThan(0.1)
    // ln(10)/(2·4) more, Saxe et al. 2014.
    expect(after![1]! - before![1]!).toBeCloseTo(Math.log(10) / 8, 1)
    expect(after![2]! / before![2]!).toBeCloseTo(10 ** (1 / 3), 1)
  })
})

describe('steps', async () => {
  const { experiment } = stopOf('steps').state
  const [flow, small, beyond] = await runLanes(experiment)
  const lastQuarter = (loss: Float64Array) => loss.subarray(Math.floor(0.75 * loss.length))
  const withStep = async (stepSize: number, steps = 44) => {
    const dynamics = { kind: 'gradientDescent', stepSize }
    const lanes = await runLanes(changed(experiment, { dynamics, until: { steps } }))
    return lanes.at(-1)!
  }

  test('the imbalance that the flow conserves drifts, the more the larger the step', async () => {
    const middle = await withStep(0.2, 120)
    const large = await withStep(0.45, 54)
    const drifts = [flow, small, middle, large].map((lane) => lane!.last('unbalancedness'))
    expect(drifts[0]).toBeLessThan(1e-9)
    expect(drifts[1]).toBeGreaterThan(1e-3)
    expect(drifts[2]).toBeGreaterThan(2 * drifts[1]!)
    expect(drifts[3]).toBeGreaterThan(1.2 * drifts[2]!)
    expect(flow!.certificate('conservation').verdict).toBe('holds')
    expect(small!.certificate('discreteConservation').verdict).toBe('holds')
  })

  test('the curvature of balanced layers at the minimum is nσ₁^(2−2/n) = 4', () => {
    const { objective } = flow!.run
    const n = objective.network.depth
    expect(n * 2 ** (2 - 2 / n)).toBe(4)
    const theta = objective.network.allocate()
    for (const [j, { data }] of flow!.run.weights.entries()) theta.layers[j]!.data.set(data)
    expect(sharpness(objective, theta).value).toBeCloseTo(4, 2)
  })

  test('above the edge it swings and never gets there, below it settles', async () => {
    expect(Math.min(...lastQuarter(beyond!.column('loss')))).toBeGreaterThan(0.05)
    expect(beyond!.run.stopped.reason).toBe('horizon')
    const settling = await withStep(0.45, 54)
    expect(Math.max(...lastQuarter(settling.column('loss')))).toBeLessThan(0.01)
  })

  test.each([
    [0.48, 'settles'],
    [0.52, 'does not'],
  ])('with η = %d it %s', async (stepSize, end) => {
    const lane = await withStep(stepSize, 400)
    expect(lane.last('loss') < 1e-4).toBe(end === 'settles')
  })

  test('to try: at 0.8 it diverges', async () => {
    expect((await withStep(0.8)).run.stopped.reason).toBe('diverged')
  })
})

describe('acceleration', async () => {
  const { experiment } = stopOf('acceleration').state
  const steps = async (changes: object = {}) =>
    (await runLanes(changed(experiment, changes))).map(({ run }) => run.stopped.position)
  const counts = await steps()

  test('some 5000 steps, and fewer than 1700 at depth 2 and 3: three times as fast', () => {
    const [shallow, ...deep] = counts
    expect(Math.abs(shallow! - 5000)).toBeLessThan(100)
    for (const steps of deep) {
      expect(steps).toBeLessThan(1700)
      expect(steps).toBeGreaterThan(1000)
      expect(shallow! / steps).toBeGreaterThan(3)
    }
  })

  const stepSizes = [0.022, 0.005, 0.0025]
  const alone = async (depth: number, stepSize: number) => {
    const changes = { 'network.depth': depth, 'dynamics.stepSize': stepSize }
    const [lane] = await runLanes({ ...experiment, lanes: [{ label: `depth ${depth}`, changes }] })
    return lane!.run.stopped
  }

  test.each([1, 2, 3])(
    'the step of depth %d is safe: smaller ones are slower, larger ones diverge',
    async (depth) => {
      const largest = stepSizes[depth - 1]!
      expect((await alone(depth, 1.2 * largest)).reason).toBe('diverged')
      for (let k = 1; k < 10; k++) {
        const smaller = await alone(depth, 0.9 ** k * largest)
        expect(smaller.reason).not.toBe('diverged')
        if (depth > 1) expect(smaller.position).toBeGreaterThan(0.98 * counts[depth - 1]!)
      }
    },
  )

  test('depth 1 may take steps up to 2/9.5² = 0.022, and no larger', async () => {
    const edge = 2 / 9.5 ** 2
    expect((await alone(1, 0.999 * edge)).reason).not.toBe('diverged')
    expect((await alone(1, 1.001 * edge)).reason).toBe('diverged')
  })

  test('to try: half the step, twice the time', async () => {
    const [, half] = await steps({ dynamics: { kind: 'gradientDescent', stepSize: 0.0025 } })
    expect(half! / counts[1]!).toBeGreaterThan(1.7)
    expect(half! / counts[1]!).toBeLessThan(2.3)
  })

  test('negative control: without the fourth power the best step of depth 1 needs one step', async () => {
    const loss = lp({ ...(experiment.config.loss as object), power: 2 })
    const [lane] = await runLanes({
      ...changed(experiment, { loss }),
      lanes: [{ label: 'depth 1', changes: { 'network.depth': 1, 'dynamics.stepSize': 1 } }],
    })
    expect(lane!.run.stopped.position).toBe(1)
  })
})

describe('scale', async () => {
  const { experiment } = stopOf('scale').state
  const lanes = await runLanes(experiment)

  test('every start fits what is seen', () => {
    for (const lane of lanes) expect(lane.last('loss')).toBeLessThan(1e-5 * lane.column('loss')[0]!)
  })

  test('from 0.001 two modes and next to nothing else', () => {
    expect(lanes[0]!.last('reconstructionError')).toBeLessThan(1e-3)
    expect(lanes[0]!.last('effectiveRank')).toBeLessThan(2.2)
    expect(lanes[0]!.last('singularValue3')).toBeLessThan(0.01 * lanes[0]!.last('singularValue2'))
  })

  test('from 1 an effective rank near 10, and an error of a fifth of the mean square, which is 1', () => {
    expect(lanes[2]!.last('effectiveRank')).toBeGreaterThan(9)
    expect(lanes[2]!.last('effectiveRank')).toBeLessThan(11)
    expect(lanes[2]!.last('reconstructionError')).toBeGreaterThan(0.18)
    expect(lanes[2]!.last('reconstructionError')).toBeLessThan(0.23)
    const truth = lanes[2]!.run.objective.loss.truth!.data
    expect(truth.reduce((sum, entry) => sum + entry * entry, 0) / truth.length).toBeCloseTo(1, 10)
  })

  test('to try: at depth 1 no start helps', async () => {
    const shallow = await runLanes(changed(experiment, { network: { kind: 'linear', depth: 1 } }))
    for (const lane of shallow) expect(lane.last('reconstructionError')).toBeGreaterThan(0.4)
  })
})
