import type { JsonObject } from '../experiment/json.ts'
import { isObject } from '../experiment/json.ts'
import type { LiveRun } from '../running/live-run.ts'
import type { Control } from './control.ts'
import { useDesk } from './desk.ts'
import { rounded, writeNumber } from './number-text.ts'

/** Where a descent stops being stable, from the sharpness that was measured along the run. */
export interface Stability {
  /** λ: largest eigenvalue of the Hessian. */
  readonly sharpness: number
  /** 2/λ. */
  readonly limit: number
}

/** Only the step size of a descent has such a line. */
function isStepSize({ field }: Control): boolean {
  return field === 'dynamics.stepSize'
}

/** The stability line of the run that is looked at; `undefined` for other controls, and where no sharpness was recorded. */
export function useStability(control: Control): Stability | undefined {
  const { live } = useDesk()
  if (!isStepSize(control) || !live) return undefined
  const sharpness = sharpnessOf(live)
  return sharpness === undefined ? undefined : { sharpness, limit: 2 / sharpness }
}

/** The last sharpness of a run; of one that diverged, the first: the last says nothing of where it should have gone. */
function sharpnessOf(live: LiveRun): number | undefined {
  const trajectory = live.measured.value
  if (!trajectory?.columns.some(({ name }) => name === 'sharpness')) return undefined
  const column = trajectory.column('sharpness')
  const status = live.status.value
  const diverged = status.kind === 'ended' && status.stopped.reason === 'diverged'
  const value = diverged ? column.find(isPositive) : column.findLast(isPositive)
  return value
}

function isPositive(value: number): boolean {
  return value > 0 && Number.isFinite(value)
}

/** What the line means for the step at hand, in plain words; a way to see it where it is not measured. */
export function StepSizeNote(props: {
  readonly control: Control
  readonly stability: Stability | undefined
}) {
  const { control, stability } = props
  const desk = useDesk()
  if (!isStepSize(control)) return null
  if (stability) {
    const { sharpness, limit } = stability
    const line = `2/λ = ${writeNumber(rounded(limit, 3))}`
    return typeof control.value === 'number' && control.value > limit ? (
      <p class="warning">
        Above {line}: steps overshoot along the sharpest direction (λ = {writeNumber(rounded(sharpness, 3))}).
      </p>
    ) : (
      <p class="quiet">Stable below {line}.</p>
    )
  }
  if (recordsSharpness(desk.experiment.config)) return null
  const probes = desk.experiment.config.probes
  return (
    <p class="quiet">
      <button
        type="button"
        class="link"
        onClick={() =>
          desk.edit('probes', [
            ...(Array.isArray(probes) ? probes : [{ kind: 'loss' }]),
            { kind: 'sharpness' },
          ])
        }
      >
        Record the sharpness
      </button>{' '}
      to see the stability line 2/λ.
    </p>
  )
}

function recordsSharpness({ probes }: JsonObject): boolean {
  return Array.isArray(probes) && probes.some((probe) => isObject(probe) && probe.kind === 'sharpness')
}
