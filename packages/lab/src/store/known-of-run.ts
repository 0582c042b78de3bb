import type { PlainMatrix } from 'linnet'
import type { Field } from '../experiment/field.ts'
import type { Known } from '../experiment/new-spec.ts'
import { valuesOf } from '../experiment/written-out.ts'
import type { LiveRun } from '../running/live-run.ts'

/** Numbers that are written out in a config: more would not fit into a link. */
const most = 4000

/** What a run tells of the part at `field`, for what may take its place: its truth as numbers, its weights, a step size that is stable. */
export function knownOfRun(run: LiveRun | undefined, field: Field): Known {
  if (!run) return {}
  if (field === 'dynamics') return stepSizeFor(run)
  if (field === 'init') return run.weights && fits(run.weights) ? { layers: run.weights.map(valuesOf) } : {}
  if (field === 'loss.truth' || field === 'loss.target') return truthOf(run)
  return {}
}

/** 1/λ, half of the largest stable step, for the largest curvature λ that the run has met; one digit is enough. And for batches m and d_0. */
function stepSizeFor({ accounts, sharpness, beginning }: LiveRun): Known {
  const { start = 0, end = 0 } = sharpness.value
  const curvature = Math.max(start, end, accounts.value?.largestSpectralRadius ?? 0)
  if (!(curvature > 0 && curvature < Infinity)) return {}
  const { samples, shape } = beginning.value ?? {}
  return {
    stepSize: Number((1 / curvature).toPrecision(1)),
    ...(samples !== undefined && shape && { samples, columns: shape[1] }),
  }
}

function truthOf({ beginning }: LiveRun): Known {
  const { truth, truthSingularValues = [] } = beginning.value ?? {}
  if (!truth) return {}
  const { rows, columns } = truth
  const nonzero = truthSingularValues.filter((value) => value > 1e-12 * truthSingularValues[0]!)
  return {
    rows,
    columns,
    ...(fits([truth]) && { data: valuesOf(truth).data! }),
    ...(nonzero.length > 0 && { singularValues: nonzero.map((value) => Number(value.toPrecision(4))) }),
  }
}

const fits = (matrices: readonly PlainMatrix[]) =>
  matrices.reduce((sum, { data }) => sum + data.length, 0) <= most
