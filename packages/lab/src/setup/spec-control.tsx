import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Formula } from '../elements/formula.tsx'
import { WithIndices } from '../elements/with-indices.tsx'
import type { Experiment } from '../experiment/experiment.ts'
import { ComparedKinds, CompareKinds, hasComparableKinds } from './compare-kinds.tsx'
import { type Control, isPlain, type SpecControl } from './control.ts'
import { useDesk } from './desk.ts'
import { Drawn } from './drawn.tsx'
import { KindChooser } from './kind-chooser.tsx'
import { ProblemNotes } from './problem-notes.tsx'
import { valuesOver } from './variation.ts'

/** An entry of a family: which one, and its parameters. */
export function SpecInput({ control, name }: { readonly control: SpecControl; readonly name?: string }) {
  const desk = useDesk()
  const { field, choices, current, controls, family } = control
  const [note, setNote] = useState<{ readonly text: string; readonly after: Experiment }>()
  const varied = hasComparableKinds(control) ? valuesOver(desk.experiment, field) : undefined
  const choose = (kind: string) => {
    const { store } = desk
    store.changeKind(field, kind)
    const text = store.notice.value
    // It is said here, beside what it is about, until something else changes.
    if (text !== undefined) setNote({ text, after: store.state.value.experiment })
    store.notice.value = undefined
  }
  return (
    <div class="spec" data-field={field}>
      <KindChooser
        field={field}
        label={name ?? control.label}
        choices={choices}
        current={current}
        onChoose={choose}
        {...(hasComparableKinds(control) && {
          compare: <CompareKinds control={control} on={varied !== undefined} />,
          ...(varied && { compared: <ComparedKinds control={control} values={varied} /> }),
        })}
      />
      {note?.after === desk.experiment && (
        <p class="quiet converted" role="status">
          {note.text}
        </p>
      )}
      {/* A spec inside a spec stands in a row, which has them already. */}
      {name !== undefined && <ProblemNotes field={field} />}
      <EditableSpectrum control={control} />
      {controls.length > 0 && <Parameters controls={controls} of={current?.title ?? family} />}
    </div>
  )
}

/** The parameters of an entry; those that are optional and not given stand behind a click. */
export function Parameters({ controls, of }: { readonly controls: readonly Control[]; readonly of: string }) {
  const desk = useDesk()
  const isWrong = ({ field }: Control) =>
    desk.problemsAt(field).length > 0 || Object.hasOwn(desk.drafts, field)
  const plain = controls.filter((control) => isPlain(control) || isWrong(control))
  const others = controls.filter((control) => !plain.includes(control))
  return (
    <div class="parameters">
      {plain.map((control) => (
        <Drawn key={control.field} control={control} />
      ))}
      {others.length > 0 && <More controls={others} of={of} />}
    </div>
  )
}

function More({ controls, of }: { readonly controls: readonly Control[]; readonly of: string }) {
  const desk = useDesk()
  return (
    <details class="more">
      <summary>
        {controls.length} more <span class="unseen">of {of}</span>
        <span class="list">{controls.map(({ label }) => label).join(', ')}</span>
      </summary>
      {controls.map((control) => (
        <Unset key={control.field} control={control}>
          <button
            type="button"
            class="link"
            aria-label={`Set ${control.label}`}
            onClick={() => desk.edit(control.field, control.start)}
          >
            set
          </button>
        </Unset>
      ))}
    </details>
  )
}

/** A parameter that is not given: what it is, and a way to give it. */
function Unset({ control, children }: { readonly control: Control; readonly children: ComponentChildren }) {
  return (
    <div class="unset">
      <span class="name">
        <span class="word">{control.label}</span>
        {control.symbol !== undefined && <Formula latex={control.symbol} />}
      </span>
      {children}
      <p class="help">
        <WithIndices text={control.help} />
      </p>
    </div>
  )
}

/** Offers to take hold of the singular values of a random target. */
function EditableSpectrum({ control: { field, current } }: { readonly control: SpecControl }) {
  const desk = useDesk()
  // Measured of the target alone.
  if (!/^loss\.(truth|target)$/.test(field)) return null
  if (current?.value !== 'lowRank' || !desk.live?.beginning.value?.truthSingularValues) return null
  return (
    <p class="quiet">
      <button type="button" class="link" onClick={() => desk.store.changeKind(field, 'spectrum')}>
        Edit its singular values
      </button>
    </p>
  )
}
