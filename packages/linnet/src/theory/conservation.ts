import type { About } from '../registry/entry.ts'
import type { Assumption, Certificate, CertifyOptions, Setting, Statement } from './certificate.ts'
import { finiteSteps } from './controls.ts'
import { titleOf } from './dynamics-title.ts'
import {
  adjacentLayers,
  driftOfMoves,
  driftRoundOff,
  type Followed,
  followInvariants,
  pointwiseDefects,
  pointwiseRoundOff,
} from './invariants.ts'
import type { Point } from './point.ts'
import { makeStatement, watching } from './statement.ts'
import { type Comparison, conclude, percent } from './verdict.ts'

const about: About = {
  kind: 'conservation',
  title: 'Lemma 1 (conservation)',
  symbol: 'W_{j+1}^\\top W_{j+1}-W_jW_j^\\top=\\text{const}',
  help: 'gradient flow keeps the difference between the Gram matrices of adjacent layers, whatever the loss and the start',
  source:
    'Arora, Cohen, Hazan 2018 (arXiv 1802.06509), proof of theorem 1; Du, Hu, Lee 2018 (arXiv 1806.00900), theorem 2.1; Cohen, Razin 2024 (arXiv 2408.13767), lemma 1',
}

/**
 * Local errors of an integrator are estimates, and norms of weights are taken at snapshots only: this factor stands for both. It can
 * be small because the bound adds up norms of errors that partly cancel: over four losses, depths 2, 3 and 5, balanced and
 * Gaussian starts, Tsit5, DOP853 and RKC2 at tolerances 1e-2 to 1e-10, no drift exceeded 3/4 of the bound without this factor.
 */
const LOCAL_ERROR_SAFETY = 2

/** Share of max‖W_j‖² that the tolerance of the drift may reach, for conservation to be seen at all. */
const ALLOWED_SHARE = 0.1

/**
 * Lemma 1 (Proposition 2): along gradient flow every D_j = W_{j+1}ᵀW_{j+1} − W_jW_jᵀ is constant, for any loss and any start.
 *
 * Two checks. At every snapshot the identity behind it, W_{j+1}ᵀ∇_{j+1} = ∇_jW_jᵀ, true of any weights. And along the path the
 * drift of D_j: the exact flow conserves D_j from wherever it starts, so local errors e_k of the integrator (and of its dense output
 * where a snapshot lies inside a step) do not grow but only add up, ‖ΔD_j‖_F ≤ 2√2·max‖W_j‖·Σ‖e_k‖ + (Σ‖e_k‖)².
 */
export const conservation: Statement = makeStatement(
  {
    ...about,
    theorem:
      '\\frac{d}{dt}\\big(W_{j+1}^\\top W_{j+1}-W_jW_j^\\top\\big)=0\\quad\\text{along }\\dot W_j=-\\nabla_{W_j}\\phi',
    scope: 'path',
    negativeControl: finiteSteps,
  },
  (setting) => {
    const follow = followInvariants()
    return watching(
      (point, snapshot) => point.engine.scoped(() => check(point, follow(point, snapshot))),
      (checks, options) => summarise(setting, checks, options),
    )
  },
)

function summarise(
  setting: Setting,
  checks: readonly Check[],
  options: CertifyOptions | undefined,
): Certificate {
  return conclude(
    about,
    {
      assumptions: [gradientFlow(setting), adjacentLayers(setting), accurate(checks)],
      findings: [
        {
          comparisons: checks.map(({ drift }) => drift),
          residualOf: 'max ‖W_j‖² (drift of D_j)',
          toleranceBecause: `the summed local errors of the integrator times the largest layer norm, with a safety factor of ${LOCAL_ERROR_SAFETY}, and round-off`,
        },
        {
          comparisons: checks.map(({ pointwise }) => pointwise),
          residualOf: 'Π‖W_j‖·‖G‖_F (identity of adjacent gradients)',
          toleranceBecause: 'round-off of the products in either side',
        },
      ],
      numbers: {
        snapshots: checks.length,
        largestDrift: Math.max(0, ...checks.map(({ absolute }) => absolute)),
        largestPointwiseResidual: Math.max(0, ...checks.map(({ pointwise }) => pointwise.residual)),
      },
    },
    options,
  )
}

function gradientFlow({ clock, config }: Setting): Assumption {
  const holds = clock === 'time'
  return {
    name: 'gradient flow',
    holds,
    measured: holds ? 1 : 0,
    threshold: 1,
    explanation: holds
      ? 'the weights follow gradient flow, to the tolerance of the integrator'
      : `the weights move in finite steps (${titleOf(config.dynamics.kind)}), not along gradient flow`,
  }
}

function accurate(checks: readonly Check[]): Assumption {
  const measured = Math.max(0, ...checks.map(({ drift }) => drift.tolerance))
  const holds = measured <= ALLOWED_SHARE
  const errors = `the local errors of the integrator may have moved D_j by ${percent(measured)} of max ‖W_j‖²`
  return {
    name: 'accurate integration',
    holds,
    measured,
    threshold: ALLOWED_SHARE,
    explanation: holds
      ? errors
      : `${errors}, more than the ${percent(ALLOWED_SHARE)} allowed: lower the tolerance of the flow`,
  }
}

interface Check {
  readonly drift: Comparison
  readonly pointwise: Comparison
  /** Largest ‖D_j − D_j(0)‖_F. */
  readonly absolute: number
}

function check(point: Point, followed: Followed): Check {
  const { accounts } = followed.snapshot
  const absolute = Math.max(0, ...followed.drifts)
  // Every evaluation of the gradient goes with at most one rounding of the whole state.
  const allowed =
    driftOfMoves(
      followed.largestNorm,
      LOCAL_ERROR_SAFETY * (accounts.localErrors + (accounts.interpolationError ?? 0)),
    ) + driftRoundOff(point, followed, accounts.gradientEvaluations)
  const scale = followed.largestNorm * followed.largestNorm || 1
  return {
    drift: { position: point.position, residual: absolute / scale, tolerance: allowed / scale },
    pointwise: pointwiseComparison(point),
    absolute,
  }
}

function pointwiseComparison(point: Point): Comparison {
  const { objective, weights, layerNorms, sizeOfG, position } = point
  const gradient = objective.network.allocate()
  objective.gradientInto(gradient, weights)
  const residual = Math.max(0, ...pointwiseDefects(point, gradient))
  const scale = layerNorms.reduce((product, norm) => product * norm, sizeOfG) || 1
  return { position, residual: residual / scale, tolerance: pointwiseRoundOff(point, sizeOfG) / scale }
}
