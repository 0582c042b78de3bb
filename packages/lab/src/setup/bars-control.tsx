import { useState } from 'preact/hooks'
import type { Json } from '../experiment/json.ts'
import { Bars } from './bars.tsx'
import type { NumbersControl } from './control.ts'
import { ControlRow } from './control-row.tsx'
import { idOf, useDesk } from './desk.ts'
import { readNumbers, rounded, shortened, writeNumber } from './number-text.ts'
import { noteId } from './problem-notes.tsx'

/** More than these are no bars that a finger can hold. */
const mostBars = 24

/** A list of numbers: as text, and as bars to be dragged where there are few and none is negative. */
export function BarsInput({ control }: { readonly control: NumbersControl }) {
  const desk = useDesk()
  const { field, value, required, range, whole } = control
  const draft = desk.drafts[field]
  const [typed, setTyped] = useState<string>()
  const numbers = numbersOf(value)
  const low = range.minimum ?? range.above ?? -1
  const text = draft ?? (typed !== undefined && same(readNumbers(typed), numbers) ? typed : written(value))
  return (
    <ControlRow
      control={control}
      sentence={draft === undefined ? undefined : wrong(draft)}
      below={
        <>
          <input
            id={idOf(field)}
            class="numbers"
            type="text"
            autocomplete="off"
            spellcheck={false}
            value={text}
            placeholder="1, 0.5, 0.1"
            aria-invalid={draft !== undefined || desk.problemsAt(field).length > 0}
            aria-describedby={noteId(field)}
            onInput={({ currentTarget: { value: now } }) => {
              setTyped(now)
              const next = readNumbers(now)
              if (next) desk.edit(field, next)
              else if (now.trim() === '' && !required) desk.edit(field, undefined)
              else desk.draft(field, now)
            }}
            onBlur={() => setTyped(undefined)}
          />
          {numbers && numbers.length <= mostBars && low >= 0 && !whole ? (
            <Bars
              label={control.label}
              values={numbers}
              onChange={(next) =>
                desk.edit(
                  field,
                  next.map((one) => rounded(one)),
                )
              }
            />
          ) : null}
        </>
      }
    >
      {null}
    </ControlRow>
  )
}

function wrong(text: string): string {
  return text.trim() === ''
    ? 'Nothing is given; write numbers with commas between them.'
    : `“${shortened(text)}” is no list of numbers; write numbers with commas between them.`
}

function numbersOf(value: Json | undefined): readonly number[] | undefined {
  return Array.isArray(value) && value.every((one: Json) => typeof one === 'number')
    ? (value as readonly number[])
    : undefined
}

function written(value: Json | undefined): string {
  return numbersOf(value)?.map(writeNumber).join(', ') ?? (value === undefined ? '' : JSON.stringify(value))
}

function same(a: readonly number[] | undefined, b: readonly number[] | undefined): boolean {
  return a !== undefined && b !== undefined && a.length === b.length && a.every((one, i) => one === b[i])
}
