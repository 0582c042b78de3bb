import type { Config } from 'linnet'
import { useRef } from 'preact/hooks'
import { isObject, type JsonObject } from '../experiment/json.ts'
import { stabilityEdge } from '../experiment/stability-edge.ts'
import type { LiveRun } from '../running/live-run.ts'
import type { Control } from './control.ts'
import { type Desk, useDesk } from './desk.ts'
import { writeNumber } from './number-text.ts'
import { smallestTried } from './remedy.ts'
import { isDiverged, type Stability, stabilityOf, stableStep, stepInWords } from './stability.ts'

/** Only the step size of a descent has a stability line. */
function isStepSize({ field }: Control): boolean {
  return field === 'dynamics.stepSize'
}

/**
 * The line of the run that is looked at. While the next run has not told its own, and where it diverges, that of the last one stays, if
 * only its step size was another.
 */
export function useStability(control: Control): Stability | undefined {
  const { live } = useDesk()
  const kept = useRef<{ readonly of: string; readonly line: Stability } | undefined>(undefined)
  if (!isStepSize(control) || !live) return undefined
  const of = apartFromStep(live.config)
  if (kept.current?.of !== of) kept.current = undefined
  const line = stabilityOfRun(live)
  if (line && (line.at !== 'start' || !kept.current)) kept.current = { of, line }
  return kept.current?.line
}

/** What a run was made of, but for the length of its steps and how many there were. */
function apartFromStep({ dynamics, until: _, record: __, ...rest }: Config): string {
  return JSON.stringify({ ...rest, dynamics: { ...dynamics, stepSize: 0 } })
}

function stabilityOfRun(live: LiveRun): Stability | undefined {
  const trajectory = live.measured.value
  const edge = stabilityEdge(live.config.dynamics)
  if (!edge) return undefined
  const recorded = trajectory?.columns.some(({ name }) => name === 'sharpness')
  return stabilityOf({
    status: live.status.value,
    edge,
    ends: live.sharpness.value,
    ...(recorded && { column: trajectory!.column('sharpness') }),
  })
}

/** What the line means for the step at hand, in plain words; a way to see it where it is not measured. */
export function StepSizeNote(props: {
  readonly control: Control
  readonly stability: Stability | undefined
}) {
  const { control, stability } = props
  const desk = useDesk()
  if (!isStepSize(control)) return null
  const step = typeof control.value === 'number' ? control.value : control.fallback
  const isAbove = stability !== undefined && typeof step === 'number' && step > stability.limit
  const diverged = typeof step === 'number' ? divergedAt(desk, step) : []
  // What was measured where runs end is worth more than a beginning near zero, where all is flat.
  const stable =
    stability && stability.at !== 'start'
      ? stableStep(stability)
      : smallestTried(diverged.map(({ message }) => message))
  return (
    <>
      {diverged.length > 0 && (
        <p class="warning">
          {desk.experiment.lanes.length > 1
            ? [...new Set(diverged.map(({ label }) => label))].join(', ')
            : 'The run'}{' '}
          diverged: take smaller steps.
        </p>
      )}
      {stability && typeof step === 'number' && (
        <p class={isAbove ? 'warning' : 'quiet'}>{stepInWords(step, stability)}</p>
      )}
      {(isAbove || diverged.length > 0) && stable !== undefined && (
        <p>
          <button type="button" class="link" onClick={() => desk.edit(control.field, stable)}>
            Set to {writeNumber(stable)}
          </button>
        </p>
      )}
      {!stability && desk.live?.status.value.kind === 'ended' && <RecordSharpness desk={desk} />}
    </>
  )
}

/** The runs with this step size that diverged, and what the library says of that. */
function divergedAt({ store }: Desk, step: number) {
  return store.staged.value.flatMap(({ planned, live, pinned }) => {
    const status = live.status.value
    const { stepSize } = planned.config.dynamics as { readonly stepSize?: unknown }
    if (pinned || stepSize !== step || status.kind !== 'ended' || !isDiverged(status)) return []
    return [{ label: planned.label, message: status.stopped.message }]
  })
}

function RecordSharpness({ desk }: { readonly desk: Desk }) {
  const { config } = desk.experiment
  if (recordsSharpness(config)) return null
  const recorded = Array.isArray(config.probes) ? config.probes : [{ kind: 'loss' }]
  return (
    <p class="quiet">
      <button
        type="button"
        class="link"
        onClick={() => desk.edit('probes', [...recorded, { kind: 'sharpness' }])}
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
