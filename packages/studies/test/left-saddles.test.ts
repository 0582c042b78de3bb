import fc from 'fast-check'
import {
  type Accounts,
  balanced,
  type Config,
  completion,
  gradientDescent,
  gradientFlow,
  heavyBall,
  identity,
  linear,
  loadEngine,
  lowRank,
  lp,
  makeTrajectory,
  probes,
  simulate,
  spectrum,
  type Trajectory,
  values,
  whitened,
} from 'linnet'
import { describe, expect, it } from 'vitest'
import { learnedModes } from '../src/learned-modes.ts'
import { leftSaddles } from '../src/left-saddles.ts'

/** Of a flow that recorded this. */
function ofFlow(trajectory: Trajectory) {
  const config = { dynamics: gradientFlow() } as Config
  return leftSaddles({ config, trajectory, accounts: { stepSquares: [] } as unknown as Accounts })
}

function falling(positions: readonly number[], loss: (t: number) => number) {
  const column = { name: 'loss', symbol: '', help: '' }
  return makeTrajectory(
    'time',
    Float64Array.from(positions),
    [column],
    [Float64Array.from(positions, (t) => loss(t))],
  )
}

function grid(end: number, samples: number): number[] {
  return Array.from({ length: samples + 1 }, (_, i) => (end * i) / samples)
}

/** The first σ/s at which −dφ/dt = nσ^{2−2/n}(s − σ)² is half of its maximum, by bisection. */
function leavingShare(depth: number): number {
  const exponent = 2 - 2 / depth
  const speed = (u: number) => u ** exponent * (1 - u) ** 2
  const fastest = exponent / (exponent + 2)
  let [low, high] = [0, fastest]
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (speed(middle) < speed(fastest) / 2) low = middle
    else high = middle
  }
  return low
}

/** σ(t) of one mode at depth 2 from `start` to `s`: Saxe, McClelland, Ganguli 2014, eq. (8), for dσ/dt = 2σ(s − σ). */
const logistic = (s: number, start: number, t: number) => {
  const grown = Math.exp(2 * s * t)
  return (s * grown) / (grown - 1 + s / start)
}
/** Its inverse. */
const timeOf = (s: number, start: number, sigma: number) =>
  Math.log((sigma * (s - start)) / (start * (s - sigma))) / (2 * s)

describe('one mode at depth 2, in closed form', () => {
  const [s, start] = [3, 1e-4]
  const loss = (t: number) => (s - logistic(s, start, t)) ** 2 / 2

  it('leaves the origin where the speed is half of its greatest', () => {
    expect(leavingShare(2)).toBeCloseTo(0.089, 3)
    const [saddle, ...others] = ofFlow(falling(grid(5, 4000), loss))
    expect(others).toEqual([])
    expect(saddle!.position).toBeCloseTo(timeOf(s, start, leavingShare(2) * s), 3)
    expect(saddle!.loss).toBeCloseTo(s ** 2 / 2, 2)
  })

  it('and 200 samples find the same to a sample', () => {
    const [saddle] = ofFlow(falling(grid(5, 200), loss))
    expect(Math.abs(saddle!.position - timeOf(s, start, leavingShare(2) * s))).toBeLessThan(5 / 200)
  })

  it('started beyond its fastest it has none to leave', () => {
    const late = (t: number) => (s - logistic(s, 0.34 * s, t)) ** 2 / 2
    expect(ofFlow(falling(grid(5, 4000), late))).toEqual([])
  })
})

it('modes far apart leave one saddle each, at the height of what is still to be learned', () => {
  const modes = [4, 1, 0.25]
  const start = 1e-6
  const loss = (t: number) => modes.reduce((sum, s) => sum + (s - logistic(s, start, t)) ** 2 / 2, 0)
  const saddles = ofFlow(falling(grid(60, 6000), loss))
  expect(saddles).toHaveLength(2)
  // The third is a thirty-second of a percent of the whole fall, less than a hundredth of it.
  for (const [i, { position }] of saddles.entries())
    expect(position).toBeCloseTo(timeOf(modes[i]!, start, leavingShare(2) * modes[i]!), 1)
  expect(saddles.map((one) => one.loss)).toEqual([expect.closeTo(8.53, 1), expect.closeTo(0.53, 1)])
})

describe('negative control: a convex landscape has no saddle', () => {
  it('no sum of decaying exponentials leaves one, however it is sampled', () => {
    const term = fc.tuple(
      fc.double({ min: 0.01, max: 10, noNaN: true }),
      fc.double({ min: 0.01, max: 10, noNaN: true }),
    )
    const steps = fc.array(fc.double({ min: 0.01, max: 2, noNaN: true }), { minLength: 3, maxLength: 60 })
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 5 }), steps, (terms, given) => {
        const positions = [0]
        for (const step of given) positions.push(positions.at(-1)! + step)
        const loss = (t: number) => terms.reduce((sum, [a, rate]) => sum + a * Math.exp(-2 * rate * t), 0)
        expect(ofFlow(falling(positions, loss))).toEqual([])
      }),
    )
  })

  it.each([0.05, 0.3, 0.6])('depth 1, steps of %d: none', async (stepSize) => {
    const { saddles } = await simulated({ depth: 1, dynamics: gradientDescent({ stepSize }) })
    expect(saddles).toEqual([])
  })

  it.each([0.002, 0.01, 0.019, 0.022])(
    'nor has the fourth power at depth 1, steps of %d',
    async (stepSize) => {
      const run = await simulate(
        {
          loss: lp({
            power: 4,
            inputs: values({
              data: [
                [1, 0],
                [0, 1],
              ],
            }),
            targets: values({ data: [[10, 1]] }),
            normalisation: 'perPower',
          }),
          network: linear({ depth: 1 }),
          init: balanced({ target: values({ data: [[0.5, 0.05]] }) }),
          dynamics: gradientDescent({ stepSize }),
          probes: [probes.loss()],
          until: { steps: 2000 },
          record: { samples: 2000 },
        },
        { engine },
      )
      // With the longest the first steps gain less than those after them: they overshoot.
      const [first, second, third] = run.trajectory.column('loss')
      expect(first! - second! < second! - third!).toBe(stepSize > 0.02)
      expect(leftSaddles(run)).toEqual([])
    },
  )

  it('from the same start depth 3 leaves one', async () => {
    const { saddles } = await simulated({ depth: 3, dynamics: gradientDescent({ stepSize: 0.01 }) })
    expect(saddles.length).toBeGreaterThan(0)
  })
})

