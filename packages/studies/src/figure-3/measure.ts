import { firstReached, valueAt } from '../polygon.ts'
import type { Arithmetic, Measurement, StudyRun } from '../study.ts'
import { comparedAt, quantities } from './quantities.ts'
import { depthOf, halfHeight, overlaps, singularValue, stepsOf } from './readings.ts'
import { type Depth, depths, followed, observed, rank, start, stepSize } from './setting.ts'

/** 1 − 1/e: the part of its way that an exponential relaxation goes in one time constant. */
const timeConstantPart = 0.632_120_558_828_557_7

/** Reads every quantity of the table off the runs that are there. */
export function measure(runs: readonly StudyRun[], arithmetic: Arithmetic): Measurement[] {
  const known = new Set(quantities.map(({ id }) => id))
  return runs.flatMap((run) => {
    const depth = depthOf(run) as Depth
    if (!depths.includes(depth)) return []
    const all = [
      ...ofAnyDepth(run, depth),
      ...ownOf(run, depth, growthRate(run, runs), arithmetic),
      ...besideFlow(run, depth, runs),
    ]
    return all.filter(({ quantity }) => known.has(quantity))
  })
}

type Reader = (quantity: string, value: number, predicted?: number) => Measurement

function readerOf({ form, seed }: StudyRun): Reader {
  return (quantity, value, predicted) => ({
    quantity,
    form,
    seed,
    value,
    ...(predicted !== undefined && { predicted }),
  })
}

function last(values: Float64Array): number {
  return values.at(-1) ?? Number.NaN
}

function ofAnyDepth(run: StudyRun, depth: Depth): Measurement[] {
  const read = readerOf(run)
  const at = comparedAt[depth]
  const steps = stepsOf(run)
  const overlap = overlaps(run)
  const errors = run.record.trajectory.column('reconstructionError')
  return [
    read(`reconstructionError${depth}`, Math.min(...errors)),
    read(`plottedError${depth}`, valueAt(steps, errors, at)),
    ...Array.from({ length: rank }, (_, r) =>
      read(`singularValue${r + 1}Depth${depth}`, valueAt(steps, singularValue(run, r + 1), at)),
    ),
    read(`rest${depth}`, valueAt(steps, singularValue(run, rank + 1), at)),
    read(`overlap${depth}`, overlap.reduce((sum, one) => sum + one, 0) / overlap.length),
    read(`worstOverlap${depth}`, Math.max(...overlap)),
  ]
}

/**
 * g = 2σ₁(P_Ω(W*))/m, the steepest descent that W ≈ 0 sees. The observed part of W* is what depth 1 converges to, so its
 * last σ₁ is read off the depth-1 run of the same seed; undefined where there is none.
 */
function growthRate({ seed }: StudyRun, runs: readonly StudyRun[]): number | undefined {
  const shallow = runs.find((run) => run.seed === seed && depthOf(run) === 1)
  return shallow && (2 * last(singularValue(shallow, 1))) / observed
}

function ownOf(run: StudyRun, depth: Depth, g: number | undefined, arithmetic: Arithmetic): Measurement[] {
  const read = readerOf(run)
  const largest = singularValue(run, 1)
  const final = last(largest)
  if (depth === 1) {
    const level = largest[0]! + timeConstantPart * (final - largest[0]!)
    return [
      read('asymptote1', final),
      read('timeConstant1', firstReached(stepsOf(run), largest, level), observed / (2 * stepSize)),
    ]
  }
  if (depth === 2) {
    const predicted = g && arithmetic.log(final / start) / (2 * g * stepSize)
    return [read('escape2', halfHeight(run, 1), predicted)]
  }
  const predicted = g && arithmetic.pow(start, -1 / 3) / (g * stepSize)
  return Array.from({ length: rank }, (_, r) =>
    read(`escape3Mode${r + 1}`, halfHeight(run, r + 1), r === 0 ? predicted : undefined),
  )
}

/** A descent beside the flow of the same depth and seed. */
function besideFlow(run: StudyRun, depth: Depth, runs: readonly StudyRun[]): Measurement[] {
  if (run.form !== 'descent') return []
  const flow = runs.find((one) => one.form === 'flow' && one.seed === run.seed && depthOf(one) === depth)
  if (!flow) return []
  const read = readerOf(run)
  const differences = Array.from({ length: followed }, (_, r) =>
    Math.abs(last(singularValue(run, r + 1)) - last(singularValue(flow, r + 1))),
  )
  return [
    read(`shift${depth}`, halfHeight(run, 1) - halfHeight(flow, 1)),
    read(`distance${depth}`, Math.max(...differences) / last(singularValue(flow, 1))),
  ]
}
