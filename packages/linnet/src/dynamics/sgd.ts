import { z } from 'zod'
import type { DescentReport, DescentStops } from '../engine/chain.ts'
import { InputError } from '../input-error.ts'
import type { Parameters } from '../networks/network.ts'
import { entry, type Parsed } from '../registry/entry.ts'
import { composedDescender, type Descender } from './descent.ts'
import { DescentMotion } from './descent-motion.ts'
import type { DynamicsContext } from './dynamics.ts'
import { stepSizeParameter } from './gradient-descent.ts'
import { momentumParameter } from './heavy-ball.ts'

const parameters = {
  stepSize: stepSizeParameter,
  batchSize: z
    .int()
    .min(1)
    .meta({ description: 'samples in a step, at most the number of samples', symbol: 'B', examples: [8] }),
  momentum: momentumParameter(0),
  replacement: z.boolean().default(false).meta({
    description:
      'draw each batch afresh from all samples (different ones within a batch); otherwise every epoch is a new random order, cut into batches',
  }),
}

type SgdSpec = Parsed<typeof parameters>

/**
 * θ ← θ − η∇φ_B(θ) on random batches B of samples, ∇φ_B unbiased. Without replacement (the default) an epoch is a random order
 * of all samples cut into ⌊m/B⌋ batches; the m mod B last ones of each order are left out. The limits on loss and gradient norm
 * are held against the full φ at the start of each epoch; divergence against every batch.
 *
 * `stepSize` is η, `batchSize` is B, `momentum` as for `heavyBall` (default 0), `replacement` false by default: then each batch is drawn
 * afresh from all samples, different ones within a batch.
 *
 * Starting throws an `InputError` when the batch is larger than the number of samples of the loss.
 *
 * Source: Robbins, Monro 1951; Cohen, Razin 2024 (arXiv 2408.13767), section 4.
 *
 * ```ts
 * const loss = squared({ truth: values({ data: [[1, 2]] }), samples: 8 })
 * const dynamics = sgd({ stepSize: 0.05, batchSize: 2 })
 * await simulate({ loss, network: linear, init: identity, dynamics, until: { steps: 20 } })
 * ```
 */
export const sgd = entry(
  {
    kind: 'sgd',
    title: 'Stochastic gradient descent',
    symbol: '\\theta_{t+1} = \\theta_t - \\eta \\nabla\\phi_{B_t}(\\theta_t)',
    help: 'steps on mini-batches; conserves the balance of layers up to η² a step for any noise in the gradient',
    source: 'Robbins, Monro 1951; Cohen, Razin 2024 (arXiv 2408.13767), section 4',
  },
  parameters,
  {
    clock: 'steps' as const,
    start(spec: SgdSpec, context: DynamicsContext) {
      const { stepSize, momentum } = spec
      const method =
        momentum > 0
          ? ({ kind: 'heavyBall', stepSize, momentum } as const)
          : ({ kind: 'gradientDescent', stepSize } as const)
      return new DescentMotion(context, method, stochasticDescender(spec, context))
    },
  },
)

/** Draws one batch after the other. `atEpochStart` tells whether the next one begins an epoch. */
function batchesOf({ batchSize, replacement }: SgdSpec, { objective, random }: DynamicsContext) {
  const { samples } = objective.loss
  if (batchSize > samples)
    throw new InputError(
      `sgd: batchSize is ${batchSize}, but the loss has ${samples} samples; give a whole number from 1 to ${samples}.`,
    )
  const perEpoch = Math.floor(samples / batchSize)
  const batch = new Int32Array(batchSize)
  let order = new Int32Array(0)
  let drawn = 0
  return {
    atEpochStart: () => drawn % perEpoch === 0,
    leftInEpoch: () => perEpoch - (drawn % perEpoch),
    next(): Int32Array {
      const place = drawn % perEpoch
      const source = random.split(replacement ? drawn : Math.floor(drawn / perEpoch))
      drawn++
      if (replacement) return drawBatch(batch, objective, () => source.sample(batchSize, samples).data)
      if (place === 0)
        order = drawBatch(new Int32Array(samples), objective, () => source.permutation(samples).data)
      batch.set(order.subarray(place * batchSize, (place + 1) * batchSize))
      return batch
    },
  }
}

/** Copies a draw out of the engine's memory and frees it there. */
function drawBatch(
  out: Int32Array<ArrayBuffer>,
  { engine }: DynamicsContext['objective'],
  draw: () => Int32Array,
) {
  engine.scoped(() => out.set(draw()))
  return out
}

/** The composed loop over batch gradients, looked at through the full gradient once an epoch. */
function stochasticDescender(spec: SgdSpec, context: DynamicsContext): Descender {
  const { objective } = context
  const batches = batchesOf(spec, context)
  const inner = composedDescender(objective, (gradient, theta) =>
    objective.batchGradientInto(gradient, theta, batches.next()),
  )
  const full = objective.network.allocate()
  let looks = 0
  const lookAt = (theta: Parameters, stops: DescentStops): DescentReport | undefined => {
    looks += 1
    const loss = objective.gradientInto(full, theta)
    const gradientNorm = objective.engine.norm(full.vector)
    const stopped =
      loss <= stops.loss ? 'loss' : gradientNorm <= stops.gradientNorm ? 'gradientNorm' : undefined
    return stopped && { steps: 0, stopped, loss, gradientNorm }
  }
  return {
    stepSquares: inner.stepSquares,
    get looks() {
      return looks
    },
    descend(theta, method, steps, stops) {
      const limited = stops.loss > Number.NEGATIVE_INFINITY || stops.gradientNorm >= 0
      const every = {
        loss: Number.NEGATIVE_INFINITY,
        gradientNorm: Number.NEGATIVE_INFINITY,
        divergence: stops.divergence,
      }
      let report: DescentReport = { steps: 0, stopped: 'steps', loss: Number.NaN, gradientNorm: Number.NaN }
      let taken = 0
      while (taken < steps) {
        const halt = limited && batches.atEpochStart() ? lookAt(theta, stops) : undefined
        if (halt) return { ...halt, steps: taken }
        report = inner.descend(theta, method, Math.min(steps - taken, batches.leftInEpoch()), every)
        taken += report.steps
        if (report.stopped !== 'steps') break
      }
      return { ...report, steps: taken }
    },
  }
}
