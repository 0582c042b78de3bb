import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Formula } from '../elements/formula.tsx'
import { WithIndices } from '../elements/with-indices.tsx'
import type { Json } from '../experiment/json.ts'
import { CompareButton, Compared, chipSentence } from './compare.tsx'
import { type Control, isComparable } from './control.ts'
import { idOf, useDesk } from './desk.ts'
import { ProblemNotes } from './problem-notes.tsx'
import { valuesOver } from './variation.ts'

/** Name, symbol and explanation of a control, its input, and under it what is wrong. `wide` inputs stand on a line of their own. */
export function ControlRow(props: {
  readonly control: Control
  readonly children: ComponentChildren
  /** Under the line: a slider, bars. */
  readonly below?: ComponentChildren
  /** What is wrong with the text in it. */
  readonly sentence?: string | undefined
  /** The label belongs to a group of inputs, not to one. */
  readonly group?: boolean
}) {
  const { control, children, below, sentence, group = false } = props
  const { field, label, symbol, help, required, value, fallback } = control
  const desk = useDesk()
  const [explained, setExplained] = useState(false)
  const id = idOf(field)
  const varied = isComparable(control) ? valuesOver(desk.experiment, field) : undefined
  const Name = group || varied ? 'span' : 'label'
  return (
    <div class="control" data-field={field}>
      <div class="line">
        <Name class="name" id={`${id}-name`} {...(Name === 'label' && { for: id })}>
          <span class="word">{label}</span>
          {symbol !== undefined && <Formula latex={symbol} />}
        </Name>
        <span class="tools">
          {isComparable(control) && <CompareButton control={control} on={varied !== undefined} />}
          <button
            type="button"
            class="tool"
            aria-expanded={explained}
            aria-controls={`${id}-help`}
            aria-label={`What is ${label}?`}
            onClick={() => setExplained(!explained)}
          >
            ?
          </button>
        </span>
        {!varied && <span class="input">{children}</span>}
      </div>
      <p class="help" id={`${id}-help`} hidden={!explained}>
        <WithIndices text={help} />
        {!required && value !== undefined && (
          <>
            {' '}
            <button type="button" class="link" onClick={() => desk.edit(field, undefined)}>
              {fallback === undefined ? 'leave it out' : `back to the default, ${shownDefault(fallback)}`}
            </button>
          </>
        )}
      </p>
      {varied ? <Compared control={control} values={varied} /> : below}
      <ProblemNotes
        field={field}
        sentence={varied ? chipSentence(control, desk.drafts, varied.length) : sentence}
        start={control.start}
      />
    </div>
  )
}

function shownDefault(fallback: Json): string {
  return typeof fallback === 'string' ? fallback : JSON.stringify(fallback)
}
