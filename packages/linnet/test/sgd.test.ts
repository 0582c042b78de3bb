import { beforeAll, describe, expect, it } from 'vitest'
import { composedObjective, type Objective } from '../src/dynamics/objective.ts'
import { sgd } from '../src/dynamics/sgd.ts'
import {
  type Engine,
  gaussianMatrix,
  InputError,
  loadEngine,
  type Parameters,
  squared,
} from '../src/index.ts'
import { linearNetwork } from '../src/networks/linear.ts'
import { makeLoss, normalWeights, relativeDistance } from './making.ts'

const SAMPLES = 10

let engine: Engine
let objective: Objective
let start: Parameters
beforeAll(async () => {
  engine = await loadEngine()
  const loss = makeLoss(
    engine,
    squared({
      inputs: gaussianMatrix({ rows: 3, columns: SAMPLES }),
      targets: gaussianMatrix({ rows: 2, columns: SAMPLES, seed: 9 }),
    }),
  )
  objective = composedObjective(engine, loss, linearNetwork(engine, [3, 2, 2]))
  start = normalWeights(engine, objective.network, 'sgd')
  engine.scaleInto(start.vector, 0.5)
})

type Options = Omit<NonNullable<Parameters_<typeof sgd>>, 'stepSize'> & { readonly stepSize?: number }
type Parameters_<F extends (options?: never) => unknown> = F extends (options?: infer O) => unknown
  ? O
  : never

/** A motion together with the batches that it takes. */
function watched(options: Options, stops: { loss?: number } = {}, seed = 1) {
  const batches: number[][] = []
  const spied: Objective = {
    ...objective,
    batchGradientInto(gradient, theta, batch) {
      batches.push(Array.from(batch))
      return objective.batchGradientInto(gradient, theta, batch)
    },
  }
  const motion = sgd.start(sgd.schema.parse({ kind: 'sgd', stepSize: 0.01, ...options }) as never, {
    objective: spied,
    start,
    random: engine.random(seed),
    stops: { divergence: 1e12, ...stops },
  })
  return { motion, batches }
}

const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)
const everySample = Array.from({ length: SAMPLES }, (_, i) => i)

describe('mini-batches', () => {
  it('without replacement meet every sample once an epoch, in an order that is new each time', () => {
    const { motion, batches } = watched({ batchSize: 5 })
    motion.advance(6, 100)
    const epochs = [0, 2, 4].map((first) => [...batches[first]!, ...batches[first + 1]!])
    for (const epoch of epochs) expect(ascending(epoch)).toEqual(everySample)
    expect(epochs[1]).not.toEqual(epochs[0])
    expect(epochs[2]).not.toEqual(epochs[1])
  })

  it('that do not divide the samples leave out the rest of each order', () => {
    const { motion, batches } = watched({ batchSize: 4 })
    motion.advance(4, 100)
    expect(batches.map((batch) => batch.length)).toEqual([4, 4, 4, 4])
    expect(new Set([...batches[0]!, ...batches[1]!]).size).toBe(8)
    expect(new Set([...batches[2]!, ...batches[3]!]).size).toBe(8)
  })

  it('with replacement are drawn afresh, different samples within a batch', () => {
    const { motion, batches } = watched({ batchSize: 5, replacement: true })
    motion.advance(40, 100)
    for (const batch of batches) expect(new Set(batch).size).toBe(5)
    const counts = everySample.map((i) => batches.filter((batch) => batch.includes(i)).length)
    // 40 draws of half of the samples: 20 each, deviation √10.
    for (const count of counts) expect(Math.abs(count - 20)).toBeLessThan(13)
    // Without replacement two batches in a row would always be all samples.
    const pairs = batches.slice(0, 20).map((_, k) => [...batches[2 * k]!, ...batches[2 * k + 1]!])
    expect(pairs.some((pair) => new Set(pair).size < SAMPLES)).toBe(true)
  })

  it.each([false, true])('have the full gradient as their mean (replacement: %s)', (replacement) => {
    const count = 900
    const { motion, batches } = watched({ batchSize: 3, replacement, stepSize: 1e-6 })
    motion.advance(count, Number.POSITIVE_INFINITY)
    expect(batches.length).toBe(count)
    const full = objective.network.allocate()
    const gradient = objective.network.allocate()
    objective.gradientInto(full, start)
    const draws = batches.map((batch) => {
      objective.batchGradientInto(gradient, start, Int32Array.from(batch))
      return Array.from(gradient.vector.data)
    })
    for (const [e, exact] of full.vector.data.entries()) {
      const mean = draws.reduce((sum, draw) => sum + draw[e]!, 0) / count
      const variance = draws.reduce((sum, draw) => sum + (draw[e]! - mean) ** 2, 0) / (count - 1)
      // Four standard errors; batches of one epoch exclude each other, so that without replacement the mean is closer still.
      expect(Math.abs(mean - exact)).toBeLessThan(4 * Math.sqrt(variance / count))
    }
  })

  it('of all samples are gradient descent', () => {
    const { motion } = watched({ batchSize: SAMPLES })
    motion.advance(50, 100)
    const theta = objective.network.allocate()
    const gradient = objective.network.allocate()
    engine.copyInto(theta.vector, start.vector)
    for (let step = 0; step < 50; step++) {
      objective.gradientInto(gradient, theta)
      engine.combineInto(theta.vector, [1, -0.01], [theta.vector, gradient.vector])
    }
    // 50 steps whose sums run over the samples in another order.
    expect(relativeDistance(motion.state.vector.data, theta.vector.data)).toBeLessThan(1e-13)
  })
})

describe('the path', () => {
  it('does not depend on how it is cut', () => {
    const whole = watched({ batchSize: 3, momentum: 0.5 })
    whole.motion.advance(60, Number.POSITIVE_INFINITY)
    const pieces = watched({ batchSize: 3, momentum: 0.5 })
    for (const target of [1, 4, 33, 60])
      while (pieces.motion.position < target) pieces.motion.advance(target, 2)
    expect(Array.from(pieces.motion.state.vector.data)).toEqual(Array.from(whole.motion.state.vector.data))
    expect(pieces.batches).toEqual(whole.batches)
  })

  it('depends on the seed', () => {
    const runs = [1, 2].map((seed) => {
      const { motion, batches } = watched({ batchSize: 3 }, {}, seed)
      motion.advance(3, 100)
      return batches
    })
    expect(runs[0]).not.toEqual(runs[1])
  })
})

describe('limits', () => {
  it('are held against all samples, at the start of an epoch', () => {
    const plain = watched({ batchSize: 5, stepSize: 0.1 })
    const losses: number[] = []
    for (let step = 0; step < 200; step++) {
      losses.push(objective.value(plain.motion.state))
      plain.motion.advance(step + 1, 100)
    }
    const limit = losses[100]! * 1.0001
    const expected = losses.findIndex((loss, step) => step % 2 === 0 && loss <= limit)
    const { motion } = watched({ batchSize: 5, stepSize: 0.1 }, { loss: limit })
    const halt = motion.advance(1000, Number.POSITIVE_INFINITY)
    expect(halt?.reason).toBe('loss')
    expect(motion.position).toBe(expected)
  })

  it('a batch larger than the data is refused in words', () => {
    expect(() => watched({ batchSize: 11 })).toThrow(InputError)
    expect(() => watched({ batchSize: 11 })).toThrow('batchSize is 11, but the loss has 10 samples')
  })
})
