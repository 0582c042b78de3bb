import { useRef } from 'preact/hooks'
import type { NumberControl } from './control.ts'
import { ControlRow } from './control-row.tsx'
import { idOf, useDesk } from './desk.ts'
import { draftSentence, NumberField } from './number-field.tsx'
import { writeNumber } from './number-text.ts'
import { noteId } from './problem-notes.tsx'
import { nearestStop, type Scale, scaleFor } from './scale.ts'
import { Slider } from './slider.tsx'
import { StepSizeNote, useStability } from './step-size-note.tsx'

/** A number: typed, slid, stepped. */
export function NumberInput({ control }: { readonly control: NumberControl }) {
  const { field, value, fallback, required, kind } = control
  const desk = useDesk()
  const given = typeof value === 'number' ? value : typeof fallback === 'number' ? fallback : undefined
  const scale = useScale(control, given)
  const stability = useStability(control)
  const step = (by: number) => {
    const next = stepped(control, scale, given, by)
    if (next !== undefined) desk.edit(field, next)
  }
  const sentence = draftSentence(desk.drafts[field])
  return (
    <ControlRow
      control={control}
      sentence={sentence}
      below={
        <>
          {scale && given !== undefined && (
            <Slider
              label={control.label}
              scale={scale}
              value={given}
              mark={stability && { at: stability.limit, label: `${stability.over}/λ` }}
              onInput={(next) => desk.edit(field, next)}
            />
          )}
          <StepSizeNote control={control} stability={stability} />
        </>
      }
    >
      {kind === 'integer' && <StepButton control={control} by={-1} onStep={step} />}
      <NumberField
        id={idOf(field)}
        field={field}
        value={value}
        optional={!required}
        wrong={desk.problemsAt(field).length > 0}
        note={noteId(field)}
        onValue={(next) => desk.edit(field, next)}
        placeholder={typeof fallback === 'number' ? writeNumber(fallback) : 'default'}
        onStep={step}
      />
      {kind === 'integer' && <StepButton control={control} by={1} onStep={step} />}
    </ControlRow>
  )
}

function StepButton(props: {
  readonly control: NumberControl
  readonly by: number
  readonly onStep: (by: number) => void
}) {
  const { control, by, onStep } = props
  return (
    <button
      type="button"
      class="step"
      aria-label={`${by < 0 ? 'Less' : 'More'} ${control.label}`}
      onClick={() => onStep(by)}
    >
      {by < 0 ? '−' : '+'}
    </button>
  )
}

/** The scale stays as it is while one slides; it grows with what is typed beyond it. */
function useScale(
  { range, kind, fallback, start }: NumberControl,
  given: number | undefined,
): Scale | undefined {
  const kept = useRef<{ readonly typical: number; scale: Scale | undefined; of: string } | undefined>(
    undefined,
  )
  if (given === undefined) return undefined
  const of = JSON.stringify([range, fallback])
  const { stops } = kept.current?.scale ?? {}
  const inside = stops !== undefined && given >= stops[0]! && given <= stops.at(-1)!
  if (kept.current?.of === of && inside) return kept.current.scale
  const typical = typeof fallback === 'number' ? fallback : given || (typeof start === 'number' ? start : 1)
  kept.current = { typical, scale: scaleFor(range, kind === 'integer', typical, given), of }
  return kept.current.scale
}

/** Whole numbers by one, others along their scale. */
function stepped(
  { kind, range, start }: NumberControl,
  scale: Scale | undefined,
  given: number | undefined,
  by: number,
): number | undefined {
  if (given === undefined) return typeof start === 'number' ? start : undefined
  if (kind === 'number')
    return scale?.stops[Math.min(scale.stops.length - 1, Math.max(0, nearestStop(scale, given) + by))]
  const next = given + by * (range.multipleOf ?? 1)
  return Math.min(range.maximum ?? Infinity, Math.max(range.minimum ?? -Infinity, next))
}
