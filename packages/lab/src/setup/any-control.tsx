import { WithIndices } from '../elements/with-indices.tsx'
import { BarsInput } from './bars-control.tsx'
import type {
  BooleanControl,
  ChoiceControl,
  Control,
  EitherControl,
  GroupControl,
  SpecControl,
} from './control.ts'
import { ControlRow } from './control-row.tsx'
import { idOf, useDesk } from './desk.ts'
import { NumberInput } from './number-control.tsx'
import { noteId } from './problem-notes.tsx'
import { Parameters, SpecInput } from './spec-control.tsx'
import { SpecsInput } from './specs-control.tsx'
import { JsonInput, MatrixInput, TextInput } from './text-control.tsx'

/** Whatever a parameter asks for. */
export function AnyControl({ control }: { readonly control: Control }) {
  switch (control.kind) {
    case 'number':
    case 'integer':
      return <NumberInput control={control} />
    case 'choice':
      return <ChoiceInput control={control} />
    case 'boolean':
      return <BooleanInput control={control} />
    case 'numbers':
      return <BarsInput control={control} />
    case 'matrix':
      return <MatrixInput control={control} />
    case 'text':
      return <TextInput control={control} />
    case 'word':
      return null
    case 'json':
      return <JsonInput control={control} />
    case 'spec':
      return <InnerSpec control={control} />
    case 'specs':
      return <SpecsInput control={control} />
    case 'either':
      return <EitherInput control={control} />
    case 'group':
      return <Group control={control} />
  }
}

function ChoiceInput({ control }: { readonly control: ChoiceControl }) {
  const desk = useDesk()
  const { field, value, fallback, choices } = control
  const now = value ?? fallback
  const chosen = choices.find((choice) => choice.value === now)
  return (
    <ControlRow
      control={control}
      below={
        chosen?.help && (
          <p class="quiet">
            <WithIndices text={chosen.help} />
          </p>
        )
      }
    >
      <select
        id={idOf(field)}
        value={chosen?.value ?? ''}
        aria-invalid={desk.problemsAt(field).length > 0}
        aria-describedby={noteId(field)}
        onChange={({ currentTarget }) => desk.edit(field, currentTarget.value)}
      >
        {!chosen && <option value="">{now === undefined ? 'default' : JSON.stringify(now)}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.title}
          </option>
        ))}
      </select>
    </ControlRow>
  )
}

function BooleanInput({ control }: { readonly control: BooleanControl }) {
  const desk = useDesk()
  const { field, value, fallback } = control
  return (
    <ControlRow control={control}>
      <input
        id={idOf(field)}
        type="checkbox"
        checked={(value ?? fallback) === true}
        aria-describedby={noteId(field)}
        onChange={({ currentTarget }) => desk.edit(field, currentTarget.checked)}
      />
    </ControlRow>
  )
}

/** A spec inside a spec: the matrix that a loss is made of. */
function InnerSpec({ control }: { readonly control: SpecControl }) {
  return (
    <ControlRow control={control} group below={<SpecInput control={control} />}>
      {null}
    </ControlRow>
  )
}

/** A value that can be a number, or a word, or a list: which of them, and then that. */
function EitherInput({ control }: { readonly control: EitherControl }) {
  const desk = useDesk()
  const { field, forms, current, label, help, symbol, value } = control
  const shown = { ...forms[current]!.control, label, help, required: control.required }
  const inside: Control = symbol === undefined ? shown : { ...shown, symbol }
  return (
    <div class="either">
      {inside.kind === 'word' ? (
        <ControlRow control={inside} group>
          <span class="word-value">{String(value)}</span>
        </ControlRow>
      ) : (
        <AnyControl control={inside} />
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a line of words, not a set of fields */}
      <div class="forms" role="group" aria-label={`Form of ${label}`}>
        {forms.map(({ title, control: form }, i) => (
          <button
            type="button"
            key={title}
            aria-pressed={i === current}
            onClick={() => i !== current && desk.edit(field, form.start)}
          >
            {title}
          </button>
        ))}
      </div>
    </div>
  )
}

function Group({ control }: { readonly control: GroupControl }) {
  return (
    <ControlRow control={control} group below={<Parameters controls={control.controls} of={control.label} />}>
      {null}
    </ControlRow>
  )
}
