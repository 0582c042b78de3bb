import type { Json } from '../experiment/json.ts'
import type { Choice, Control } from './control.ts'
import { useDesk } from './desk.ts'
import { readNumber, writeNumber } from './number-text.ts'
import { anotherValue } from './suggestion.ts'
import { comparedNoMore, comparedOver, withLane, withoutLane, withValueInLane } from './variation.ts'

/** Begins a comparison over the values of a control, and ends it. */
export function CompareButton(props: { readonly control: Control; readonly on: boolean }) {
  const { control, on } = props
  const desk = useDesk()
  const { field, label, value, fallback, start } = control
  const now = value ?? fallback ?? start
  return (
    <button
      type="button"
      class="tool"
      title={on ? 'Compare no more' : 'Compare several'}
      aria-pressed={on}
      aria-label={`Compare runs over ${label}`}
      onClick={() => {
        const { experiment } = desk.store.state.value
        if (on) return desk.change(comparedNoMore(experiment, desk.lane))
        const values = [now, anotherValue(control, [now])]
        desk.change(comparedOver(experiment, field, label, values))
      }}
    >
      ⇉
    </button>
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
        <span class="chip" key={lane} data-current={lane === desk.lane}>
          <LaneValue
            control={control}
            value={value}
            label={`${label}, run ${lane + 1}`}
            onChange={(next) => desk.change(withValueInLane(experiment, field, label, lane, next))}
          />
          <button
            type="button"
            class="drop"
            aria-label={`Drop ${label} ${String(value)}`}
            onClick={() => desk.change(withoutLane(experiment, lane))}
          >
            ×
          </button>
        </span>
      ))}
      <button
        type="button"
        class="step"
        aria-label={`Compare with another ${label}`}
        onClick={() => desk.change(withLane(experiment, field, label, anotherValue(control, values)))}
      >
        +
      </button>
    </div>
  )
}

function LaneValue(props: {
  readonly control: Control
  readonly value: Json | undefined
  readonly label: string
  readonly onChange: (value: Json) => void
}) {
  const { control, value, label, onChange } = props
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
  const text = typeof value === 'number' ? writeNumber(value) : JSON.stringify(value ?? null)
  return (
    <input
      type="text"
      inputMode="decimal"
      autocomplete="off"
      aria-label={label}
      value={text}
      size={Math.max(2, text.length)}
      onChange={({ currentTarget }) => {
        const next = readNumber(currentTarget.value)
        if (next !== undefined) onChange(next)
        else currentTarget.value = text
      }}
    />
  )
}

function choicesOf(control: Control): readonly Choice[] | undefined {
  if (control.kind === 'choice') return control.choices
  if (control.kind !== 'boolean') return undefined
  return [
    { value: 'false', title: 'no' },
    { value: 'true', title: 'yes' },
  ]
}
