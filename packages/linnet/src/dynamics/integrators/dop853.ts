import { proportionalIntegral } from './controller.ts'
import { denseRows, denseStages, errorFive, errorThree, solution, stages } from './dop853-tableau.ts'
import { type Integration, type Integrator, type Stepper, tableauRow } from './integrator.ts'

/** DOP853's own controller with β = 0.03: exponents 1/8 − β/5 and β. Fewer refusals where modes rise and steps shrink. */
const control = { order: 8, safety: 0.9, least: 1 / 3, most: 6, proportional: 0.119, integral: 0.03 }

/** Weight of the third-order estimate in the mixed one (Hairer, Nørsett, Wanner 1993, II.5, equation 5.23). */
const THIRD_ORDER_SHARE = 0.01

/** error₅²/√(error₅² + error₃²/100): of order 8 where the step is small, careful where it is not. */
function mixed(five: number, three: number): number {
  const square = five * five + THIRD_ORDER_SHARE * three * three
  return square === 0 ? 0 : (five * five) / Math.sqrt(square)
}

function create({ field, from, to, absolute, relative }: Integration): Stepper {
  const { engine, network } = field.objective
  const allocate = (count: number) => Array.from({ length: count }, () => network.allocate())
  const inner = allocate(11)
  const dense = allocate(3)
  const gradients = [from.gradient, ...inner, to.gradient, ...dense].map((one) => one.vector)
  const start = from.theta.vector
  const rows = stages.map((weights) => tableauRow(engine, start, weights, gradients))
  const solutionRow = tableauRow(engine, start, solution, gradients)
  const fiveRow = tableauRow(engine, undefined, errorFive, gradients)
  const threeRow = tableauRow(engine, undefined, errorThree, gradients)
  const denseArguments = denseStages.map((weights) => tableauRow(engine, start, weights, gradients))
  const argument = network.allocate()
  const five = network.allocate().vector
  const three = network.allocate().vector
  const controller = proportionalIntegral(engine, control)
  const output = denseOutput(gradients.length)
  const outputTerms = [start, to.theta.vector, ...output.used.map((i) => gradients[i]!)]
  let length = 0
  let denseReady = false

  return {
    longest: () => Number.POSITIVE_INFINITY,
    cost: () => 12,
    attempt(h) {
      length = h
      denseReady = false
      for (let i = 0; i < inner.length; i++) {
        rows[i]!(argument.vector, h)
        field.gradientInto(inner[i]!, argument)
      }
      solutionRow(to.theta.vector, h)
      fiveRow(five, h)
      threeRow(three, h)
      const a = from.theta.vector
      const b = to.theta.vector
      return mixed(
        engine.errorNorm(five, a, b, absolute, relative),
        engine.errorNorm(three, a, b, absolute, relative),
      )
    },
    accept: () => field.complete(to),
    localError: () => mixed(engine.norm(five), engine.norm(three)),
    stepAfter: controller.stepAfter,
    restart: controller.restart,
    interpolateInto(out, x) {
      if (!denseReady) {
        for (let i = 0; i < dense.length; i++) {
          denseArguments[i]!(argument.vector, length)
          field.gradientInto(dense[i]!, argument)
        }
        denseReady = true
      }
      engine.combineInto(out.vector, output.coefficientsAt(x, length), outputTerms)
    },
  }
}

/**
 * The dense output as one linear combination of both ends and the stages. With p_1 = x, p_2 = x(1−x), p_3 = x²(1−x), … it is
 * θ_0 + p_1 Δ + p_2 (hf_0 − Δ) + p_3 (2Δ − hf_0 − hf_1) + Σ_{k≥4} p_k h d_k·f, where Δ = θ_1 − θ_0 and f = −∇φ.
 */
function denseOutput(count: number) {
  const weights = Array.from({ length: count }, () => 0)
  const used = weights
    .map((_, i) => i)
    .filter((i) => i === 0 || i === 12 || denseRows.some((row) => row[i] !== 0))
  const coefficients = [0, 0, ...used.map(() => 0)]
  return {
    used,
    coefficientsAt(x: number, h: number): readonly number[] {
      const y = 1 - x
      const p2 = x * y
      const p3 = x * p2
      coefficients[1] = x - p2 + 2 * p3
      coefficients[0] = 1 - coefficients[1]
      for (let k = 0; k < used.length; k++) {
        const i = used[k]!
        let sum = i === 0 ? p2 - p3 : i === 12 ? -p3 : 0
        let power = p3
        for (let row = 0; row < denseRows.length; row++) {
          power *= row % 2 === 0 ? y : x
          sum += power * denseRows[row]![i]!
        }
        coefficients[k + 2] = -h * sum
      }
      return coefficients
    },
  }
}

export const dop853 = {
  kind: 'dop853',
  title: 'Dormand–Prince 8(5,3)',
  symbol: '\\mathrm{DOP853}',
  help: 'order 8, twelve gradients a step, dense output of order 7 (three more where asked): tight tolerances where nothing is stiff',
  source: 'Hairer, Nørsett, Wanner 1993, Solving Ordinary Differential Equations I, II.5–II.6',
  order: 8,
  denseOrder: 7,
  stages: 12,
  stability: 6.3936,
  create,
} satisfies Integrator
