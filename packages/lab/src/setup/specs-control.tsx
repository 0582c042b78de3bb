import './specs.css'
import { Formula } from '../elements/formula.tsx'
import { WithIndices } from '../elements/with-indices.tsx'
import type { SpecControl, SpecsControl } from './control.ts'
import { idOf, useDesk } from './desk.ts'
import { ProblemNotes } from './problem-notes.tsx'
import { Parameters } from './spec-control.tsx'

/** A list of entries of a family: what is recorded, the layers of given weights. */
export function SpecsInput({ control }: { readonly control: SpecsControl }) {
  const desk = useDesk()
  const { field, items, family, choices, added, value } = control
  const list = Array.isArray(value) ? value : []
  return (
    <div class="specs" data-field={field}>
      <ul>
        {items.map((item) => (
          <Item key={item.field} item={item} removable={items.length > 1 || !control.required} />
        ))}
      </ul>
      <ProblemNotes field={field} />
      <select
        class="add"
        id={idOf(field)}
        aria-label={`Add a ${family}`}
        value=""
        onChange={({ currentTarget }) => {
          desk.edit(field, [...list, added(currentTarget.value)])
          currentTarget.value = ''
        }}
      >
        <option value="">add …</option>
        {choices.map(({ value: kind, title }) => (
          <option key={kind} value={kind}>
            {title}
          </option>
        ))}
      </select>
    </div>
  )
}

function Item({ item, removable }: { readonly item: SpecControl; readonly removable: boolean }) {
  const desk = useDesk()
  const { field, current, controls } = item
  const title = current?.title ?? 'unknown'
  return (
    <li>
      <details>
        <summary>
          <span class="word">{title}</span>
          {current?.symbol !== undefined && <Formula latex={current.symbol} />}
        </summary>
        <p class="help">
          <WithIndices text={current?.help ?? ''} />
        </p>
        {controls.length > 0 && <Parameters controls={controls} of={title} />}
      </details>
      {removable && (
        <button
          type="button"
          class="drop"
          aria-label={`Remove ${title}`}
          onClick={() => desk.edit(field, undefined)}
        >
          ×
        </button>
      )}
      <ProblemNotes field={field} />
    </li>
  )
}
