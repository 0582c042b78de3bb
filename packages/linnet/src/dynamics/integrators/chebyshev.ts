import type { Parameters } from '../../networks/network.ts'
import type { Integration } from './integrator.ts'

/** Damping ε of the Chebyshev polynomials: inside the stability interval they stay about 2ε/15 below 1. */
const DAMPING = 2 / 13

/** s stages are stable up to hρ = ⅔(s² − 1)(1 − 2ε/15) ≈ 0.653(s² − 1); the RKC program keeps a little below. */
const STAGES_PER_RADIUS = 1.54

/** Stages that keep a step of length h stable where ∇²φ has spectral radius ρ; order 2 takes two at least. */
export function stagesFor(hTimesRadius: number): number {
  return Math.max(2, 1 + Math.floor(Math.sqrt(STAGES_PER_RADIUS * hTimesRadius + 1)))
}

/** The longest step, times the spectral radius, that so many stages keep stable. */
export function longestFor(stages: number): number {
  return (stages * (stages - 2)) / STAGES_PER_RADIUS
}

/** T_j, T′_j, T″_j at one place by their three-term recursions, j = 1 first. */
class ChebyshevPolynomials {
  #at = 1
  #before = { value: 1, slope: 0, curvature: 0 }
  #now = { value: 1, slope: 1, curvature: 0 }

  start(at: number): void {
    this.#at = at
    set(this.#before, 1, 0, 0)
    set(this.#now, at, 1, 0)
  }

  advance(): void {
    const { value, slope, curvature } = this.#now
    const twice = 2 * this.#at
    const next = this.#before
    set(
      next,
      twice * value - next.value,
      2 * value + twice * slope - next.slope,
      4 * slope + twice * curvature - next.curvature,
    )
    this.#before = this.#now
    this.#now = next
  }

  get value(): number {
    return this.#now.value
  }
  get slope(): number {
    return this.#now.slope
  }
  get curvature(): number {
    return this.#now.curvature
  }
}

function set(triple: { value: number; slope: number; curvature: number }, v: number, s: number, c: number) {
  triple.value = v
  triple.slope = s
  triple.curvature = c
}

/**
 * The s-stage step (Sommeijer, Shampine, Verwer 1997, equations 2.1–2.3, F = −∇φ):
 * Y_1 = Y_0 + μ̃_1 hF_0, Y_j = (1−μ_j−ν_j)Y_0 + μ_j Y_{j−1} + ν_j Y_{j−2} + μ̃_j hF_{j−1} + γ̃_j hF_0.
 */
export function chebyshevStep({ field, from }: Integration) {
  const { engine, network } = field.objective
  const polynomials = new ChebyshevPolynomials()
  const even = network.allocate()
  const odd = network.allocate()
  const gradient = network.allocate()
  const coefficients = [0, 0, 0, 0, 0]
  const terms = [from.theta.vector, odd.vector, even.vector, gradient.vector, from.gradient.vector]
  const firstCoefficients = [1, 0]
  const firstTerms = [from.theta.vector, from.gradient.vector]
  return (out: Parameters, h: number, s: number): void => {
    const w0 = 1 + DAMPING / (s * s)
    polynomials.start(w0)
    for (let j = 2; j <= s; j++) polynomials.advance()
    const w1 = polynomials.slope / polynomials.curvature
    polynomials.start(w0)
    // b_0 = b_1 = b_2 = T″_2/T′_2².
    let b = 1 / (4 * w0 * w0)
    let bBefore = b
    firstCoefficients[1] = -h * b * w1
    engine.combineInto(odd.vector, firstCoefficients, firstTerms)
    let last = odd
    let beforeLast = from.theta
    for (let j = 2; j <= s; j++) {
      const a = 1 - b * polynomials.value
      polynomials.advance()
      const bNext = polynomials.curvature / (polynomials.slope * polynomials.slope)
      const muTilde = (2 * bNext * w1) / b
      field.gradientInto(gradient, last)
      coefficients[1] = (2 * bNext * w0) / b
      coefficients[2] = -bNext / bBefore
      coefficients[0] = 1 - coefficients[1] - coefficients[2]
      coefficients[3] = -h * muTilde
      coefficients[4] = h * a * muTilde
      terms[1] = last.vector
      terms[2] = beforeLast.vector
      const next = j === s ? out : j % 2 === 0 ? even : odd
      engine.combineInto(next.vector, coefficients, terms)
      beforeLast = last
      last = next
      bBefore = b
      b = bNext
    }
  }
}
