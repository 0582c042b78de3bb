import { useState } from 'preact/hooks'
import type { Field } from '../experiment/field.ts'
import type { Json } from '../experiment/json.ts'
import { useDesk } from './desk.ts'
import { noNumber, readNumber, writeNumber } from './number-text.ts'

/** The text in the field of a number: the draft where there is one, what was typed while it still means the value, else the value. */
export function textOf(typed: string, value: Json | undefined, draft: string | undefined): string {
  if (draft !== undefined) return draft
  if (typeof value === 'number') return readNumber(typed) === value ? typed : writeNumber(value)
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
}

/** What is wrong with the draft at a field. */
export function draftSentence(draft: string | undefined): string | undefined {
  return draft === undefined ? undefined : noNumber(draft)
}

/** A number typed as text: `1e-3` is as good as `0.001`. What is none is kept as a draft. */
export function NumberField(props: {
  /** Where its draft is kept. */
  readonly field: Field
  readonly value: Json | undefined
  /** Takes the number; `undefined` where nothing is typed and nothing need be. */
  readonly onValue: (value: number | undefined) => void
  readonly optional?: boolean
  readonly wrong?: boolean
  /** `id` of what says what is wrong. */
  readonly note: string
  readonly id?: string
  readonly label?: string
  /** Shown faintly where nothing is given. */
  readonly placeholder?: string
  /** Arrow keys: −1 and 1. */
  readonly onStep?: (by: number) => void
}) {
  const {
    field,
    value,
    onValue,
    optional = false,
    wrong = false,
    note,
    id,
    label,
    placeholder,
    onStep,
  } = props
  const desk = useDesk()
  const [typed, setTyped] = useState('')
  const draft = desk.drafts[field]
  const text = textOf(typed, value, draft)
  const read = (now: string) => {
    setTyped(now)
    const number = readNumber(now)
    if (number === undefined && !(optional && now.trim() === '')) return desk.draft(field, now)
    if (draft !== undefined) desk.draft(field, undefined)
    onValue(number)
  }
  return (
    <input
      id={id}
      class="number"
      type="text"
      inputMode="decimal"
      autocomplete="off"
      spellcheck={false}
      size={Math.max(2, text.length)}
      value={text}
      placeholder={placeholder}
      aria-label={label}
      aria-invalid={wrong || draft !== undefined}
      aria-describedby={note}
      onInput={({ currentTarget }) => read(currentTarget.value)}
      onBlur={() => setTyped('')}
      onKeyDown={(event) => {
        const by = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key]
        if (by === undefined || !onStep) return
        event.preventDefault()
        onStep(by)
      }}
    />
  )
}
