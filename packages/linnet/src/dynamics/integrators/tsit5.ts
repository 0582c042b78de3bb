import { proportionalIntegral } from './controller.ts'
import { type Integration, type Integrator, type Stepper, tableauRow } from './integrator.ts'

/** a_ij of stages 2 … 7; the last row is also b (first same as last). */
export const stages: readonly (readonly number[])[] = [
  [0.161],
  [-0.008480655492356989, 0.335480655492357],
  [2.8971530571054935, -6.359448489975075, 4.3622954328695815],
  [5.325864828439257, -11.748883564062828, 7.4955393428898365, -0.09249506636175525],
  [5.86145544294642, -12.92096931784711, 8.159367898576159, -0.071584973281401, -0.028269050394068383],
  [0.09646076681806523, 0.01, 0.4798896504144996, 1.379008574103742, -3.290069515436081, 2.324710524099774],
]

/** b − b̂: the difference to the embedded solution of order 4. */
export const errorWeights: readonly number[] = [
  -0.001780011052225777, -0.0008164344596567469, 0.007880878010261995, -0.1447110071732629,
  0.5823571654525552, -0.45808210592918697, 0.015151515151515152,
]

/** b_i(x) of the dense output: coefficients of x, x², x³, x⁴. */
export const denseWeights: readonly (readonly [number, number, number, number])[] = [
  [1, -2.763706197274826, 2.9132554618219126, -1.0530884977290216],
  [0, 0.1317, -0.2234, 0.1017],
  [0, 3.9302962368947516, -5.941033872131505, 2.490627285651253],
  [0, -12.411077166933676, 30.33818863028232, -16.548102889244902],
  [0, 37.50931341651104, -88.1789048947664, 47.37952196281928],
  [0, -27.896526289197286, 65.09189467479366, -34.87065786149661],
  [0, 1.5, -4, 2.5],
]

/** Exponents 7/50 and 2/25: the usual choice for pairs of orders 5 and 4. */
const control = { order: 5, safety: 0.9, least: 0.2, most: 10, proportional: 0.14, integral: 0.08 }

function create({ field, from, to, absolute, relative }: Integration): Stepper {
  const { engine, network } = field.objective
  const inner = Array.from({ length: 5 }, () => network.allocate())
  const gradients = [from.gradient, ...inner, to.gradient].map((one) => one.vector)
  const rows = stages.map((weights) => tableauRow(engine, from.theta.vector, weights, gradients))
  const errorRow = tableauRow(engine, undefined, errorWeights, gradients)
  const argument = network.allocate()
  const error = network.allocate().vector
  const controller = proportionalIntegral(engine, control)
  const denseCoefficients = [1, ...gradients.map(() => 0)]
  const denseTerms = [from.theta.vector, ...gradients]
  let length = 0
  return {
    longest: () => Number.POSITIVE_INFINITY,
    cost: () => 6,
    attempt(h) {
      length = h
      for (let i = 0; i < 5; i++) {
        rows[i]!(argument.vector, h)
        field.gradientInto(inner[i]!, argument)
      }
      rows[5]!(to.theta.vector, h)
      field.complete(to)
      errorRow(error, h)
      return engine.errorNorm(error, from.theta.vector, to.theta.vector, absolute, relative)
    },
    accept() {},
    localError: () => engine.norm(error),
    stepAfter: controller.stepAfter,
    restart: controller.restart,
    interpolateInto(out, x) {
      for (let i = 0; i < denseWeights.length; i++) {
        const [c1, c2, c3, c4] = denseWeights[i]!
        denseCoefficients[i + 1] = -length * x * (c1 + x * (c2 + x * (c3 + x * c4)))
      }
      engine.combineInto(out.vector, denseCoefficients, denseTerms)
    },
  }
}

export const tsit5 = {
  kind: 'tsit5',
  title: 'Tsitouras 5(4)',
  symbol: '\\mathrm{Tsit5}',
  help: 'order 5, six gradients a step, free dense output of order 4: loose to middling tolerances where nothing is stiff',
  source: 'Tsitouras 2011, Computers & Mathematics with Applications 62(2), 770–775',
  order: 5,
  denseOrder: 4,
  stages: 6,
  stability: 3.5068,
  create,
} satisfies Integrator
