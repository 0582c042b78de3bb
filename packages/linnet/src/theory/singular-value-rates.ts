import type { Parameters } from '../networks/network.ts'
import type { Point } from './point.ts'
import { spectrumRoundOff } from './round-off.ts'

/** Rates of singular values that owe nothing to a formula for them. */
export interface DifferentiatedRates {
  /** dσ_r/dt along gradient flow, one a mode, meaningful where followed. */
  readonly rates: Float64Array
  /** Bounds on the errors of the followed rates. */
  readonly errors: Float64Array
  /** Whether σ_r stands far enough from its neighbours and from 0 to be followed. */
  readonly followed: readonly boolean[]
}

/** The step moves no layer by more than this share of its norm: truncation errors are then about its fourth power. */
const RELATIVE_STEP = 1e-3

/**
 * A singular value is followed when W moves by less than this share of its distance to the next one and to 0: the third derivative
 * of σ_r, which the error estimate rests on, is of order ‖Ẇ‖³/gap².
 */
const SHARE_OF_GAP = 0.01

/**
 * The derivative of the singular values of W (`values`, descending; the rest of W is 0) along θ̇ = −∇φ, from the given weights, with
 * G of the point: a derivative depends on the direction alone, so straight lines θ ± h∇φ do. Central differences at h and h/2,
 * extrapolated (Richardson); their difference, which is the truncation error of the coarser one, bounds what is left together
 * with the term of fourth order, and round-off of the singular values is divided by h.
 */
export function differentiatedRates(
  point: Point,
  weights: Parameters,
  values: Float64Array,
): DifferentiatedRates {
  const count = values.length
  const { engine, objective, W, G, layerNorms, productError, depth } = point
  const gradient = objective.network.allocate()
  objective.network.pullbackInto(gradient, weights, G)
  const speed = gradient.layers.reduce(
    (most, layer, j) => Math.max(most, engine.norm(layer) / layerNorms[j]!),
    0,
  )
  const none = {
    rates: new Float64Array(count),
    errors: new Float64Array(count),
    followed: Array.from({ length: count }, () => false),
  }
  if (!(speed > 0) || !Number.isFinite(speed)) return none
  const h = RELATIVE_STEP / speed
  const coarse = centralDifference(point, weights, gradient, h, count)
  const fine = centralDifference(point, weights, gradient, h / 2, count)
  const moved = h * engine.norm(point.velocity)
  const followed = none.followed.map((_, r) => moved <= SHARE_OF_GAP * gap(values, r))
  const size = layerNorms.reduce((product, norm) => product * norm, 1)
  const roundOff = (depth * productError + spectrumRoundOff(Math.max(W.rows, W.columns))) * size
  return {
    rates: fine.map((rate, r) => rate + (rate - coarse[r]!) / 3),
    errors: fine.map((rate, r) => {
      const share = moved / gap(values, r) + RELATIVE_STEP
      const fourthOrder = share * share * share * share * engine.norm(point.velocity)
      return Math.abs(rate - coarse[r]!) + fourthOrder + (AMPLIFICATION * roundOff) / h
    }),
    followed,
  }
}

/** Round-off of (4·fine − coarse)/3 in units of (round-off of a singular value)/h: (4·2 + 1)/3. */
const AMPLIFICATION = 3

/** (σ_r(θ − h∇φ) − σ_r(θ + h∇φ))/(2h). */
function centralDifference(
  point: Point,
  weights: Parameters,
  gradient: Parameters,
  h: number,
  count: number,
): Float64Array {
  const [ahead, behind] = [-h, h].map((step) => singularValuesAt(point, weights, gradient, step)) as [
    Float64Array,
    Float64Array,
  ]
  return Float64Array.from({ length: count }, (_, r) => (ahead[r]! - behind[r]!) / (2 * h))
}

function singularValuesAt(
  { engine, objective, W }: Point,
  weights: Parameters,
  gradient: Parameters,
  step: number,
): Float64Array {
  const moved = objective.network.allocate()
  engine.combineInto(moved.vector, [1, step], [weights.vector, gradient.vector])
  const product = engine.matrix(W.rows, W.columns)
  objective.network.endToEndInto(product, moved)
  return engine.singularValues(product)
}

/** Distance of σ_r to the nearest other singular value and to 0. */
function gap(values: Float64Array, r: number): number {
  const value = values[r]!
  return Math.min(value, (values[r - 1] ?? Number.POSITIVE_INFINITY) - value, value - (values[r + 1] ?? 0))
}
