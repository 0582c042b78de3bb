import type { Parameters } from '../networks/network.ts'
import type { About } from '../registry/entry.ts'
import type { Assumption, Certificate, CertifyOptions, Setting, Statement } from './certificate.ts'
import { momentum } from './controls.ts'
import { titleOf } from './dynamics-title.ts'
import {
  adjacentLayers,
  driftRoundOff,
  type Followed,
  followInvariants,
  invariantsOf,
  pointwiseRoundOff,
} from './invariants.ts'
import type { Point } from './point.ts'
import { difference } from './products.ts'
import { makeStatement, watching } from './statement.ts'
import { type Comparison, conclude, percent } from './verdict.ts'

const about: About = {
  kind: 'discreteConservation',
  title: 'Lemma 1 for finite steps',
  symbol: 'D_j^+-D_j=\\eta^2\\big(g_{j+1}^\\top g_{j+1}-g_jg_j^\\top\\big)',
  help: 'a step along a gradient changes the imbalance by its square only: no first-order term, at any step size',
  source:
    'Du, Hu, Lee 2018 (arXiv 1806.00900), section 3; Arora, Cohen, Golowich, Hu 2019 (arXiv 1810.02281), appendix',
}

/**
 * Dynamics whose every step is θ⁺ = θ − η_t g_t, with g_t the gradient of the loss or of some of its samples, as long as they have no
 * momentum.
 */
const ALONG_GRADIENTS: readonly string[] = ['gradientDescent', 'sgd', 'groupRMSprop', 'heavyBall']

/** What is read from the specs of such dynamics. */
interface Steps {
  readonly stepSize?: number
  readonly momentum?: number
  /** Samples in a mini-batch; absent: all. */
  readonly batchSize?: number
}

/**
 * The exact discrete counterpart of Lemma 1: a step θ⁺ = θ − ηg changes D_j = W_{j+1}ᵀW_{j+1} − W_jW_jᵀ by exactly
 * η²(g_{j+1}ᵀg_{j+1} − g_jg_jᵀ), because W_{j+1}ᵀg_{j+1} = g_jW_jᵀ at any weights and for any loss.
 *
 * Two checks. At every snapshot one step is taken, with the step size of the run and with one that moves the weights by their own
 * norm, so that the identity is seen also where η² is below round-off. And along the path
 * ‖D_j(T) − D_j(0)‖_F ≤ Σ_t η_t²(‖g_{j+1}‖_F² + ‖g_j‖_F²), whose right-hand side the run has summed up.
 */
export const discreteConservation: Statement = makeStatement(
  {
    ...about,
    theorem:
      'W_j^+=W_j-\\eta g_j\\ \\Rightarrow\\ D_j^+-D_j=\\eta^2\\big(g_{j+1}^\\top g_{j+1}-g_jg_j^\\top\\big),\\qquad\\|D_j(T)-D_j(0)\\|_F\\le\\sum_t\\eta_t^2\\big(\\|g_{j+1}\\|_F^2+\\|g_j\\|_F^2\\big)',
    scope: 'path',
    negativeControl: momentum,
  },
  (setting) => {
    const follow = followInvariants()
    const seen = { gradientError: 0 }
    return watching(
      (point, snapshot) => point.engine.scoped(() => check(setting, point, follow(point, snapshot), seen)),
      (checks, options) => summarise(setting, checks, options),
    )
  },
)

function summarise(
  setting: Setting,
  checks: readonly Check[],
  options: CertifyOptions | undefined,
): Certificate {
  const identities = checks.flatMap((one) => one.identities)
  return conclude(
    about,
    {
      assumptions: [stepsAlongGradients(setting), adjacentLayers(setting), smallSteps(checks)],
      findings: [
        {
          comparisons: identities,
          residualOf: '‖θ‖² + η²‖g‖² (identity of one step)',
          toleranceBecause:
            'rounding of the new weights, of the gradient, and of the products of either side',
        },
        {
          comparisons: checks.flatMap(({ drifts }) => drifts),
          residualOf: 'max ‖W_j‖² (drift of D_j)',
          toleranceBecause: 'the summed squares of all steps taken, and rounding in every step',
        },
      ],
      numbers: {
        snapshots: checks.length,
        largestDrift: Math.max(0, ...checks.map(({ absolute }) => absolute)),
        largestIdentityResidual: Math.max(0, ...identities.map(({ residual }) => residual)),
      },
    },
    options,
  )
}

function stepsAlongGradients({ config }: Setting): Assumption {
  const { kind } = config.dynamics
  const { momentum = 0 } = config.dynamics as Steps
  const holds = ALONG_GRADIENTS.includes(kind) && momentum === 0
  return {
    name: 'steps along gradients',
    holds,
    measured: holds ? 1 : 0,
    threshold: 1,
    explanation: holds
      ? `every step of ${titleOf(kind)} goes along one gradient`
      : `${titleOf(kind)}${momentum > 0 ? ` with momentum ${momentum}` : ''} does not move in steps along the gradient at the present weights`,
  }
}

/** Share of max‖W_j‖² that the tolerance of the drift may reach, for the bound to say anything about the drift. */
const ALLOWED_SHARE = 0.1