describe('runs', () => {
  it.each([2, 3])(
    'depth %d, modes far apart: each is left before its mode is half learned',
    async (depth) => {
      const { saddles, modes, run } = await simulated({ depth, dynamics: gradientFlow() })
      expect(modes).toHaveLength(3)
      expect(saddles).toHaveLength(3)
      // Where mode r has come to its share u, theorem 3 says that mode's part of the speed is half of its greatest.
      const first = run.trajectory.column('singularValue1')
      const at = run.trajectory.positions.findIndex((position) => position >= saddles[0]!.position)
      expect(first[at]! / 9).toBeCloseTo(leavingShare(depth), 1)
      for (const [i, { position }] of saddles.entries()) {
        expect(position).toBeLessThan(modes[i]!.position)
        if (i > 0) expect(position).toBeGreaterThan(modes[i - 1]!.position)
      }
    },
  )

  it('depth 3 completing a matrix: one saddle a mode', async () => {
    const run = await simulate(
      {
        loss: completion({
          truth: lowRank({ rows: 20, columns: 20, rank: 2, frobenius: 20 }),
          observed: 200,
          normalisation: 'half',
        }),
        network: linear({ depth: 3 }),
        init: identity({ scale: 1e-3 }),
        dynamics: gradientFlow(),
        probes: [probes.loss()],
        until: { time: 10 },
        record: { samples: 400 },
        seed: 1,
      },
      { engine },
    )
    expect(leftSaddles(run)).toHaveLength(2)
  })

  it('nothing is said of momentum, of a run without its loss, or beyond the first rise of the loss', async () => {
    const { run } = await simulated({ depth: 3, dynamics: heavyBall({ stepSize: 0.01, momentum: 0.9 }) })
    expect(leftSaddles(run)).toEqual([])
    expect(ofFlow(makeTrajectory('time', Float64Array.of(0, 1), [], []))).toEqual([])
    const waits = [8, 7.999, 7.99, 5, 1, 0.5, 0.49]
    const trajectory = (losses: readonly number[]) => falling(grid(6, 6), (t) => losses[Math.round(t)]!)
    expect(ofFlow(trajectory(waits))).toHaveLength(1)
    expect(ofFlow(trajectory([8, 8.1, ...waits.slice(1, 6)]))).toEqual([])
    // A thousandth is a rise, rounding on the plateau is none.
    expect(ofFlow(trajectory([8, 8.008, ...waits.slice(1, 6)]))).toEqual([])
    expect(ofFlow(trajectory([8, 8 + 1e-12, ...waits.slice(1, 6)]))).toHaveLength(1)
  })

  it('of few samples: a line to the fastest of them, and the last one counts', () => {
    const few = (losses: readonly number[]) => {
      const positions = grid(losses.length - 1, losses.length - 1)
      return ofFlow(falling(positions, (t) => losses[Math.round(t)]!))
    }
    // −dφ/dt is 0.1, 5.9, 0.1 at 0.5, 1.5, 2.5.
    expect(few([8, 7.9, 2, 1.9])).toEqual([
      { position: expect.closeTo(0.5 + (5.9 / 2 - 0.1) / (5.9 - 0.1), 12), loss: 8 },
    ])
    expect(few([8, 7.9999, 7.99, 4])).toEqual([
      { position: expect.closeTo(1.5 + (3.99 / 2 - 0.0099) / (3.99 - 0.0099), 12), loss: 8 },
    ])
  })
})

const engine = await loadEngine('strict')

async function simulated({ depth, dynamics }: { depth: number; dynamics: { kind: string } }) {
  const run = await simulate(
    {
      loss: whitened({
        target: spectrum({ rows: 4, columns: 4, singularValues: [9, 3, 1], aligned: true }),
      }),
      network: linear({ depth }),
      init: identity({ scale: 1e-5 }),
      dynamics,
      probes: [probes.loss(), probes.singularValues({ count: 3 })],
      until: dynamics.kind === 'gradientFlow' ? { time: depth === 2 ? 8 : 64 } : { steps: 800 },
      record: { samples: dynamics.kind === 'gradientFlow' ? 6400 : 800 },
      seed: 1,
    },
    { engine },
  )
  return {
    run,
    saddles: leftSaddles(run),
    modes: learnedModes(run.trajectory),
  }
}
