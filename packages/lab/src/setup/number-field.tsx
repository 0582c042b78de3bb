import { useState } from 'preact/hooks'
import type { Field } from '../experiment/field.ts'
import type { Json } from '../experiment/json.ts'
import { useDesk } from './desk.ts'
import { noNumber, readNumber, writeNumber } from './number-text.ts'
import { noteId } from './problem-notes.tsx'

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
  readonly id: string
  readonly field: Field
  readonly value: Json | undefined
  /** Shown faintly where nothing is given. */
  readonly placeholder?: string
  readonly optional: boolean
  /** Arrow keys: −1 and 1. */
  readonly onStep?: ((by: number) => void) | undefined
}) {
  const { id, field, value, placeholder = '', optional, onStep } = props
  const desk = useDesk()
  const [typed, setTyped] = useState('')
  const draft = desk.drafts[field]
  const wrong = draft !== undefined || desk.problemsAt(field).length > 0
  const read = (text: string) => {
    setTyped(text)
    const number = readNumber(text)
    if (number !== undefined) desk.edit(field, number)
    else if (text.trim() === '' && optional) desk.edit(field, undefined)
    else desk.draft(field, text)
  }
  return (
    <input
      id={id}
      class="number"
      type="text"
      inputMode="decimal"
      autocomplete="off"
      spellcheck={false}
      value={textOf(typed, value, draft)}
      placeholder={placeholder}
      aria-invalid={wrong}
      aria-describedby={noteId(field)}
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