function smallSteps(checks: readonly Check[]): Assumption {
  const measured = Math.max(0, ...checks.flatMap(({ drifts }) => drifts.map(({ tolerance }) => tolerance)))
  const holds = measured <= ALLOWED_SHARE
  const squares = `the squares of all steps may have moved D_j by ${percent(measured)} of max ‖W_j‖²`
  return {
    name: 'small steps',
    holds,
    measured,
    threshold: ALLOWED_SHARE,
    explanation: holds
      ? squares
      : `${squares}, more than the ${percent(ALLOWED_SHARE)} allowed: take smaller steps, or fewer`,
  }
}

interface Check {
  readonly identities: readonly Comparison[]
  readonly drifts: readonly Comparison[]
  /** Largest ‖D_j − D_j(0)‖_F. */
  readonly absolute: number
}

/** Over all snapshots so far: the largest round-off of W_{j+1}ᵀg_{j+1} − g_jW_jᵀ relative to ‖g‖. */
interface Seen {
  gradientError: number
}

function check(setting: Setting, point: Point, followed: Followed, seen: Seen): Check {
  const { engine, weights, position } = point
  const { gradient, sizeOfG } = gradientOfRun(setting, point)
  const speed = engine.norm(gradient.vector)
  if (speed > 0) seen.gradientError = Math.max(seen.gradientError, pointwiseRoundOff(point, sizeOfG) / speed)
  // Without adjacent layers nothing drifts.
  if (followed.drifts.length === 0)
    return { identities: [], drifts: [{ position, residual: 0, tolerance: 0 }], absolute: 0 }
  const { stepSize = 0 } = setting.config.dynamics as Steps
  const sizes = [stepSize, engine.norm(weights.vector) / speed].filter(
    (size) => size > 0 && Number.isFinite(size),
  )
  return {
    identities: sizes.map((eta) => identityOfStep(point, gradient, sizeOfG, eta)),
    drifts: driftsOf(point, followed, seen),
    absolute: Math.max(0, ...followed.drifts),
  }
}

/**
 * Drifts against the sums of squares, and rounding: every step rounds the whole state once, and D_j responds at first order to the
 * rounding of the gradient, 2Σ_t η_t·(error of g_t) ≤ 2·(relative error)·√(steps·Σ_t η_t²‖g_t‖²) (Cauchy–Schwarz).
 */
function driftsOf(point: Point, followed: Followed, { gradientError }: Seen): Comparison[] {
  const { steps, stepSquares } = followed.snapshot.accounts
  const scale = followed.largestNorm * followed.largestNorm || 1
  const path = Math.sqrt(steps * stepSquares.reduce((sum, square) => sum + square, 0))
  const rounding = driftRoundOff(point, followed, steps) + 2 * gradientError * path
  return followed.drifts.map((drift, j) => ({
    position: point.position,
    residual: drift / scale,
    tolerance: ((stepSquares[j] ?? 0) + (stepSquares[j + 1] ?? 0) + rounding) / scale,
  }))
}

/** The gradient that the run would step along: of the whole loss, or of the first samples where it draws batches. */
function gradientOfRun({ config }: Setting, { engine, objective, weights, W, sizeOfG }: Point) {
  const { batchSize } = config.dynamics as Steps
  const gradient = objective.network.allocate()
  if (batchSize === undefined) {
    objective.gradientInto(gradient, weights)
    return { gradient, sizeOfG }
  }
  const samples = Int32Array.from({ length: Math.min(batchSize, objective.loss.samples) }, (_, i) => i)
  objective.batchGradientInto(gradient, weights, samples)
  const G = engine.matrix(W.rows, W.columns)
  objective.loss.batchGradientInto(G, W, samples)
  return { gradient, sizeOfG: engine.norm(G) }
}

/** max_j ‖D_j⁺ − D_j − η²(g_{j+1}ᵀg_{j+1} − g_jg_jᵀ)‖_F after one step of size η. */
function identityOfStep(point: Point, gradient: Parameters, sizeOfG: number, eta: number): Comparison {
  const { engine, objective, weights, productError, position } = point
  const after = objective.network.allocate()
  engine.combineInto(after.vector, [1, -eta], [weights.vector, gradient.vector])
  const [before, moved, squares] = [weights, after, gradient].map((layers) => invariantsOf(point, layers))
  const deviations = before!.map((D, j) => {
    const deviation = difference(engine, moved![j]!, D)
    engine.combineInto(deviation, [1, -eta * eta], [deviation, squares![j]!])
    return engine.norm(deviation)
  })
  const step = eta * engine.norm(gradient.vector)
  const size = engine.norm(weights.vector)
  const scale = size * size + step * step
  return {
    position,
    residual: Math.max(0, ...deviations) / scale,
    tolerance: STEP_PRODUCTS * productError + (2 * eta * pointwiseRoundOff(point, sizeOfG)) / scale,
  }
}

/** Two products for each of D_j⁺, D_j and the squares, with ‖θ⁺‖² ≤ 2(‖θ‖² + η²‖g‖²), and the rounding of θ⁺. */
const STEP_PRODUCTS = 8
