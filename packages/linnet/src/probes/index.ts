import { registry } from '../registry/entry.ts'
import { determinantSign } from './determinant-sign.ts'
import { effectiveRank } from './effective-rank.ts'
import { frobeniusNorm } from './frobenius-norm.ts'
import { gradientNorm } from './gradient-norm.ts'
import { layerSingularValues } from './layer-singular-values.ts'
import { loss } from './loss.ts'
import { nuclearNorm } from './nuclear-norm.ts'
import { numericalRank } from './numerical-rank.ts'
import { participationRank } from './participation-rank.ts'
import type { ProbeEntry } from './probe.ts'
import { reconstructionError } from './reconstruction-error.ts'
import { schattenNorm } from './schatten-norm.ts'
import { sharpness } from './sharpness.ts'
import { singularValues } from './singular-values.ts'
import { spectralNorm } from './spectral-norm.ts'
import { spectralRadius } from './spectral-radius.ts'
import { stableRank } from './stable-rank.ts'
import { unbalancedness } from './unbalancedness.ts'

const entries = {
  loss,
  reconstructionError,
  gradientNorm,
  singularValues,
  layerSingularValues,
  nuclearNorm,
  frobeniusNorm,
  spectralNorm,
  schattenNorm,
  effectiveRank,
  participationRank,
  stableRank,
  numericalRank,
  unbalancedness,
  sharpness,
  determinantSign,
  spectralRadius,
}

/**
 * Everything that can be read off a run, as a registry and by name:
 *
 * ```ts
 * const loss = whitened({ target: values({ data: [[2, 0], [0, 1]] }) })
 * const watched = [probes.loss, probes.singularValues({ count: 2 }), probes.reconstructionError({ measure: 'relative' })]
 * const run = await simulate({ loss, network: linear, init: identity, dynamics: gradientFlow, until: { time: 5 }, probes: watched })
 * run.trajectory.column('singularValue1')
 * ```
 *
 * An entry itself stands for its spec without options.
 */
export const probes = { ...registry<ProbeEntry>('probe', Object.values(entries)), ...entries }
