import { useState } from 'preact/hooks'
import type { Json } from '../experiment/json.ts'
import type { Control, JsonControl, MatrixControl, TextControl } from './control.ts'
import { ControlRow } from './control-row.tsx'
import { idOf, useDesk } from './desk.ts'
import { readRows, shortened } from './number-text.ts'
import { noteId } from './problem-notes.tsx'

export function TextInput({ control }: { readonly control: TextControl }) {
  const desk = useDesk()
  const { field, value, required } = control
  return (
    <ControlRow
      control={control}
      below={
        control.isPath && (
          <p class="quiet">A page opens no files by name: drop this one here, together with its config.</p>
        )
      }
    >
      <input
        id={idOf(field)}
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={typeof value === 'string' ? value : ''}
        aria-invalid={desk.problemsAt(field).length > 0}
        aria-describedby={noteId(field)}
        onInput={({ currentTarget: { value: text } }) =>
          desk.edit(field, text === '' && !required ? undefined : text)
        }
      />
    </ControlRow>
  )
}

/** Rows of numbers: their size, and a place to paste others. */
export function MatrixInput({ control }: { readonly control: MatrixControl }) {
  return (
    <LongText
      control={control}
      summary={sizeOf(control.value)}
      write={rowsText}
      read={readRows}
      wrong={(text) =>
        `“${shortened(text)}” holds something that is no number; write rows of numbers, a line each, with spaces or commas between them.`
      }
    />
  )
}

/** What no other control knows, as JSON. */
export function JsonInput({ control }: { readonly control: JsonControl }) {
  return (
    <LongText
      control={control}
      summary={control.value === undefined ? 'not given' : 'JSON'}
      write={(value) => JSON.stringify(value, null, 1)}
      read={readJson}
      wrong={(text) => `“${shortened(text)}” is no JSON; check brackets, quotes and commas.`}
    />
  )
}

function LongText(props: {
  readonly control: Control
  readonly summary: string
  readonly write: (value: Json) => string
  readonly read: (text: string) => Json | undefined
  readonly wrong: (text: string) => string
}) {
  const { control, summary, write, read, wrong } = props
  const { field, value } = control
  const desk = useDesk()
  const draft = desk.drafts[field]
  const [open, setOpen] = useState(draft !== undefined)
  const sentence = draft === undefined ? undefined : wrong(draft)
  const id = idOf(field)
  return (
    <ControlRow
      control={control}
      group
      sentence={sentence}
      below={
        open && (
          <textarea
            id={id}
            rows={6}
            spellcheck={false}
            aria-labelledby={`${id}-name`}
            aria-invalid={draft !== undefined || desk.problemsAt(field).length > 0}
            aria-describedby={noteId(field)}
            defaultValue={draft ?? (value === undefined ? '' : write(value))}
            onInput={({ currentTarget: { value: text } }) => {
              const next = read(text)
              if (next === undefined) desk.draft(field, text)
              else desk.edit(field, next)
            }}
          />
        )
      }
    >
      <button type="button" class="link" aria-expanded={open} onClick={() => setOpen(!open)}>
        {summary} {open ? '▴' : '▾'}
      </button>
    </ControlRow>
  )
}

function rowsText(value: Json): string {
  if (!Array.isArray(value)) return JSON.stringify(value)
  return value.map((row: Json) => (Array.isArray(row) ? row.join(' ') : String(row))).join('\n')
}

/** `3×4`, `12 numbers`. */
export function sizeOf(value: Json | undefined): string {
  if (!Array.isArray(value)) return 'nothing yet'
  const [first] = value as readonly Json[]
  return Array.isArray(first) ? `${value.length}×${first.length}` : `${value.length} numbers`
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
