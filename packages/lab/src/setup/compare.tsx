import './compare.css'
import type { Json } from '../experiment/json.ts'
import { mostLanes } from '../experiment/state-schema.ts'
import { Chip } from './chip.tsx'
import { CompareTool } from './compare-tool.tsx'
import type { Choice, Control } from './control.ts'
import { type Desk, useDesk } from './desk.ts'
import { draftSentence, NumberField } from './number-field.tsx'
import { noteId } from './problem-notes.tsx'
import { anotherValue } from './suggestion.ts'
import { comparedNoMore, comparedOver, withLane, withoutLane, withValueInLane } from './variation.ts'

/** Begins a comparison over the values of a control, and ends it. */
export function CompareButton(props: { readonly control: Control; readonly on: boolean }) {
  const { control, on } = props
  const desk = useDesk()
  const { field, label, value, fallback, start } = control
  const now = value ?? fallback ?? start
  return (
    <CompareTool
      of={`runs over ${label}`}
      on={on}
      onClick={() => {
        const { experiment } = desk.store.state.value
        if (on) {
          forgetDrafts(desk, control)
          return desk.change(comparedNoMore(experiment, desk.lane))
        }
        const values = [now, anotherValue(control, [now])]
        desk.change(comparedOver(experiment, field, label, values))
      }}
    />
  )
}

/** The values that the lanes have of a control, each to be changed or dropped. */
export function Compared(props: {
  readonly control: Control
  readonly values: readonly (Json | undefined)[]
}) {
  const { control, values } = props
  const desk = useDesk()
  const { field, label } = control
  const { experiment } = desk
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a line of chips everywhere
    <div class="compared" role="group" aria-label={`${label} of the runs compared`}>
      {values.map((value, lane) => (
        <Chip
          key={lane}
          lane={lane}
          dropLabel={`Drop ${label} ${String(value)}`}
          onDrop={() => {
            forgetDrafts(desk, control)
            desk.change(withoutLane(experiment, lane))
          }}
        >
          <LaneValue
            control={control}
            lane={lane}
            value={value}
            label={`${label}, run ${lane + 1}`}
            onChange={(next) => desk.change(withValueInLane(experiment, field, label, lane, next))}
          />
        </Chip>
      ))}
      <button
        type="button"
        class="step"
        aria-label={`Compare with another ${label}`}
        disabled={values.length >= mostLanes}
        onClick={() => desk.change(withLane(experiment, field, label, anotherValue(control, values)))}
      >
        +
      </button>
    </div>
  )
}

function LaneValue(props: {
  readonly control: Control
  readonly lane: number
  readonly value: Json | undefined
  readonly label: string
  readonly onChange: (value: Json) => void
}) {
  const { control, lane, value, label, onChange } = props
  const choices = choicesOf(control)
  if (choices)
    return (
      <select
        aria-label={label}
        value={String(value)}
        onChange={({ currentTarget: { value: chosen } }) =>
          onChange(control.kind === 'boolean' ? chosen === 'true' : chosen)
        }
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.title}
          </option>
        ))}
      </select>
    )
  return (
    <NumberField
      field={draftField(control, lane)}
      value={value}
      label={label}
      note={noteId(control.field)}
      onValue={(next) => next !== undefined && onChange(next)}
    />
  )
}

/** Where the text in the chip of a lane is kept while it is no number. */
function draftField({ field }: Control, lane: number): string {
  return `lanes[${lane}].${field}`
}

/** With other lanes the texts would stand in the wrong chips. */
function forgetDrafts(desk: Desk, control: Control): void {
  for (const lane of desk.experiment.lanes.keys()) {
    const field = draftField(control, lane)
    if (Object.hasOwn(desk.drafts, field)) desk.draft(field, undefined)
  }
}

/** What is wrong with the text in one of the chips. */
export function chipSentence(
  control: Control,
  drafts: Readonly<Record<string, string>>,
  lanes: number,
): string | undefined {
  const texts = Array.from({ length: lanes }, (_, lane) => drafts[draftField(control, lane)])
  return draftSentence(texts.find((text) => text !== undefined))
}

function choicesOf(control: Control): readonly Choice[] | undefined {
  if (control.kind === 'choice') return control.choices
  if (control.kind !== 'boolean') return undefined
  return [
    { value: 'false', title: 'no' },
    { value: 'true', title: 'yes' },
  ]
}
