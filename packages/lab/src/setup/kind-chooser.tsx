import './kind-chooser.css'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Formula } from '../elements/formula.tsx'
import { WithIndices } from '../elements/with-indices.tsx'
import type { Choice } from './control.ts'
import { idOf, useDesk } from './desk.ts'
import { noteId } from './problem-notes.tsx'

/** All entries of a family to choose from, and of the chosen one its line of help, its symbol, and on demand its source. */
export function KindChooser(props: {
  readonly field: string
  readonly label: string
  readonly choices: readonly Choice[]
  readonly current: Choice | undefined
  readonly onChoose: (kind: string) => void
  /** Begins and ends a comparison. */
  readonly compare?: ComponentChildren
  /** Takes the place of the choice while kinds are compared. */
  readonly compared?: ComponentChildren
}) {
  const { field, label, choices, current, onChoose, compare, compared } = props
  const desk = useDesk()
  const [sourced, setSourced] = useState(false)
  const id = idOf(field)
  return (
    <div class="chooser">
      <div class="choice">
        {compared ?? (
          <select
            id={id}
            aria-label={label}
            aria-invalid={desk.problemsAt(field).length > 0}
            aria-describedby={`${id}-about ${noteId(field)}`}
            value={current?.value ?? ''}
            onChange={({ currentTarget }) => onChoose(currentTarget.value)}
          >
            {!current && <option value="">choose …</option>}
            {choices.map(({ value, title }) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        )}
        {compare}
      </div>
      {current && (
        <div class="about" id={`${id}-about`}>
          {current.symbol !== undefined && <Formula latex={current.symbol} />}
          <p>
            <WithIndices text={current.help ?? ''} />{' '}
            {current.source !== undefined && current.source !== 'own' && (
              <button type="button" class="link" aria-expanded={sourced} onClick={() => setSourced(!sourced)}>
                source
              </button>
            )}
          </p>
          {sourced && <p class="source">{current.source}</p>}
        </div>
      )}
    </div>
  )
}
